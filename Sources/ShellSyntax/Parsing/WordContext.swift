/// Where a word stands, which tells what in it has a meaning.
enum WordContext {
    /// An argument, an operand of a redirection, a word of `for`.
    case argument
    /// An argument of `declare` and its kind: may be `name=(…)`.
    case declaredArgument
    /// The value of an assignment; nothing splits it.
    case assignmentValue
    case arrayElement
    /// Of `case`.
    case pattern
    case functionName
    /// Nothing is expanded.
    case hereDocumentDelimiter
    /// Of `[[`.
    case conditional
    /// Behind `==` and `!=` of `[[`: extended patterns need no `extglob`.
    case conditionalPattern

    var expandsBraces: Bool {
        switch self {
        case .argument, .declaredArgument, .arrayElement: true
        case .assignmentValue, .pattern, .functionName, .hereDocumentDelimiter, .conditional,
            .conditionalPattern:
            false
        }
    }
}
