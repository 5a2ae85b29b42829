// Compound commands.

extension OutlineSink {
    mutating func write(_ command: CompoundCommand) {
        node("CompoundCommand", command.range) { sink in
            sink.beginChild("body")
            sink.write(command.body, command.bodyRange)
            sink.children("redirections", command.redirections) { $0.write($1) }
        }
    }

    private mutating func write(_ body: CompoundBody, _ range: SourceRange) {
        switch body {
        case .braceGroup(let list): write("BraceGroup", range, list)
        case .subshell(let list): write("Subshell", range, list)
        case .forLoop(let loop): write("ForLoop", range, loop)
        case .selectLoop(let loop): write("SelectLoop", range, loop)
        case .whileLoop(let loop): write("WhileLoop", range, loop)
        case .untilLoop(let loop): write("UntilLoop", range, loop)
        case .ifClause(let clause): write(clause, range)
        case .caseClause(let clause): write(clause, range)
        case .arithmeticFor(let loop): write(loop, range)
        case .arithmetic(let arithmetic):
            node("ArithmeticCommand", range) { sink in
                sink.beginChild("arithmetic")
                sink.write(arithmetic)
            }
        case .conditional(let expression):
            node("ConditionalCommand", range) { sink in
                sink.beginChild("expression")
                sink.write(expression)
            }
        }
    }

    private mutating func write(_ type: String, _ range: SourceRange, _ list: CommandList) {
        node(type, range) { sink in
            sink.beginChild("list")
            sink.write(list)
        }
    }

    private mutating func write(_ type: String, _ range: SourceRange, _ loop: ForLoop) {
        node(type, range) { sink in
            sink.attribute("hasWords", loop.words != nil)
            sink.attribute("isBraced", loop.body.isBraced)
            sink.beginChild("name")
            sink.write(loop.name)
            sink.children("words", loop.words ?? []) { $0.write($1) }
            sink.beginChild("body")
            sink.write(loop.body.list)
        }
    }

    private mutating func write(_ type: String, _ range: SourceRange, _ loop: ConditionLoop) {
        node(type, range) { sink in
            sink.beginChild("condition")
            sink.write(loop.condition)
            sink.beginChild("body")
            sink.write(loop.body)
        }
    }

    private mutating func write(_ loop: ArithmeticForLoop, _ range: SourceRange) {
        node("ArithmeticForLoop", range) { sink in
            sink.attribute("isBraced", loop.body.isBraced)
            for (name, part) in [
                ("start", loop.start), ("condition", loop.condition), ("step", loop.step),
            ] {
                guard let part else { continue }
                sink.beginChild(name)
                sink.write(part)
            }
            sink.beginChild("body")
            sink.write(loop.body.list)
        }
    }

    private mutating func write(_ clause: IfClause, _ range: SourceRange) {
        node("IfClause", range) { sink in
            sink.children("branches", clause.branches) { sink, branch in
                sink.node("Branch", branch.range) { sink in
                    sink.beginChild("condition")
                    sink.write(branch.condition)
                    sink.beginChild("body")
                    sink.write(branch.body)
                }
            }
            if let otherwise = clause.otherwise {
                sink.beginChild("otherwise")
                sink.write(otherwise)
            }
        }
    }

    private mutating func write(_ clause: CaseClause, _ range: SourceRange) {
        node("CaseClause", range) { sink in
            sink.beginChild("subject")
            sink.write(clause.subject)
            sink.children("items", clause.items) { sink, item in
                sink.node("CaseItem", item.range) { sink in
                    sink.attribute("ending", item.ending.name)
                    sink.children("patterns", item.patterns) { $0.write($1) }
                    sink.beginChild("list")
                    sink.write(item.list)
                }
            }
        }
    }

    // MARK: conditions

    private mutating func write(_ expression: ConditionalExpression) {
        node("ConditionalExpression", expression.range) { sink in
            sink.attribute("kind", expression.name)
            switch expression {
            case .word(let word):
                sink.operand("word", word)
            case .unary(let spelling, let word):
                sink.attribute("operator", text: spelling.spelling)
                sink.operand("word", word)
            case .binary(let left, let spelling, let right):
                sink.attribute("operator", text: spelling.spelling)
                sink.operand("left", left)
                sink.operand("right", right)
            case .negation(let inner, _), .group(let inner, _):
                sink.beginChild("expression")
                sink.write(inner)
            case .and(let left, let right), .or(let left, let right):
                sink.beginChild("left")
                sink.write(left)
                sink.beginChild("right")
                sink.write(right)
            }
        }
    }

    private mutating func operand(_ name: String, _ word: Word) {
        beginChild(name)
        write(word)
    }
}
