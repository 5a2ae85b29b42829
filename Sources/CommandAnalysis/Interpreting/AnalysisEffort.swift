/// What the analysis of one line has taken so far, each kind of it within its limit.
struct AnalysisEffort {
    private var steps = 0
    private var rereadBytes = 0
    private var remembered = 0
    private var foldedBytes = 0
    private var patternSteps = 0
    /// What was found where nothing can be refused.
    private var obstacle: AnalysisProblem?

    /// Whether the line is going to be refused, so that nothing of it need be looked at.
    var isOver: Bool { obstacle != nil }

    /// Refuses what was found before; the first of it is the reason.
    func check() throws(AnalysisProblem) {
        if let obstacle { throw obstacle }
    }

    mutating func refuse(_ problem: AnalysisProblem) {
        if obstacle == nil { obstacle = problem }
    }

    /// Counts one command, and what its shell remembers: it may be copied for it.
    mutating func step() throws(AnalysisProblem) {
        steps += 1
        guard steps <= AnalysisLimits.steps else {
            throw .limit("the number of commands", maximum: AnalysisLimits.steps)
        }
        try check()
    }

    /// Counts text that is read a second time.
    mutating func reread(_ bytes: Int) throws(AnalysisProblem) {
        rereadBytes += bytes
        guard rereadBytes <= AnalysisLimits.rereadBytes else {
            throw .limit("text that is read again", maximum: AnalysisLimits.rereadBytes)
        }
    }

    /// Counts what a shell remembers, which is about to be copied or compared.
    mutating func remember(_ state: ShellState) {
        remember(state.variables.count + state.functions.count + state.files.count)
        remember(state.traps.count * 64)
    }

    /// Counts things that are remembered.
    mutating func remember(_ count: Int) {
        remembered += count
        if remembered > AnalysisLimits.remembered {
            refuse(
                .limit(
                    "the variables, functions and files of all commands",
                    maximum: AnalysisLimits.remembered
                )
            )
        }
    }

    /// Counts what a word or an output became.
    mutating func fold(_ bytes: Int) {
        foldedBytes += bytes
        if foldedBytes > AnalysisLimits.foldedBytes {
            refuse(.limit("what all words become", maximum: AnalysisLimits.foldedBytes))
        }
    }

    /// Counts what holding a pattern against a value takes.
    mutating func match(_ count: Int) throws(AnalysisProblem) {
        patternSteps += count
        guard patternSteps <= AnalysisLimits.patternSteps else {
            throw .limit("holding patterns against values", maximum: AnalysisLimits.patternSteps)
        }
    }
}

extension AnalysisProblem {
    static let tooManyActions = limit("the number of actions", maximum: AnalysisLimits.actions)
    static let tooLongPath = limit("the length of a path", maximum: AnalysisLimits.pathBytes)
}

extension Interpreter {
    /// Counts one command.
    mutating func step() throws(AnalysisProblem) { try effort.step() }

    /// Counts text that is read a second time.
    mutating func reread(_ bytes: Int) throws(AnalysisProblem) { try effort.reread(bytes) }

    /// Makes a state what holds where either of two may hold.
    mutating func join(
        _ state: inout ShellState,
        _ other: ShellState
    ) throws(AnalysisProblem) {
        effort.remember(state)
        effort.remember(other)
        try effort.check()
        state.join(other)
    }

    /// The same for many, of which one that is the same as the first changes nothing.
    mutating func join(
        _ state: inout ShellState,
        _ ends: [ShellState]
    ) throws(AnalysisProblem) {
        for end in ends {
            effort.remember(end)
            if end != state { try join(&state, end) }
        }
    }
}
