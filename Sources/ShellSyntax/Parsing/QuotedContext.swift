/// Where text stands that is read as in double quotes, and so what ends it.
enum QuotedContext: Equatable {
    /// `"…"`
    case doubleQuotes
    /// The end of the text.
    case hereDocument
    /// `)` that closes no `(` of the text.
    case arithmetic
    /// The same, and `;`.
    case arithmeticFor
    /// `]` that closes no `[` of the text.
    case brackets
    /// `}`: the word of `"${name:-word}"`
    case operand
    /// The end of the text: between the single quotes of `"${name:-'…'}"`
    case quotesOfOperand
    /// `:` or `}` outside of parentheses and `? :`
    case substring

    var endsWithText: Bool { self == .hereDocument || self == .quotesOfOperand }

    var isOfParameter: Bool { self == .operand || self == .substring }

    var isArithmetic: Bool { self == .arithmetic || self == .arithmeticFor }

    /// Whether `$'…'` and `$"…"` are decoded while the shell looks for the end.
    var translatesQuotes: Bool {
        switch self {
        case .arithmetic, .arithmeticFor, .brackets, .operand, .substring: true
        case .doubleQuotes, .hereDocument, .quotesOfOperand: false
        }
    }
}
