import ShellSyntax

// Programs whose arguments no table can describe.

extension Interpreter {
    /// Runs a program that has a reader of its own; nil where its table says it all.
    mutating func run(
        _ reader: ArgumentReader,
        _ program: ShellText,
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        switch reader {
        case .find: return try find(arguments, program, call, &state, frame)
        case .xargs: return try xargs(arguments, knowledge, program, call, &state, frame)
        case .parallel: return try parallel(arguments, knowledge, program, call, &state, frame)
        case .env: return try splitEnvironment(arguments, knowledge, program, call, &state, frame)
        case .dd: return try copyBlocks(arguments, program, call, &state, frame)
        case .tar: return try bundledFirst(arguments, knowledge, program, call, &state, frame)
        case .test: return try testArguments(arguments, program, call, &state, frame)
        case .git: return try git(arguments, knowledge, program, call, &state, frame)
        case .curl: return try curl(arguments, knowledge, program, call, &state, frame)
        case .socat: return try socat(arguments, program, call, &state, frame)
        case .sql: return try sql(arguments, knowledge, program, call, &state, frame)
        case .bpftrace: return try bpftrace(arguments, knowledge, program, call, &state, frame)
        case .nginx: return try nginx(arguments, knowledge, program, call, &state, frame)
        case .sudo, .sed, .ps, .ip: return nil
        }
    }

    /// Reads arguments by the table and does what it says.
    mutating func byTable(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let parsed = ArgumentReading.read(arguments, knowledge)
        return try perform(parsed, program, call, &state, frame)
    }
}
