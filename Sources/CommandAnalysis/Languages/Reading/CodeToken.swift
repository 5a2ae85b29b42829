import ShellSyntax

/// One token of a code in any of the languages.
struct CodeToken: Sendable {
    enum Kind: Sendable {
        /// A name or a word of the language.
        case name
        /// A name with a sigil: `$x`, `@list`.
        case variable
        case number
        case string
        /// Quoted text that a shell runs: `` `ls` ``.
        case command
        /// A regular expression, or a substitution with one.
        case regex
        /// An operator or a bracket.
        case symbol
        case newline
        /// What the lexer does not read, or what is not known.
        case unknown
    }

    let kind: Kind
    /// As it is written; of a string, its delimiter.
    let text: ShellText
    /// What a string or a command holds.
    let value: AbstractText
    let range: Range<Int>
    /// Whether white space stands before it.
    let isSpaced: Bool

    init(
        _ kind: Kind,
        _ text: ShellText,
        value: AbstractText = .empty,
        at range: Range<Int>,
        isSpaced: Bool = false
    ) {
        self.kind = kind
        self.text = text
        self.value = value
        self.range = range
        self.isSpaced = isSpaced
    }

    func isSymbol(_ text: ShellText) -> Bool { kind == .symbol && self.text == text }

    func isName(_ text: ShellText) -> Bool { kind == .name && self.text == text }

    /// Whether a value ends with it, so that an operator follows and not another value.
    var endsOperand: Bool {
        switch kind {
        case .name, .variable, .number, .string, .command, .regex: true
        case .symbol: text == ")" || text == "]" || text == "}"
        case .newline, .unknown: false
        }
    }
}
