public import ShellSyntax

/// What a command line would do.
public struct Analysis: Hashable, Sendable {
    /// In the order in which they were found, each once.
    public let actions: [ForeseenAction]
    /// Every program, wrappers included, in the order in which they were met.
    public let invocations: [Invocation]
    /// Arguments that the knowledge of a program does not tell, and that make its actions possible.
    public let unknownArguments: [UnknownArgument]
    public let inputUse: ClientInputUse
    /// Why the text cannot be read, or why no more could be said of it: either is a denial.
    public let failure: Failure?
    /// What the shell remembers afterwards.
    public let state: ShellState
    /// What was read, kept until nobody waits for the answer any more: taking it apart takes half as
    /// long as reading it.
    let trees: [CommandList]
    /// What paths may be, for whoever holds the same ones against the patterns of rules.
    public let forms: [PathForm]

    public enum Failure: Hashable, Sendable, CustomStringConvertible {
        case syntax(SyntaxError)
        case incomplete(Incomplete)
        case problem(AnalysisProblem)

        public var description: String {
            switch self {
            case .syntax(let error): error.description
            case .incomplete(let incomplete): "the text ends within \(incomplete.description)"
            case .problem(let problem): problem.description
            }
        }
    }
}

/// An argument of which nothing is known.
public struct UnknownArgument: Hashable, Sendable {
    public let program: ShellText
    public let argument: AbstractText
    /// Of the command, in the command line that was asked about.
    public let range: SourceRange
}
