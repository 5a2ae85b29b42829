// Arithmetic. Its parts are shown once: where they can be read as an expression, within it.

extension OutlineSink {
    mutating func write(_ arithmetic: Arithmetic) {
        node("Arithmetic", arithmetic.range) { sink in
            switch arithmetic.reading {
            case .empty:
                sink.attribute("reading", "empty")
            case .expression(let expression):
                sink.attribute("reading", "expression")
                sink.beginChild("expression")
                sink.write(expression)
            case .depends:
                sink.attribute("reading", "depends")
                sink.children("parts", arithmetic.parts) { $0.write($1) }
            case .error(let error):
                sink.attribute("reading", "error")
                sink.attribute("error", text: ShellText(error.description))
                sink.attribute("errorRange", error.range)
                sink.children("parts", arithmetic.parts) { $0.write($1) }
            }
        }
    }

    private mutating func write(_ expression: ArithmeticExpression) {
        node("ArithmeticExpression", expression.range) { sink in
            sink.attribute("kind", expression.name)
            switch expression {
            case .number(let literal): sink.attribute("text", text: literal.text)
            case .variable(let name, let subscripting):
                sink.attribute("name", text: name.text)
                sink.write(subscripting)
            case .expanded(let word):
                sink.beginChild("word")
                sink.write(word)
            case .group(let inner, _): sink.operand("operand", inner)
            case .unary(let operation, let inner, _):
                sink.attribute("operator", operation.rawValue)
                sink.operand("operand", inner)
            case .postfix(let inner, let isIncrement, _):
                sink.attribute("operator", isIncrement ? "++" : "--")
                sink.operand("operand", inner)
            case .binary(let left, let operation, let right):
                sink.attribute("operator", operation.rawValue)
                sink.operand("left", left)
                sink.operand("right", right)
            case .assignment(let left, let operation, let right):
                sink.attribute("operator", (operation?.rawValue ?? "") + "=")
                sink.operand("left", left)
                sink.operand("right", right)
            case .conditional(let condition, let yes, let no):
                sink.operand("condition", condition)
                sink.operand("yes", yes)
                sink.operand("no", no)
            case .comma(let left, let right):
                sink.operand("left", left)
                sink.operand("right", right)
            }
        }
    }

    private mutating func operand(_ name: String, _ expression: ArithmeticExpression) {
        beginChild(name)
        write(expression)
    }
}
