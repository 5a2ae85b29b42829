/// The options of a shell that change how it reads, as they hold for one complete command.
public struct ShellOptions: Hashable, Sendable {
    /// `shopt -s extglob`: `@(a|b)` is a pattern.
    public var extendedGlob = false
    /// `shopt -s expand_aliases`; interactive shells have it on, dash always.
    public var expandsAliases: Bool
    /// `shopt -u interactive_comments` in an interactive shell: `#` is an ordinary character.
    public var hasComments = true
    /// `set +B` switches it off.
    public var expandsBraces = true
    /// What `set -o posix` switches on.
    public var isPOSIX = false

    /// As a shell that is not interactive starts.
    public init(_ dialect: Dialect) { expandsAliases = dialect == .posix }
}
