/// `name=value` before a command or alone; of bash: `name+=value`, `name[subscript]=value`, and
/// `name=(…)`.
package struct Assignment: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// A word without parts is the empty value.
        case word(Word)
        case array(ArrayLiteral)
    }

    package let name: ShellText
    package let subscripting: Subscript?
    /// Whether `+=` appends.
    package let appends: Bool
    package let value: Value
    package let range: SourceRange
}

/// `(first second [3]=third)`, of bash: what an array is assigned.
package struct ArrayLiteral: Hashable, Sendable {
    package let elements: [ArrayElement]
    package let range: SourceRange
}

package struct ArrayElement: Hashable, Sendable {
    package let subscripting: Subscript?
    package let appends: Bool
    package let value: Word
    package let range: SourceRange
}

/// What stands in `name[…]`, of bash.
///
/// For an indexed array it is an arithmetic expression, for an associative one a word; the syntax
/// does not tell which the array is, so both readings are here.
package struct Subscript: Hashable, Sendable {
    package enum Selection: Hashable, Sendable {
        /// `@`: all elements, each a field of its own.
        case each
        /// `*`: all elements, joined in double quotes.
        case all
        case one
    }

    package let selection: Selection
    /// The text as a word: what an associative array takes.
    package let word: Word
    /// The text as arithmetic: what an indexed array takes.
    package let arithmetic: Arithmetic

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
    package static func == (left: Subscript, right: Subscript) -> Bool { left.word == right.word }

    package func hash(into hasher: inout Hasher) { hasher.combine(word) }
}
