import ShellSyntax

// Programs whose arguments no table can describe.

extension Interpreter {
    /// Runs a program that has a reader of its own; nil where its table says it all.
    mutating func run(
        _ reader: ArgumentReader,
        _ program: ShellText,
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        nil
    }
}
