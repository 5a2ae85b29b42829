import ShellSyntax

/// What bash keeps of a tree, as text: two programs of one shape run the same.
///
/// bash keeps no `elif`, no `|&`, no `time -p`, and no form of a function, of a loop's braces, of
/// quotes in `$'…'`; it keeps what it puts where nothing stands.
enum CommandShape {
    static func text(of program: Program) -> String {
        items(program.commands.flatMap(\.items)).joined(separator: "\n")
    }

    // MARK: lists

    static func list(_ list: CommandList) -> String {
        "{" + items(list.items).joined(separator: " ") + "}"
    }

    /// `! !` alone is nothing.
    private static func items(_ items: [ListItem]) -> [String] {
        items.map { item($0) }.filter { $0 != ";" }
    }

    static func item(_ item: ListItem) -> String {
        andOr(item.andOr) + (item.terminator == .ampersand ? "&" : ";")
    }

    static func andOr(_ list: AndOrList) -> String {
        list.rest.reduce(pipeline(list.first)) {
            $0 + ($1.operator == .and ? " && " : " || ") + pipeline($1.pipeline)
        }
    }

    static func pipeline(_ pipeline: Pipeline) -> String {
        var text = pipeline.isNegated ? "! " : ""
        let times = pipeline.prefixes.filter { $0 != .negation }
        if !times.isEmpty { text += "time " }
        for (index, command) in pipeline.commands.enumerated() {
            let joinsErrors =
                index < pipeline.operators.count
                && pipeline.operators[index] == .outputAndError
            text += index > 0 ? " | " : ""
            text += shape(command, joinsErrors ? ["2&'“1”'"] : [])
        }
        return text
    }

    // MARK: commands

    static func shape(_ command: Command, _ more: [String]) -> String {
        switch command {
        case .simple(let command): simple(command, more)
        case .compound(let command): compound(command, more)
        case .function(let definition):
            "function \(word(definition.name)) \(functionBody(definition.body, more))"
        case .coprocess(let coprocess):
            "coproc \(coprocess.name.map { word($0) } ?? "“COPROC”") "
                + shape(coprocess.command, more).replacing("<“COPROC” ", with: "<")
        }
    }

    static func functionBody(_ body: CompoundCommand, _ more: [String]) -> String {
        guard case .braceGroup = body.body else {
            return (["group{\(compound(body, []));}"] + more).joined(separator: " ")
        }
        return compound(body, more)
    }

    static func simple(_ command: SimpleCommand, _ more: [String]) -> String {
        "<"
            + (command.assignments.map { assignment($0) } + command.words.map { word($0) }
            + command.redirections.map { redirection($0) } + more).joined(separator: " ") + ">"
    }

    static func assignment(_ assignment: Assignment) -> String {
        let value =
            switch assignment.value {
            case .word(let word): self.word(word)
            case .array(let array): self.array(array)
            }
        let key = assignment.subscripting.map { "[\(word($0.word))]" } ?? ""
        return "\(assignment.name)\(key)\(assignment.appends ? "+" : "")=\(value)"
    }

    static func array(_ array: ArrayLiteral) -> String {
        "("
            + array.elements.map { element in
                (element.subscripting.map { "[\(word($0.word))]\(element.appends ? "+" : "")=" }
                    ?? "")
                    + word(element.value)
            }.joined(separator: " ") + ")"
    }

    static func compound(_ command: CompoundCommand, _ more: [String]) -> String {
        ([body(command.body)] + command.redirections.map { redirection($0) } + more)
            .joined(separator: " ")
    }

