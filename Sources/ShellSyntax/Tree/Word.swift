/// A word: one argument before expansion, in its parts (POSIX XCU 2.3, 2.6).
///
///     "$HOME"/lib{32,64}/*.so
///
/// has four parts: double-quoted text with a parameter expansion in it, the literal `/lib`, a brace
/// expansion, and the literal `/*.so`, whose `*` is a pattern because nothing quotes it.
public struct Word: Hashable, Sendable {
    public let parts: [WordPart]
    public let range: SourceRange

    /// The text, where the word is one literal without quotes, expansions and escapes.
    public var literal: ShellText? {
        if parts.count == 1, case .literal(let literal) = parts[0] { literal.text } else { nil }
    }
}

public enum WordPart: Hashable, Sendable {
    /// Text without quotes. Pattern characters in it match file names.
    case literal(Literal)
    /// `\c`: one character that a backslash quotes.
    case escaped(Literal)
    /// `'…'`: the text between the quotes.
    case singleQuoted(Literal)
    /// `$'…'`, of bash: the text between the quotes, its escapes not decoded.
    case ansiCQuoted(Literal)
    case doubleQuoted(DoubleQuoted)
    /// `~` or `~name` where it is expanded: the text behind the tilde.
    case tilde(Literal)
    indirect case parameter(ParameterExpansion)
    indirect case commandSubstitution(CommandSubstitution)
    indirect case arithmetic(ArithmeticExpansion)
    /// Of bash.
    indirect case processSubstitution(ProcessSubstitution)
    /// Of bash.
    indirect case braceExpansion(BraceExpansion)
    /// Of bash with `extglob`.
    indirect case extendedGlob(ExtendedGlob)
    /// `(…)` behind `name=`, an argument of `declare` and its kind, of bash.
    indirect case array(ArrayLiteral)
    indirect case deferredError(DeferredError)

    public var range: SourceRange {
        switch self {
        case .literal(let text), .escaped(let text), .singleQuoted(let text),
            .ansiCQuoted(let text), .tilde(let text):
            text.range
        case .doubleQuoted(let text): text.range
        case .parameter(let expansion): expansion.range
        case .commandSubstitution(let substitution): substitution.range
        case .arithmetic(let expansion): expansion.range
        case .processSubstitution(let substitution): substitution.range
        case .braceExpansion(let expansion): expansion.range
        case .extendedGlob(let glob): glob.range
        case .array(let array): array.range
        case .deferredError(let error): error.range
        }
    }
}

/// Text, and where it stands with all that belongs to it: its quotes, its backslash, its tilde, and
/// line continuations, which are not in the text.
public struct Literal: Hashable, Sendable {
    public let text: ShellText
    public let range: SourceRange
}

/// `"…"`, or bash's `$"…"`, which is translated first.
public struct DoubleQuoted: Hashable, Sendable {
    public let parts: [WordPart]
    public let isLocale: Bool
    public let range: SourceRange
}

/// `$(…)`, `` `…` ``: the output of commands.
public struct CommandSubstitution: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        /// `$(…)`
        case parentheses
        /// `` `…` ``
        case backquotes
    }

    public let form: Form
    public let list: CommandList
    public let range: SourceRange
}

/// `<(…)` and `>(…)`: a file name that leads to or from commands.
public struct ProcessSubstitution: Hashable, Sendable {
    public enum Direction: Hashable, Sendable {
        /// `<(…)`: the commands write what is read.
        case input
        /// `>(…)`: the commands read what is written.
        case output
    }

    public let direction: Direction
    public let list: CommandList
    public let range: SourceRange
}

/// `$((…))`, or bash's old `$[…]`.
public struct ArithmeticExpansion: Hashable, Sendable {
    public let arithmetic: Arithmetic
    public let isBracketed: Bool
    public let range: SourceRange
}

/// `{a,b}`, `{1..9}`, of bash: several words out of one, before any other expansion.
public struct BraceExpansion: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// At least two.
        case alternatives([Word])
        case sequence(start: ShellText, end: ShellText, step: ShellText?)
    }

    public let content: Content
    public let range: SourceRange
}

/// `@(a|b)` and its kind, of bash.
public struct ExtendedGlob: Hashable, Sendable {
    public enum Quantifier: UInt8, Hashable, Sendable {
        case optional = 0x3F  // ?
        case any = 0x2A  // *
        case some = 0x2B  // +
        case one = 0x40  // @
        case none = 0x21  // !
    }

    public let quantifier: Quantifier
    public let alternatives: [Word]
    public let range: SourceRange
}

/// A part that the shell reads only when it expands it, and that it will not be able to read.
///
/// bash accepts `$((1+))`, `${a b}` and `` `if` `` and fails when it gets there. What stands in
/// such a part may still run before it fails.
public struct DeferredError: Hashable, Sendable {
    public enum Construct: Hashable, Sendable {
        case parameterExpansion
        case arithmetic
        case commandSubstitution
        /// `$x{1,2}`, `{a,$x}b`, `~{a,b}`: what comes out of the braces is read anew and has other
        /// names in it than stand there. All of the word.
        case braceExpansion
    }

    public let construct: Construct
    /// The part as it is written.
    public let text: ShellText
    public let error: SyntaxError
    public let range: SourceRange
}
