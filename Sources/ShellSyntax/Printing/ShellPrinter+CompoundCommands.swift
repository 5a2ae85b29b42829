// Compound commands.

extension ShellPrinter {
    mutating func write(_ command: CompoundCommand) {
        write(command.body)
        for redirection in command.redirections {
            separate()
            write(redirection)
        }
    }

    private mutating func write(_ body: CompoundBody) {
        switch body {
        case .braceGroup(let list):
            write("{", list)
            append("}")
        case .subshell(let list):
            append("(")
            writeClosed(list, isSubstitution: false)
        case .forLoop(let loop): write("for", loop)
        case .selectLoop(let loop): write("select", loop)
        case .whileLoop(let loop): write("while", loop)
        case .untilLoop(let loop): write("until", loop)
        case .ifClause(let clause): write(clause)
        case .caseClause(let clause): write(clause)
        case .arithmeticFor(let loop): write(loop)
        case .arithmetic(let arithmetic):
            append("((")
            write(arithmetic)
            append("))")
        case .conditional(let expression):
            append("[[ ")
            write(expression)
            append(" ]]")
        }
    }

    private mutating func write(_ keyword: String, _ loop: ForLoop) {
        append(keyword)
        append(" ")
        write(loop.name)
        if let words = loop.words {
            append(" in")
            for word in words {
                separate()
                write(word)
            }
        }
        append(";")
        separate(mayBreak: true)
        write(loop.body)
    }

    private mutating func write(_ loop: ArithmeticForLoop) {
        append("for ((")
        if let start = loop.start { write(start) }
        append(";")
        if let condition = loop.condition { write(condition) }
        append(";")
        if let step = loop.step { write(step) }
        append("));")
        separate(mayBreak: true)
        write(loop.body)
    }

    private mutating func write(_ body: LoopBody) {
        write(body.isBraced ? "{" : "do", body.list)
        append(body.isBraced ? "}" : "done")
    }

    private mutating func write(_ keyword: String, _ loop: ConditionLoop) {
        write(keyword, loop.condition)
        write("do", loop.body)
        append("done")
    }

    private mutating func write(_ clause: IfClause) {
        for (index, branch) in clause.branches.enumerated() {
            write(index == 0 ? "if" : "elif", branch.condition)
            write("then", branch.body)
        }
        if let otherwise = clause.otherwise { write("else", otherwise) }
        append("fi")
    }

    // MARK: case

    private mutating func write(_ clause: CaseClause) {
        append("case ")
        write(clause.subject)
        append(" in")
        separate(mayBreak: true)
        for item in clause.items { write(item) }
        append("esac")
    }

    private mutating func write(_ item: CaseItem) {
        // `esac` in the place of a pattern ends the command, but not in a parenthesis. Arithmetic
        // counts the parentheses of its substitutions.
        if isInSubstitution || item.patterns.first?.literal == "esac" { append("(") }
        for (index, pattern) in item.patterns.enumerated() {
            if index > 0 { append(" | ") }
            write(pattern)
        }
        append(")")
        separate(mayBreak: true)
        write(item.list)
        if item.ending == .none || item.list.items.last?.terminator != ListTerminator.none {
            separate(behind: item.list)
        }
        switch item.ending {
        case .none: return
        case .leave: append(";;")
        case .fallThrough: append(";&")
        case .testNext: append(";;&")
        }
        separate(mayBreak: true)
    }

    // MARK: conditions

    private mutating func write(_ expression: ConditionalExpression) {
        switch expression {
        case .word(let word): write(word)
        case .unary(let spelling, let word):
            append(spelling.spelling)
            append(" ")
            write(word)
        case .binary(let left, let spelling, let right):
            write(left)
            append(" \(spelling.spelling) ")
            write(right)
        case .negation(let inner, _):
            append("! ")
            write(inner)
        case .and(let left, let right):
            write(left)
            append(" && ")
            write(right)
        case .or(let left, let right):
            write(left)
            append(" || ")
            write(right)
        case .group(let inner, _):
            append("( ")
            write(inner)
            append(" )")
        }
    }
}
