package import CommandAnalysis

/// In which circumstances the commands of a `.cases` file are asked about.
package struct CaseSituation: Hashable, Sendable {
    /// The policy files, as the file names them.
    package var policies: [String] = []
    package var context: RequestContext
    /// What the client sends on standard input.
    package var input = ClientInput.unknown
    package var hasTerminal = false
    /// Whether the line is typed into a guarded shell, which it must leave in order.
    package var isGuardedShell = false
    /// What reads the command line on the target.
    package var shell: TargetShell = .program("/bin/bash")

    /// Wednesday, the 7th of January 2026, at noon, UTC: what is asked when no time is given.
    package static let defaultTime: UInt64 = 1_767_787_200
}
