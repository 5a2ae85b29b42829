import ShellSyntax

// What it means to programs that a variable has a value.

extension Interpreter {
    /// Does what the type of the variable's value does.
    mutating func setting(
        _ pattern: VariablePattern,
        _ name: ShellText,
        to value: Variable.Value,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        let texts: [AbstractText] =
            switch value {
            case .scalar(let texts): texts
            case .unset: []
            case .indexed, .associative: [AbstractText(UnknownText(.text, from: .variable(name)))]
            case .unknown(let unknown): [AbstractText(unknown)]
            }
        let mattering = texts.filter { !$0.pieces.isEmpty && !pattern.isHarmless($0) }
        if pattern.programs != nil {
            if !mattering.isEmpty {
                state.watchedVariables.insert(name)
            } else if !pattern.isHarmlessAlways {
                state.watchedVariables.remove(name)
            }
            return
        }
        if pattern.value == .write || pattern.value == .writeInto {
            let access: FileAccess = pattern.value == .write ? .write : .writeInto
            for text in mattering { self.access(access, text, &state, frame, at: range) }
            return
        }
        for text in mattering {
            guard let command = pattern.command(in: text) else {
                emitSetting(name, frame, program: nil, at: range)
                return
            }
            var inner = frame
            switch pattern.input {
            case .output: inner.input = .unknown(UnknownText(.text, from: .output))
            case .nothing: inner.input = .nothing
            case .same: break
            }
            try run(command, state, inner, at: range)
            // Nobody knows what else will look at it.
            if !frame.isTemporary { emitSetting(name, frame, program: nil, at: range) }
        }
    }

    /// Runs what a variable says that a program will run.
    private mutating func run(
        _ command: VariablePattern.Command,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        var other = state
        var inner = try frame.nested()
        inner.origin = .part(range)
        inner.collects = false
        switch command {
        case .prompt(let text): try expandAgain(text, &other, inner, at: range)
        case .text(let text): _ = try runNested(text, &other, inner, at: range)
        case .words(let words): _ = try runVector(words, &other, inner, at: range)
        }
    }

    private mutating func emitSetting(
        _ name: ShellText,
        _ frame: Frame,
        program: ShellText?,
        at range: SourceRange
    ) {
        emit(
            .codeRun,
            frame,
            program: program,
            [.init(.variable, .texts([AbstractText(name)]))],
            at: range
        )
    }

    /// Notes the variables of the line that make this program run other code.
    mutating func useVariables(
        of program: ShellText,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        for name in state.watchedVariables {
            let isUsed = knowledge.variables(named: name).contains {
                $0.programs?.contains(program) == true
            }
            if isUsed { emitSetting(name, frame, program: program, at: range) }
        }
    }

    /// Whether the programs found by name are still those that the knowledge is of.
    mutating func setPath(_ value: Variable.Value, _ state: inout ShellState) {
        guard case .scalar(let texts) = value else {
            state.areProgramsKnown = false
            return
        }
        for text in texts where !isUsualPath(text) { state.areProgramsKnown = false }
    }

    /// Whether all directories are usual ones, or stand behind these.
    private func isUsualPath(_ text: AbstractText) -> Bool {
        var text = text
        // What stood in PATH before is as usual as it was.
        if case .unknown(let unknown) = text.pieces.first, unknown.origin == .variable("PATH") {
            return true
        }
        if case .unknown(let unknown) = text.pieces.last, unknown.origin == .variable("PATH") {
            text = AbstractText(text.pieces.dropLast())
        }
        guard let literal = text.literal else { return false }
        return literal.utf8.split(separator: UInt8(ascii: ":")).allSatisfy { directory in
            let path = AbstractPath(
                AbstractText(ShellText(Array(directory))),
                relativeTo: .unknown
            )
            return knowledge.isProgramDirectory(path)
        }
    }
}
