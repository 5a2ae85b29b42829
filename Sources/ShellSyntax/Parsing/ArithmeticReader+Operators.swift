// Operators, by precedence (bash manual, *Shell Arithmetic*): lowest first.

extension ArithmeticReader {
    mutating func comma() throws(Failure) -> ArithmeticExpression {
        var expression = try assignment()
        var depth = 0
        while peek() == 0x2C {
            try enter()
            depth += 1
            index += 1
            expression = .comma(expression, try assignment())
        }
        nesting += depth
        return expression
    }

    private mutating func assignment() throws(Failure) -> ArithmeticExpression {
        let left = try conditional()
        guard case .variable = left, let (operation, length) = assignmentOperator() else {
            if case .expanded = left, let (operation, length) = assignmentOperator() {
                return try assigned(left, operation, length)
            }
            return left
        }
        return try assigned(left, operation, length)
    }

    private mutating func assigned(
        _ left: ArithmeticExpression,
        _ operation: ArithmeticExpression.BinaryOperator?,
        _ length: Int
    ) throws(Failure) -> ArithmeticExpression {
        try enter()
        index += length
        let value = try assignment()
        nesting += 1
        return .assignment(left, operation, value)
    }

    /// `=`, `+=` and their kind, and how long it is.
    private func assignmentOperator() -> (ArithmeticExpression.BinaryOperator?, Int)? {
        if peek() == 0x3D { return peek(1) == 0x3D ? nil : (nil, 1) }
        switch (peek(), peek(1), peek(2)) {
        case (0x3C, 0x3C, 0x3D): return (.shiftLeft, 3)
        case (0x3E, 0x3E, 0x3D): return (.shiftRight, 3)
        default: break
        }
        guard peek(1) == 0x3D else { return nil }
        switch peek() {
        case 0x2A: return (.multiply, 2)
        case 0x2F: return (.divide, 2)
        case 0x25: return (.remainder, 2)
        case 0x2B: return (.add, 2)
        case 0x2D: return (.subtract, 2)
        case 0x26: return (.bitAnd, 2)
        case 0x5E: return (.bitXor, 2)
        case 0x7C: return (.bitOr, 2)
        default: return nil
        }
    }

    private mutating func conditional() throws(Failure) -> ArithmeticExpression {
        let condition = try binary(minimum: 0)
        guard peek() == 0x3F else { return condition }
        try enter()
        index += 1
        let yes = try comma()
        guard peek() == 0x3A else { throw unexpected("`:`") }
        index += 1
        let no = try assignmentOrConditional()
        nesting += 1
        return .conditional(condition, yes, no)
    }

    private mutating func assignmentOrConditional() throws(Failure) -> ArithmeticExpression {
        try conditional()
    }

    private mutating func binary(minimum: Int) throws(Failure) -> ArithmeticExpression {
        var left = try unary()
        var depth = 0
        while let (operation, length) = binaryOperator(), operation.precedence >= minimum {
            try enter()
            depth += 1
            index += length
            let right =
                operation == .power
                ? try binary(minimum: operation.precedence)
                : try binary(minimum: operation.precedence + 1)
            left = .binary(left, operation, right)
        }
        nesting += depth
        return left
    }

    private func binaryOperator() -> (ArithmeticExpression.BinaryOperator, Int)? {
        let second = peek(1)
        let third = peek(2)
        switch peek() {
        case 0x2A:
            if second == 0x2A { return third == 0x3D ? nil : (.power, 2) }
            return second == 0x3D ? nil : (.multiply, 1)
        case 0x2F: return second == 0x3D ? nil : (.divide, 1)
        case 0x25: return second == 0x3D ? nil : (.remainder, 1)
        case 0x2B: return second == 0x3D ? nil : (.add, 1)
        case 0x2D: return second == 0x3D ? nil : (.subtract, 1)
        case 0x3C:
            if second == 0x3C { return third == 0x3D ? nil : (.shiftLeft, 2) }
            return second == 0x3D ? (.lessOrEqual, 2) : (.less, 1)
        case 0x3E:
            if second == 0x3E { return third == 0x3D ? nil : (.shiftRight, 2) }
            return second == 0x3D ? (.greaterOrEqual, 2) : (.greater, 1)
        case 0x3D: return second == 0x3D ? (.equal, 2) : nil
        case 0x21: return second == 0x3D ? (.notEqual, 2) : nil
        case 0x26:
            if second == 0x26 { return (.and, 2) }
            return second == 0x3D ? nil : (.bitAnd, 1)
        case 0x7C:
            if second == 0x7C { return (.or, 2) }
            return second == 0x3D ? nil : (.bitOr, 1)
        case 0x5E: return second == 0x3D ? nil : (.bitXor, 1)
        default: return nil
        }
    }

    private mutating func unary() throws(Failure) -> ArithmeticExpression {
        skipBlanks()
        let byte = peek()
        let operation: ArithmeticExpression.UnaryOperator
        switch byte {
        case 0x21: operation = .not
        case 0x7E: operation = .complement
        case 0x2B, 0x2D:
            if peek(1) == byte, isBeforeName(2) {
                operation = byte == 0x2B ? .increment : .decrement
            } else {
                operation = byte == 0x2B ? .plus : .minus
            }
        default: return try postfix()
        }
        try enter()
        let start = index
        index += operation.rawValue.utf8.count
        let inner = try unary()
        nesting += 1
        return .unary(operation, inner, range(from: start).through(inner.range))
    }

    /// Whether a name stands behind so many bytes and blanks.
    private func isBeforeName(_ distance: Int) -> Bool {
        var distance = distance
        while peek(distance).isBlank { distance += 1 }
        return peek(distance).isNameStart
            || (index + distance < atoms.count && peek(distance) == 0)
    }

    private mutating func postfix() throws(Failure) -> ArithmeticExpression {
        let operand = try operand()
        switch operand {
        case .variable, .expanded: break
        default: return operand
        }
        let byte = peek()
        guard byte == 0x2B || byte == 0x2D, peek(1) == byte, !startsOperand(2) else {
            return operand
        }
        index += 2
        let range = operand.range.through(range(from: index - 1))
        skipBlanks()
        return .postfix(operand, isIncrement: byte == 0x2B, range)
    }

    /// Whether an operand stands behind so many bytes: then `a ++b` is `a + (+b)`.
    private func startsOperand(_ distance: Int) -> Bool {
        var distance = distance
        while peek(distance).isBlank { distance += 1 }
        let byte = peek(distance)
        return byte.isName || byte == 0x28
    }
}

extension ArithmeticExpression.BinaryOperator {
    /// Higher binds tighter.
    fileprivate var precedence: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .bitOr: 3
        case .bitXor: 4
        case .bitAnd: 5
        case .equal, .notEqual: 6
        case .less, .lessOrEqual, .greater, .greaterOrEqual: 7
        case .shiftLeft, .shiftRight: 8
        case .add, .subtract: 9
        case .multiply, .divide, .remainder: 10
        case .power: 11
        }
    }
}
