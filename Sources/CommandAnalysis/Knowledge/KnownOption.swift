public import ShellSyntax

/// How a program reads options.
public enum OptionStyle: String, Hashable, Sendable, CaseIterable {
    /// `getopt_long` of the C library: options anywhere, long ones abbreviated, short ones bundled.
    case gnu
    /// The same, but the first operand ends the options.
    case posix
    /// Options anywhere, short ones bundled, nothing abbreviated: cobra, clap, and hand-written ones.
    case plain
    /// Long names behind one dash, `-name value` or `-name=value`; the first operand ends them.
    case dash
    /// The same, with options anywhere.
    case dashAnywhere = "dash-anywhere"
    /// Nothing is an option.
    case none
}

/// One option under all its spellings.
public struct KnownOption: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case none
        /// Attached or the next argument.
        case required(ValueType)
        /// Attached only: `--color=when`, `-i.bak`.
        case optional(ValueType)
        /// So many next arguments, at least two: `--arg NAME TEXT` of `jq`.
        case several([ValueType])
        /// All that follows: `-x COMMAND...` of `fd`.
        case rest(ValueType)
    }

    /// With which value the option is this one, ASCII letters of either case.
    public enum Match: Hashable, Sendable {
        case whole(ShellText)
        /// The value is then what stands behind it: `-o ProxyCommand=SHELL` of `ssh`.
        case prefix(ShellText)
    }

    /// With their dashes: `-r`, `--recursive`, `-delete`.
    ///
    /// `-` and `+` alone, of an option that has a value, are every argument that begins so and is no
    /// other option: `-SIGNAL` of `kill`, `+EDITOR` of `vim`.
    public let spellings: [ShellText]
    public let value: Value
    /// Nil for every value that no other option with this spelling matches.
    public let match: Match?
    public let tags: [Tag]

    public init(spellings: [ShellText], value: Value, match: Match?, tags: [Tag]) {
        self.spellings = spellings
        self.value = value
        self.match = match
        self.tags = tags
    }
}

/// A word by which the conditions of one program speak of its options.
///
/// Some mean the same everywhere: `help` and `simulate` make the program harmless, `last` ends the
/// options, and one that is the name of a flag attribute (`recursive`, `force`, `all`) sets that.
public struct Tag: Hashable, Sendable {
    public let name: ShellText

    public init(_ name: ShellText) { self.name = name }

    public static let help = Tag("help")
    public static let simulate = Tag("simulate")
    /// It is no dry run after all: of two such options the last one often counts.
    public static let earnest = Tag("earnest")
    public static let last = Tag("last")
    /// Of no option: the line itself says what an editor does that the program starts.
    public static let unattended = Tag("unattended")
}
