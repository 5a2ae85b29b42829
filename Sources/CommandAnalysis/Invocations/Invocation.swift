public import ShellSyntax

/// One program that a command line runs: what is left when all wrappers are unfolded.
public struct Invocation: Hashable, Sendable {
    /// In the command line that was asked about; first, because two mostly differ in it.
    public let range: SourceRange
    /// The name or path by which it is run is the first argument.
    public let arguments: [Argument]
    public let context: ActionContext
}
