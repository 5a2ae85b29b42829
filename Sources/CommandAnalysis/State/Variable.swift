package import ShellSyntax

/// A variable of a shell, as far as it is known.
package struct Variable: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case unset
        /// Any of these; at least one.
        case scalar([AbstractText])
        /// Of an indexed array, all elements.
        case indexed([Int: AbstractText])
        /// Of an associative array, all elements.
        case associative([ShellText: AbstractText])
        /// Perhaps unset, perhaps an array.
        case unknown(UnknownText)
    }

    package var value: Value
    package var isExported = false
    /// `declare -i`: what is assigned is computed first.
    package var isInteger = false
    /// `declare -A`.
    package var isAssociative = false
    /// The element of an associative array that was assigned last.
    package var lastElement: AbstractText?
    /// `declare -l`, `declare -u`.
    package var caseChange: CaseChange?
    /// Whether it is not known if the shell has this attribute.
    package var isPerhapsCaseChange = false
    /// `declare -n`: the variable that is meant instead.
    package var reference: ShellText?
    /// Whether it is not known if the shell has references.
    package var isPerhapsReference = false

    package enum CaseChange: Hashable, Sendable { case lower, upper }

    package init(_ value: Value) { self.value = value }

    package init(_ text: AbstractText) { value = .scalar([text]) }
}

/// The positional parameters.
package enum PositionalParameters: Hashable, Sendable {
    case known([Argument])
    case unknown(UnknownText)
}
