/// `name=value` before a command or alone; of bash: `name+=value`, `name[subscript]=value`, and
/// `name=(…)`.
public struct Assignment: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        /// A word without parts is the empty value.
        case word(Word)
        case array(ArrayLiteral)
    }

    public let name: ShellText
    public let subscripting: Subscript?
    /// Whether `+=` appends.
    public let appends: Bool
    public let value: Value
    public let range: SourceRange
}

/// `(first second [3]=third)`, of bash: what an array is assigned.
public struct ArrayLiteral: Hashable, Sendable {
    public let elements: [ArrayElement]
    public let range: SourceRange
}

public struct ArrayElement: Hashable, Sendable {
    public let subscripting: Subscript?
    public let appends: Bool
    public let value: Word
    public let range: SourceRange
}

/// What stands in `name[…]`, of bash.
///
/// For an indexed array it is an arithmetic expression, for an associative one a word; the syntax
/// does not tell which the array is, so both readings are here.
public struct Subscript: Hashable, Sendable {
    public enum Selection: Hashable, Sendable {
        /// `@`: all elements, each a field of its own.
        case each
        /// `*`: all elements, joined in double quotes.
        case all
        case one
    }

    public let selection: Selection
    /// The text as a word: what an associative array takes.
    public let word: Word
    /// The text as arithmetic: what an indexed array takes.
    public let arithmetic: Arithmetic

    init(word: Word, arithmetic: Arithmetic) {
        selection =
            switch word.literal {
            case "@": .each
            case "*": .all
            default: .one
            }
        self.word = word
        self.arithmetic = arithmetic
    }

    // All else follows from the word.
    public static func == (left: Subscript, right: Subscript) -> Bool { left.word == right.word }

    public func hash(into hasher: inout Hasher) { hasher.combine(word) }
}
