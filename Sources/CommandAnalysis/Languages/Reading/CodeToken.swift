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
    /// The first byte of the text: what most comparisons end with.
    private let first: UInt8?

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
        first = text.utf8.first
    }

    func isSymbol(_ text: ShellText) -> Bool {
        kind == .symbol && first == text.utf8.first && self.text == text
    }

    func isName(_ text: ShellText) -> Bool {
        kind == .name && first == text.utf8.first && self.text == text
    }

    /// Whether a value ends with it, so that an operator follows and not another value.
    var endsOperand: Bool {
        switch kind {
        case .name, .variable, .number, .string, .command, .regex: true
        case .symbol: isClosing
        case .newline, .unknown: false
        }
    }

    var isClosing: Bool {
        guard kind == .symbol, text.utf8.count == 1 else { return false }
        return first == 0x29 || first == 0x5D || first == 0x7D
    }

    var isOpening: Bool {
        guard kind == .symbol, text.utf8.count == 1 else { return false }
        return first == 0x28 || first == 0x5B || first == 0x7B
    }
}
