import ShellSyntax

// Variables get values.

extension Interpreter {
    /// Sets a variable, and does what setting it means to programs.
    mutating func assign(
        _ name: ShellText,
        _ value: Variable.Value,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        var name = name
        if let reference = state.variables[name]?.reference { name = reference }
        var variable = state.variables[name] ?? Variable(.unset)
        variable.value = variable.converted(value)
        if state.flags.exportsAll { variable.isExported = true }
        state.variables[name] = variable
        for changed in knowledge.variables(named: name) {
            setting(changed, name, to: variable.value, &state, frame, at: range)
        }
        // bash reads everything else as POSIX says from now on, aliases included.
        if name == "POSIXLY_CORRECT" { state.areSettingsCertain = false }
        if name == "PATH" { setPath(variable.value, &state) }
        // From now on `*` matches names with a leading dot too.
        if name == "GLOBIGNORE" { state.areProgramsKnown = false }
    }

    /// Sets what the client asked to set.
    mutating func setEnvironment(_ state: inout ShellState, _ frame: Frame) throws(AnalysisProblem)
    {
        for variable in request.environment {
            var environment = frame
            environment.origin = .part(SourceRange(0, 0))
            let value = Variable.Value.scalar([AbstractText(variable.value)])
            assign(variable.name, value, &state, environment, at: SourceRange(0, 0))
            state.variables[variable.name]?.isExported = true
        }
    }

    /// Performs the assignments of a command that is nothing else.
    mutating func assign(
        _ assignment: Assignment,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let range = frame.origin.range(of: assignment.range)
        switch assignment.value {
        case .array(let array):
            let value = try elements(
                array,
                of: assignment.name,
                appends: assignment.appends,
                &state,
                frame
            )
            assign(assignment.name, value, &state, frame, at: range)
        case .word(let word):
            var texts = try foldTexts(word, &state, frame)
            if state.variables[assignment.name]?.isInteger == true {
                texts = try computed(texts, &state, frame, at: range)
            }
            if let subscripting = assignment.subscripting {
                try assign(texts, to: assignment.name, subscripting, &state, frame, at: range)
                return
            }
            if assignment.appends {
                let old = variable(assignment.name, state)
                texts = old.appending(texts)
            }
            assign(assignment.name, .scalar(texts), &state, frame, at: range)
        }
    }

    private mutating func computed(
        _ texts: [AbstractText],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> [AbstractText] {
        var values: [AbstractText] = []
        for text in texts {
            let value = try evaluate(text, &state, frame, at: range)
            values.append(
                value.map { AbstractText(ShellText(String($0))) }
                    ?? AbstractText(UnknownText(.integer, from: .notComputed))
            )
        }
        return values
    }

    /// The elements of `name=(…)`.
    mutating func elements(
        _ array: ArrayLiteral,
        of name: ShellText,
        appends: Bool,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Variable.Value {
        let unknown = Variable.Value.unknown(UnknownText(.text, from: .variable(name)))
        let variable = state.variables[name]
        var indexed: [Int: AbstractText] = [:]
        var associative: [ShellText: AbstractText] = [:]
        var isKnown = true
        var next = 0
        if appends {
            switch variable?.value {
            case .indexed(let old):
                indexed = old
                next = (old.keys.max() ?? -1) + 1
            case .associative(let old): associative = old
            case .unset: break
            case .scalar, .unknown, nil: isKnown = false
            }
        }
        for element in array.elements {
            if let subscripting = element.subscripting {
                let text = try foldTexts(element.value, &state, frame).only
                if variable?.isAssociative == true {
                    let key = try foldTexts(subscripting.word, &state, frame).only.literal
                    if let key { associative[key] = text } else { isKnown = false }
                } else {
                    let index = try evaluate(subscripting.arithmetic, &state, frame).number
                    if let index, index >= 0, !element.appends {
                        indexed[index] = text
                        next = index + 1
                    } else {
                        isKnown = false
                    }
                }
                continue
            }
            let fields = try foldArguments([element.value], &state, frame)
            guard fields.count == 1, let texts = fields[0].texts, variable?.isAssociative != true
            else {
                isKnown = false
                continue
            }
            for text in texts {
                indexed[next] = text
                next += 1
            }
        }
        guard isKnown, indexed.count <= AnalysisLimits.fields else { return unknown }
        return variable?.isAssociative == true ? .associative(associative) : .indexed(indexed)
    }

    private mutating func assign(
        _ texts: [AbstractText],
        to name: ShellText,
        _ subscripting: Subscript,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        let unknown = Variable.Value.unknown(UnknownText(.text, from: .variable(name)))
        let variable = state.variables[name]
        if name == "BASH_CMDS" || name == "BASH_ALIASES" {
            state.areProgramsKnown = false
            state.areSettingsCertain = false
        }
        if variable?.isAssociative == true {
            let key = try foldTexts(subscripting.word, &state, frame).only.literal
            guard let key, case .associative(var elements) = variable?.value else {
                assign(name, unknown, &state, frame, at: range)
                return
            }
            elements[key] = texts.only
            assign(name, .associative(elements), &state, frame, at: range)
            return
        }
        let index = try evaluate(subscripting.arithmetic, &state, frame).number
        var elements: [Int: AbstractText]
        switch variable?.value {
        case .indexed(let old): elements = old
        case .scalar(let old): elements = [0: old.only]
        case .unset: elements = [:]
        case nil where state.areVariablesKnown: elements = [:]
        case .associative, .unknown, nil:
            assign(name, unknown, &state, frame, at: range)
            return
        }
        guard let index, index >= 0 else {
            assign(name, unknown, &state, frame, at: range)
            return
        }
        elements[index] = texts.only
        assign(name, .indexed(elements), &state, frame, at: range)
    }

    // MARK: What variables mean

    /// Does what the type of the variable's value does.
    private mutating func setting(
        _ pattern: VariablePattern,
        _ name: ShellText,
        to value: Variable.Value,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        let texts: [AbstractText] =
            switch value {
            case .scalar(let texts): texts
            case .unset: []
            case .indexed, .associative: [AbstractText(UnknownText(.text, from: .variable(name)))]
            case .unknown(let unknown): [AbstractText(unknown)]
            }
        let matters = texts.contains { !$0.pieces.isEmpty && !pattern.isHarmless($0) }
        if pattern.programs != nil {
            if matters {
                state.watchedVariables.insert(name)
            } else if !pattern.isHarmlessAlways {
                state.watchedVariables.remove(name)
            }
        } else if matters {
            emitSetting(name, frame, program: nil, at: range)
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
    private mutating func setPath(_ value: Variable.Value, _ state: inout ShellState) {
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

extension Variable {
    /// A value as the attributes of the variable make it.
    fileprivate func converted(_ value: Value) -> Value {
        guard let caseChange, case .scalar(let texts) = value else { return value }
        return .scalar(
            texts.map { $0.changingCase(caseChange == .lower ? .lower : .upper, true, nil) }
        )
    }
}

extension ParameterValue {
    /// What `+=` makes of it.
    fileprivate func appending(_ texts: [AbstractText]) -> [AbstractText] {
        let old: [AbstractText] =
            switch self {
            case .unset: [.empty]
            case .texts(let texts): texts
            case .list: [AbstractText.notComputed]
            case .unknown(let unknown): [AbstractText(unknown)]
            }
        guard old.count * texts.count <= ShellState.alternatives else {
            return [AbstractText.notComputed]
        }
        return old.flatMap { first in texts.map { first + $0 } }
    }
}
