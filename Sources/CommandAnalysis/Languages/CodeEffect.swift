/// What code in some language does, as far as its text tells.
public struct CodeFindings: Hashable, Sendable {
    public let effects: [CodeEffect]
    /// Whether the code does nothing else.
    ///
    /// False is `code.run` beside the effects.
    public let isComplete: Bool

    public init(effects: [CodeEffect], isComplete: Bool) {
        self.effects = effects
        self.isComplete = isComplete
    }

    /// Nothing is known of the code.
    public static let opaque = CodeFindings(effects: [], isComplete: false)
}

/// One thing that code does.
public struct CodeEffect: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case readFile(AbstractText)
        case writeFile(AbstractText)
        /// A file that is made where there is none, and into which nothing is written.
        case lockFile(AbstractText)
        case deleteFile(AbstractText, isRecursive: Bool)
        case changePermission(AbstractText)
        /// Text that `sh` reads.
        case shell(AbstractText)
        /// The same, where the code writes what these programs read: unknown text.
        case shellWithInput(AbstractText)
        /// A program and its arguments.
        case command([Argument])
        case connect(host: AbstractText)
        case action(Action, [ForeseenAction.Attribute])
    }

    public let kind: Kind
    public let certainty: Certainty
    /// Where in the code, in bytes; nil where unknown text stands before it.
    public let place: Range<Int>?

    public init(_ kind: Kind, _ certainty: Certainty, at place: Range<Int>?) {
        self.kind = kind
        self.certainty = certainty
        self.place = place
    }
}
