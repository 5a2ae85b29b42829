/// The text of `$((…))`, `((…))`, a subscript, a substring offset (POSIX XCU 2.6.4; bash manual,
/// *Shell Arithmetic*).
///
/// The shell first expands the text as in double quotes and then reads the result, so an expansion
/// can bring in operators. `reading` is what the text says if every expansion brings in one
/// operand.
public struct Arithmetic: Hashable, Sendable {
    public enum Reading: Hashable, Sendable {
        case empty
        case expression(ArithmeticExpression)
        /// There are expansions in it, and only with what they bring in can it be read.
        case depends
        /// It cannot be read, whatever expansions bring in.
        case error(SyntaxError)
    }

    public let parts: [WordPart]
    public let reading: Reading
    public let range: SourceRange
}

// The reading follows from the parts and holds them again. Comparing both would take time that
// doubles with each `$((` in another.
extension Arithmetic {
    public static func == (left: Arithmetic, right: Arithmetic) -> Bool {
        left.range == right.range && left.parts == right.parts
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(range)
        hasher.combine(parts)
    }
}

public indirect enum ArithmeticExpression: Hashable, Sendable {
    /// A constant as it is written: `10`, `0x1f`, `16#ff`, `010`.
    case number(Literal)
    /// A name: its value is read as an expression again, which may run commands.
    case variable(Literal, Subscript?)
    /// What an expansion brings in, alone or joined with text: `$x`, `1$x`, `"$x"`.
    case expanded(Word)
    /// `(x)`
    case group(ArithmeticExpression, SourceRange)
    case unary(UnaryOperator, ArithmeticExpression, SourceRange)
    /// `x++`, `x--`
    case postfix(ArithmeticExpression, isIncrement: Bool, SourceRange)
    case binary(ArithmeticExpression, BinaryOperator, ArithmeticExpression)
    case assignment(ArithmeticExpression, BinaryOperator?, ArithmeticExpression)
    case conditional(ArithmeticExpression, ArithmeticExpression, ArithmeticExpression)
    case comma(ArithmeticExpression, ArithmeticExpression)

    public enum UnaryOperator: String, Hashable, Sendable {
        case plus = "+"
        case minus = "-"
        case not = "!"
        case complement = "~"
        case increment = "++"
        case decrement = "--"
    }

    public enum BinaryOperator: String, Hashable, Sendable {
        case power = "**"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"
        case add = "+"
        case subtract = "-"
        case shiftLeft = "<<"
        case shiftRight = ">>"
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case equal = "=="
        case notEqual = "!="
        case bitAnd = "&"
        case bitXor = "^"
        case bitOr = "|"
        case and = "&&"
        case or = "||"
    }
}
