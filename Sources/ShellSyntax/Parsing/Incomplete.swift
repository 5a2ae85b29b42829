/// What is open where the text ends, so that an editor can ask for more.
public struct Incomplete: Hashable, Sendable, CustomStringConvertible {
    /// From the outside in; never empty.
    public let open: [OpenConstruct]

    public var description: String {
        open.last.map { "\($0.kind) is not complete" } ?? "the command is not complete"
    }
}

public struct OpenConstruct: Hashable, Sendable {
    public let kind: Kind
    /// Where it began: the quote, the keyword, the operator.
    public let range: SourceRange

    public enum Kind: Hashable, Sendable, CustomStringConvertible {
        case lineContinuation
        /// `&&`, `||`, `|` or `|&` at the end of a line.
        case `operator`(ShellText)
        /// `if`, `while`, `{` and their kind.
        case compoundCommand(ShellText)
        case function
        case coprocess
        case singleQuote
        case doubleQuote
        case ansiCQuote
        case backquote
        case parameterExpansion
        case commandSubstitution
        case processSubstitution
        case arithmetic
        case subscripting
        case array
        case extendedGlob
        case conditional
        case hereDocument(delimiter: ShellText)

        public var description: String {
            switch self {
            case .lineContinuation: "the continued line"
            case .operator(let spelling): "what stands behind \(spelling.inProse)"
            case .compoundCommand(let keyword): keyword.inProse
            case .function: "the function definition"
            case .coprocess: "the coprocess"
            case .singleQuote: "the single-quoted text"
            case .doubleQuote: "the double-quoted text"
            case .ansiCQuote: "the text in `$'…'`"
            case .backquote: "the substitution in back-quotes"
            case .parameterExpansion: "`${…}`"
            case .commandSubstitution: "`$(…)`"
            case .processSubstitution: "the process substitution"
            case .arithmetic: "the arithmetic expression"
            case .subscripting: "the subscript"
            case .array: "the array"
            case .extendedGlob: "the extended pattern"
            case .conditional: "`[[`"
            case .hereDocument(let delimiter): "the here-document \(delimiter.inProse)"
            }
        }
    }
}
