/// `[n]>word` and its kind (POSIX XCU 2.7).
public struct Redirection: Hashable, Sendable {
    /// What stands before the operator.
    public enum Descriptor: Hashable, Sendable {
        case number(Int32)
        /// `{name}>`, of bash: the shell chooses the number and puts it into the variable.
        case variable(ShellText)
    }

    public enum Target: Hashable, Sendable {
        case word(Word)
        case hereDocument(HereDocument)
    }

    /// Nil where the operator has its own default: 0 or 1, or both 1 and 2.
    public let descriptor: Descriptor?
    public let `operator`: RedirectionOperator
    public let target: Target
    public let range: SourceRange
}

public enum RedirectionOperator: String, Hashable, Sendable, CaseIterable {
    case input = "<"
    case output = ">"
    case append = ">>"
    case clobber = ">|"
    case inputOutput = "<>"
    case duplicateInput = "<&"
    case duplicateOutput = ">&"
    case hereDocument = "<<"
    case hereDocumentStrippingTabs = "<<-"
    /// Of bash.
    case hereString = "<<<"
    /// Of bash: standard output and standard error.
    case outputAndError = "&>"
    /// Of bash.
    case appendOutputAndError = "&>>"
}

/// The text of `<<` and `<<-`, which stands on the lines behind (POSIX XCU 2.7.4).
public struct HereDocument: Hashable, Sendable {
    /// The word behind the operator, as it is written.
    public let delimiter: Word
    /// The line that ends the body: the delimiter without its quotes.
    public let terminator: ShellText
    /// Whether any of the delimiter is quoted: then nothing in the body is expanded.
    public let isQuoted: Bool
    /// The body, with the tabs of `<<-` taken away: one literal where the delimiter is quoted, else
    /// the parts as in double quotes, where `"` is no quote.
    public let body: [WordPart]
    public let bodyRange: SourceRange
    /// False where the text ended before the delimiter came; bash warns and runs the command.
    public let isTerminated: Bool
}
