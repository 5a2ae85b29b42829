internal import SSHWire
package import ShellSyntax

/// In which circumstances the commands of a `.cases` file are asked about.
package struct CaseSituation: Hashable, Sendable {
    /// What the client sends on standard input.
    package enum Input: Hashable, Sendable {
        /// Nothing: it is at its end.
        case nothing
        case unknown
        case literal(ShellText)
    }

    /// The policy files, as the file names them.
    package var policies: [String] = []
    package var context: RequestContext
    package var input = Input.nothing
    package var hasTerminal = false
    /// What reads the command line on the target.
    package var shell: TargetShell = .program("/bin/bash")

    /// Wednesday, the 7th of January 2026, at noon, UTC: what is asked when no time is given.
    package static let defaultTime: UInt64 = 1_767_787_200
}
