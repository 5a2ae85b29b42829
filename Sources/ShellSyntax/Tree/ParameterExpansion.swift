/// `$name`, `${name…}` (POSIX XCU 2.6.2; bash manual, *Shell Parameter Expansion*).
public struct ParameterExpansion: Hashable, Sendable {
    public let parameter: Parameter
    /// `${!name}`, of bash: the parameter whose name is this one's value.
    public let isIndirect: Bool
    public let subscripting: Subscript?
    public let operation: ParameterOperation?
    /// `${name}` rather than `$name`.
    public let isBraced: Bool
    public let range: SourceRange
}

public enum Parameter: Hashable, Sendable {
    case variable(ShellText)
    /// `$1`; `${10}`.
    case positional(ShellText)
    /// One of `@ * # ? - $ ! 0 _`, of which `_` counts as a variable here.
    case special(ShellText)

    /// As it stands behind the dollar.
    public var spelling: ShellText {
        switch self {
        case .variable(let name), .positional(let name), .special(let name): name
        }
    }
}

/// What is done with the value.
public enum ParameterOperation: Hashable, Sendable {
    /// `${#name}`
    case length
    /// `${name:-word}` and its kind. Without the colon an empty value counts as set.
    case conditional(Condition, treatsEmptyAsUnset: Bool, Word)
    /// `${name#pattern}`, `##`, `%`, `%%`
    case removal(Side, isLongest: Bool, Word)
    /// `${name:offset:length}`, of bash
    case substring(offset: Arithmetic, length: Arithmetic?)
    /// `${name/pattern/replacement}`, of bash; without a replacement the match is deleted.
    case replacement(Occurrence, pattern: Word, with: Word?)
    /// `${name^pattern}` and its kind, of bash; without a pattern every character.
    case caseChange(CaseChange, isGlobal: Bool, Word?)
    /// `${name@operator}`, of bash: one of `U u L Q E P A K a k`.
    case transformation(ShellText)
    /// `${!prefix*}` and `${!prefix@}`, of bash: the names that begin so.
    case names(Subscript.Selection)
    /// `${!name[*]}` and `${!name[@]}`, of bash: the subscripts of an array.
    case keys

    public enum Condition: Hashable, Sendable {
        /// `-`: use the word instead.
        case useDefault
        /// `=`: assign the word.
        case assignDefault
        /// `?`: fail with the word.
        case fail
        /// `+`: the word if there is a value.
        case useAlternative
    }

    public enum Side: Hashable, Sendable {
        /// `#`
        case prefix
        /// `%`
        case suffix
    }

    public enum Occurrence: Hashable, Sendable {
        /// `/`
        case first
        /// `//`
        case every
        /// `/#`
        case prefix
        /// `/%`
        case suffix
    }

    public enum CaseChange: Hashable, Sendable {
        /// `^`
        case upper
        /// `,`
        case lower
        /// `~`, which no manual has
        case toggle
    }
}
