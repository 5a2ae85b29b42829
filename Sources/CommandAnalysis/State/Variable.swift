public import ShellSyntax

/// A variable of a shell, as far as it is known.
public struct Variable: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
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

    public var value: Value
    public var isExported = false
    /// Whether programs perhaps do not get it, though it is exported.
    public var isPerhapsExported = false
    /// `declare -i`: what is assigned is computed first.
    public var isInteger = false
    /// Whether that is not known.
    public var isPerhapsInteger = false
    /// `declare -A`.
    public var isAssociative = false
    /// The element of an associative array that was assigned last.
    public var lastElement: AbstractText?
    /// `declare -l`, `declare -u`.
    public var caseChange: CaseChange?
    /// Whether it is not known if the shell has this attribute.
    public var isPerhapsCaseChange = false
    /// `declare -n`: the variable that is meant instead.
    public var reference: ShellText?
    /// Whether it is not known if the shell has references.
    public var isPerhapsReference = false

    public enum CaseChange: Hashable, Sendable { case lower, upper }

    /// Whether a program gets it at all: arrays are for the shell alone.
    var isScalar: Bool {
        switch value {
        case .indexed, .associative: false
        case .scalar, .unknown, .unset: true
        }
    }

    public init(_ value: Value) { self.value = value }

    public init(_ text: AbstractText) { value = .scalar([text]) }
}

/// The positional parameters.
public enum PositionalParameters: Hashable, Sendable {
    case known([Argument])
    case unknown(UnknownText)
}
