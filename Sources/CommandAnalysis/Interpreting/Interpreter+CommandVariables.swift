import ShellSyntax

// Assignments before a command: `NAME=VALUE command`.

/// What was before them.
struct SavedForCommand {
    fileprivate var isScope = false
    fileprivate let areProgramsKnown: Bool
}

extension Interpreter {
    /// Gives the variables before a command their values, for as long as it runs.
    mutating func assignForCommand(
        _ command: SimpleCommand,
        _ state: inout ShellState,
        _ frame: Frame,
        isTemporary: Bool
    ) throws(AnalysisProblem) -> SavedForCommand {
        var saved = SavedForCommand(areProgramsKnown: state.areProgramsKnown)
        if command.assignments.isEmpty { return saved }
        saved.isScope = true
        var before: [ShellText: Variable?] = [:]
        for assignment in command.assignments {
            if before[assignment.name] == nil {
                before[assignment.name] = .some(state.variables[assignment.name])
            }
            try assign(assignment, &state, frame, isTemporary: isTemporary)
            state.variables[assignment.name]?.isExported = true
        }
        state.scopes.append(VariableScope(.command, saved: before))
        return saved
    }

    /// Gives them back what they had.
    func endCommand(
        _ saved: SavedForCommand,
        _ name: ShellText?,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        guard saved.isScope, let names = state.scopes.last?.saved.keys else { return }
        let isPOSIX =
            state.options.isPOSIX || !state.areSettingsCertain || frame.dialect == .posix
        if isPOSIX, name?.isSpecialBuiltin == true { state.unsettled.formUnion(names) }
        if names.contains("PATH"), !state.unsettled.contains("PATH") {
            state.areProgramsKnown = saved.areProgramsKnown
        }
        state.leaveScope()
    }
}
