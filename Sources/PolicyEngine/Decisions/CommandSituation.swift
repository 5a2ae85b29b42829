package import CommandAnalysis
package import ShellSyntax

/// In which circumstances a command line is asked about.
package struct CommandSituation: Hashable, Sendable {
    package var context: RequestContext
    /// What the client sends on standard input.
    package var input = ClientInput.unknown
    package var hasTerminal = false
    /// Whether the line is typed into a guarded shell, which it must leave in order.
    package var isGuardedShell = false
    /// What reads the command line on the target.
    package var shell = TargetShell.program("/bin/bash")
    /// Its version, where it is a bash and somebody said so.
    package var bashVersion: BashVersion?
    /// Variables of the client that reach the target.
    package var environment: [EnvironmentAssignment] = []

    package init(context: RequestContext) { self.context = context }
}