    static func body(_ body: CompoundBody) -> String {
        switch body {
        case .braceGroup(let list): "group" + self.list(list)
        case .subshell(let list): "subshell" + self.list(list)
        case .forLoop(let loop): "for" + forLoop(loop)
        case .selectLoop(let loop): "select" + forLoop(loop)
        case .arithmeticFor(let loop):
            "for(("
                + [loop.start, loop.condition, loop.step].map {
                    guard let arithmetic = $0 else { return "“1”" }
                    return self.arithmetic(arithmetic)
                }.joined(separator: ";") + "))" + list(loop.body.list)
        case .caseClause(let clause):
            "case \(word(clause.subject)) in"
                + clause.items.map { item in
                    let patterns = item.patterns.map { word($0) }.joined(separator: "|")
                    let ending = item.ending == .none ? .leave : item.ending
                    return " (\(patterns)) \(list(item.list))\(ending)"
                }.joined()
        case .ifClause(let clause): branches(clause.branches[...], clause.otherwise)
        case .whileLoop(let loop): "while\(list(loop.condition))\(list(loop.body))"
        case .untilLoop(let loop): "until\(list(loop.condition))\(list(loop.body))"
        case .arithmetic(let arithmetic): "((" + self.arithmetic(arithmetic) + "))"
        case .conditional(let expression): "[[" + conditional(expression) + "]]"
        }
    }

    /// The printer of bash takes away the blanks around it.
    static func arithmetic(_ arithmetic: Arithmetic) -> String {
        let blanks: Set<Character> = [" ", "\t", "\n"]
        var text = Substring(parts(arithmetic.parts))
        if text.first == "“" { text = "“" + text.dropFirst().drop { blanks.contains($0) } }
        if text.last == "”" {
            text.removeLast()
            while let last = text.last, blanks.contains(last) { text.removeLast() }
            text += "”"
        }
        return String(text).replacing("“”", with: "")
    }

    static func forLoop(_ loop: ForLoop) -> String {
        let words = loop.words.map { $0.map { word($0) } } ?? ["\"$@\""]
        return "(\(word(loop.name)) in \(words.joined(separator: " ")))\(list(loop.body.list))"
    }

    static func branches(
        _ branches: ArraySlice<IfClause.Branch>,
        _ otherwise: CommandList?
    ) -> String {
        guard let first = branches.first else { return otherwise.map { list($0) } ?? "" }
        let rest = branches.dropFirst()
        let more =
            rest.isEmpty
            ? otherwise.map { list($0) } ?? "" : "{\(self.branches(rest, otherwise));}"
        return "if\(list(first.condition))\(list(first.body))\(more)"
    }

    static func conditional(_ expression: ConditionalExpression) -> String {
        var expression = expression
        var isNegated = false
        while case .negation(let inner, _) = expression {
            expression = inner
            isNegated.toggle()
        }
        return (isNegated ? "! " : "") + test(expression)
    }

    static func test(_ expression: ConditionalExpression) -> String {
        switch expression {
        case .word(let word): "-n \(self.word(word))"
        case .unary(let sign, let word): "\(sign.spelling) \(self.word(word))"
        case .binary(let left, let sign, let right):
            "\(word(left)) \(sign.spelling) \(word(right))"
        case .negation: conditional(expression)
        case .and(let left, let right): conditional(left) + " && " + conditional(right)
        case .or(let left, let right): conditional(left) + " || " + conditional(right)
        case .group(let inner, _): "( \(conditional(inner)) )"
        }
    }

    // MARK: redirections

    static func redirection(_ redirection: Redirection) -> String {
        let target: String
        switch redirection.target {
        case .word(let word): target = "'\(self.word(word))'"
        case .hereDocument(let document):
            target = "\(document.terminator)[\(parts(document.body))]"
        }
        return descriptor(redirection) + sign(redirection.operator) + target
    }

    private static func descriptor(_ redirection: Redirection) -> String {
        switch redirection.descriptor {
        // What bash prints for `1<>` has no number.
        case _ where redirection.operator == .inputOutput: ""
        case .number(let number): "\(number)"
        case .variable(let name): "{\(name)}"
        case nil:
            switch redirection.operator {
            case .input, .inputOutput, .duplicateInput, .hereDocument,
                .hereDocumentStrippingTabs, .hereString:
                "0"
            case .output, .append, .clobber, .duplicateOutput: "1"
            case .outputAndError, .appendOutputAndError: ""
            }
        }
    }

    private static func sign(_ sign: RedirectionOperator) -> String {
        switch sign {
        // `<&-` is printed as `>&-`.
        case .duplicateInput, .duplicateOutput: "&"
        case .hereDocumentStrippingTabs: "<<"
        default: sign.rawValue
        }
    }
}
