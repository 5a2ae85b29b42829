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
    ) throws(AnalysisProblem) {
        var name = name
        var value = value
        if let reference = state.variables[name]?.reference {
            // Where there are no references, the variable itself gets it.
            if state.variables[name]?.isPerhapsReference == true {
                state.variables[name]?.value = value
                value = either(value, state.variables[reference]?.value ?? .unset, name)
            }
            name = reference
        }
        if case .scalar(let texts) = value { value = .scalar(texts.map(\.followed)) }
        state.noteCommands(in: name)
        if frame.dialect == .bash, Self.integersOfBash.contains(name) {
            // What is assigned to these is computed, whoever does so.
            if case .scalar(let texts) = value {
                var other = state
                for text in texts where text.shape != .digits && text.shape != .integer {
                    _ = try evaluate(text, &other, frame, at: range)
                }
                try join(&state, [other])
            } else if value != .unset {
                emit(.commandDynamic, frame, at: range)
            }
        }
        var variable = state.variables[name] ?? Variable(.unset)
        // Perhaps it cannot be changed, and keeps what it has.
        if state.readOnly.contains(name) {
            value = either(value, variable.value, name)
            state.progress.hasPerhapsEnded = true
        } else if Self.readOnlyOfBash.contains(name) {
            state.progress.hasPerhapsEnded = true
        }
        if Self.setByBash.contains(name) {
            value = .unknown(UnknownText(.text, from: .variable(name)))
        }
        variable.value = variable.converted(value)
        if state.flags.exportsAll { variable.isExported = true }
        state.variables[name] = variable
        let settings = knowledge.variables(named: name)
        if settings.isEmpty { state.watch(unlisted: name, variable.value) }
        for changed in settings {
            try setting(changed, name, to: variable.value, &state, frame, at: range)
        }
        guardAssignment(name, variable, frame, at: range)
        if name == "PATH" {
            let wasKnown = state.areProgramsKnown
            setPath(variable.value, &state)
            guardPrograms(wasKnown, state, frame, variable: name, at: range)
        }
        // `cd -` goes where it says.
        if name == "OLDPWD" { state.previousDirectory = nil }
        // bash reads everything else as POSIX says from now on, aliases included.
        if name == "POSIXLY_CORRECT" { state.areSettingsCertain = false }
        // From now on `*` matches names with a leading dot too.
        if name == "GLOBIGNORE" { state.areProgramsKnown = false }
    }

    private static let integersOfBash: NameSet = [
        "EPOCHSECONDS", "HISTCMD", "LINENO", "OPTIND", "RANDOM", "SECONDS", "SRANDOM",
    ]

    /// Sets what the client asked to set.
    mutating func setEnvironment(_ state: inout ShellState, _ frame: Frame) throws(AnalysisProblem)
    {
        for variable in request.environment {
            var environment = frame
            environment.origin = .part(SourceRange(0, 0))
            let value = Variable.Value.scalar([AbstractText(variable.value)])
            try assign(variable.name, value, &state, environment, at: SourceRange(0, 0))
            state.variables[variable.name]?.isExported = true
        }
    }

    /// Performs an assignment of a command: a temporary one where that is a program, which alone gets
    /// the value.
    mutating func assign(
        _ assignment: Assignment,
        _ state: inout ShellState,
        _ frame: Frame,
        isTemporary: Bool = false
    ) throws(AnalysisProblem) {
        let range = frame.origin.range(of: assignment.range)
        let place = isTemporary ? frame.temporary : frame
        switch assignment.value {
        case .array(let array):
            let value = try elements(
                array,
                of: assignment.name,
                appends: assignment.appends,
                &state,
                frame
            )
            try assign(assignment.name, value, &state, place, at: range)
        case .word(let word):
            var texts = try foldTexts(word, &state, frame)
            texts = try converted(texts, for: assignment.name, &state, frame, at: range)
            if let subscripting = assignment.subscripting {
                try assign(texts, to: assignment.name, subscripting, &state, frame, at: range)
                return
            }
            if assignment.appends {
                let old = variable(assignment.name, state)
                texts = old.appending(texts)
            }
            try assign(assignment.name, .scalar(texts), &state, place, at: range)
        }
    }

    /// What a variable gets: of one that is an integer what the texts say when computed.
    mutating func converted(
        _ texts: [AbstractText],
        for name: ShellText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> [AbstractText] {
        guard let variable = state.variables[name], variable.isInteger else { return texts }
        guard variable.isPerhapsInteger else {
            return try computed(texts, &state, frame, at: range)
        }
        var other = state
        let values = try computed(texts, &other, frame, at: range)
        try join(&state, [other])
        return texts + values.filter { !texts.contains($0) }
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
                if hasOlderBraces(element.value, state, frame) { isKnown = false }
                if variable?.isAssociative == true {
                    let keys = try foldTexts(subscripting.word, &state, frame)
                    let range = frame.origin.range(of: subscripting.word.range)
                    _ = try computesKeys(keys, &state, frame, at: range)
                    state.variables[name]?.lastElement = text
                    if let key = keys.only.literal {
                        associative[key] = text
                    } else {
                        isKnown = false
                    }
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
        state.noteCommands(in: variable?.reference ?? name)
        if variable?.isAssociative == true {
            let keys = try foldTexts(subscripting.word, &state, frame)
            _ = try computesKeys(keys, &state, frame, at: range)
            guard let key = keys.only.literal, case .associative(var elements) = variable?.value
            else {
                try assign(name, unknown, &state, frame, at: range)
                return
            }
            elements[key] = texts.only
            state.variables[name]?.lastElement = texts.only
            try assign(name, .associative(elements), &state, frame, at: range)
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
            try assign(name, unknown, &state, frame, at: range)
            return
        }
        guard let index, index >= 0 else {
            try assign(name, unknown, &state, frame, at: range)
            return
        }
        elements[index] = texts.only
        try assign(name, .indexed(elements), &state, frame, at: range)
    }
}

extension Variable {
    /// A value as the attributes of the variable make it.
    fileprivate func converted(_ value: Value) -> Value {
        guard let caseChange, case .scalar(let texts) = value else { return value }
        let changed = texts.map {
            $0.changingCase(caseChange == .lower ? .lower : .upper, true, nil)
        }
        guard isPerhapsCaseChange else { return .scalar(changed) }
        // Without the attribute: the text as it is, or none where the declaration failed.
        let all = changed + texts + [.empty]
        return all.count <= ShellState.alternatives
            ? .scalar(all) : .unknown(UnknownText(.text, from: .notComputed))
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

extension ShellState {
    /// Notes that a variable which says what names of commands mean gets a value.
    mutating func noteCommands(in name: ShellText) {
        guard name == "BASH_CMDS" || name == "BASH_ALIASES" else { return }
        areProgramsKnown = false
        areSettingsCertain = false
    }
}
