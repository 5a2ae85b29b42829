/// The options of a shell that change how it reads, as they hold for one complete command.
package struct ShellOptions: Hashable, Sendable {
    /// `shopt -s extglob`: `@(a|b)` is a pattern.
    package var extendedGlob = false
    /// `shopt -s expand_aliases`; interactive shells have it on, dash always.
    package var expandsAliases: Bool
    /// `shopt -u interactive_comments` in an interactive shell: `#` is an ordinary character.
    package var hasComments = true
    /// `set +B` switches it off.
    package var expandsBraces = true
    /// What `set -o posix` switches on.
    package var isPOSIX = false

    /// As a shell that is not interactive starts.
    package init(_ dialect: Dialect) { expandsAliases = dialect == .posix }
}
