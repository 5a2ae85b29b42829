package import ShellSyntax

/// What a command line would do.
package struct Analysis: Hashable, Sendable {
    /// In the order in which they were found, each once.
    package let actions: [ForeseenAction]
    /// Every program, wrappers included, in the order in which they were met.
    package let invocations: [Invocation]
    /// Arguments that the knowledge of a program does not tell, and that make its actions possible.
    package let unknownArguments: [UnknownArgument]
    package let inputUse: ClientInputUse
    /// Why the text cannot be read, or why no more could be said of it: either is a denial.
    package let failure: Failure?
    /// What the shell remembers afterwards.
    package let state: ShellState
    /// What was read, kept until nobody waits for the answer any more: taking it apart takes half as
    /// long as reading it.
    let trees: [CommandList]

    package enum Failure: Hashable, Sendable, CustomStringConvertible {
        case syntax(SyntaxError)
        case incomplete(Incomplete)
        case problem(AnalysisProblem)

        package var description: String {
            switch self {
            case .syntax(let error): error.description
            case .incomplete(let incomplete): "the text ends within \(incomplete.description)"
            case .problem(let problem): problem.description
            }
        }
    }
}

/// An argument of which nothing is known.
package struct UnknownArgument: Hashable, Sendable {
    package let program: ShellText
    package let argument: AbstractText
    /// Of the command, in the command line that was asked about.
    package let range: SourceRange
}
