import ShellSyntax

// `$name` and `${name…}`.

extension Interpreter {
    mutating func fold(
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame,
        isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        var value = try value(of: expansion, &state, frame)
        if case .variable(let name) = expansion.parameter,
            expansion.operation?.asksWhetherSet == true,
            state.variables[name]?.isPerhapsReference == true
        {
            value = .unknown(UnknownText(.text, from: .variable(name)))
        }
        if expansion.isIndirect {
            // What names no variable ends the shell.
            state.progress.hasPerhapsEnded = true
            value = try indirect(value, expansion, &state, frame)
        }
        if let operation = expansion.operation {
            if expansion.operation?.asksWhetherSet == true {
                return try apply(operation, to: value, expansion, &state, frame, isQuoted: isQuoted)
            }
            // Of a variable that is not set its words are not expanded.
            var other = state
            let segments = try apply(
                operation,
                to: value,
                expansion,
                &other,
                frame,
                isQuoted: isQuoted
            )
            try join(&state, [other])
            return segments
        }
        return segments(of: value, state, isQuoted: isQuoted)
    }

    /// What a value is in a word.
    func segments(
        of value: ParameterValue,
        _ state: ShellState,
        isQuoted: Bool
    ) -> [[Segment]] {
        switch value {
        case .unset: return [[isQuoted ? .quoted(.empty) : .split(.empty)]]
        case .texts(let texts): return texts.map { [isQuoted ? .quoted($0) : .split($0)] }
        case .unknown(let unknown):
            return [[isQuoted ? .quoted(AbstractText(unknown)) : .split(AbstractText(unknown))]]
        case .list(let elements, let isEach):
            if isQuoted && !isEach { return [[.quoted(joined(elements, state))]] }
            var segments: [Segment] = []
            for (index, element) in elements.enumerated() {
                if index > 0 { segments.append(.fieldEnd) }
                switch element {
                case .one(let text): segments.append(isQuoted ? .quoted(text) : .split(text))
                case .any(let unknown): segments.append(.anyFields(unknown))
                }
            }
            return [segments]
        }
    }

    /// `"$*"`.
    func joined(_ elements: [Argument], _ state: ShellState) -> AbstractText {
        let unknown = AbstractText.notComputed
        guard let texts = elements.texts else { return unknown }
        guard texts.count > 1 else { return texts.first ?? .empty }
        guard let joiner = separators(state).joiner else { return unknown }
        return texts.joined(by: joiner)
    }

    // MARK: Values

    mutating func value(
        of expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> ParameterValue {
        switch expansion.parameter {
        case .positional(let digits): return positional(Int(digits.description), state)
        case .special(let name): return special(name, state)
        case .variable(let name):
            guard let subscripting = expansion.subscripting else {
                return variable(name, state)
            }
            return try element(name, subscripting, expansion, &state, frame)
        }
    }

    private func positional(_ number: Int?, _ state: ShellState) -> ParameterValue {
        switch state.positional {
        case .unknown(let unknown): return .unknown(unknown)
        case .known(let arguments):
            guard let number else { return .unset }
            if number == 0 {
                return state.shellName.map { .texts([$0]) } ?? .unknown(.notComputed)
            }
            for (index, argument) in arguments.enumerated() {
                switch argument {
                case .any(let unknown): return .unknown(unknown)
                case .one(let text): if index == number - 1 { return .texts([text]) }
                }
            }
            return .unset
        }
    }

    private func special(_ name: ShellText, _ state: ShellState) -> ParameterValue {
        switch name {
        case "@": return .list(state.positionalArguments, isEach: true)
        case "*": return .list(state.positionalArguments, isEach: false)
        case "#":
            if case .known(let arguments) = state.positional, let texts = arguments.texts {
                return .texts([AbstractText(ShellText(String(texts.count)))])
            }
            return .unknown(UnknownText(.digits, from: .notComputed))
        case "0": return positional(0, state)
        case "$": return .unknown(ownProcess)
        case "!" where !state.isLastJobForeign: return .unknown(ownProcess)
        case "?", "!": return .unknown(UnknownText(.digits, from: .notComputed))
        case "-": return .unknown(UnknownText(.name, from: .notComputed))
        default: return .unknown(.notComputed)
        }
    }

    /// The number of the shell that runs a command line, or of one of its jobs.
    ///
    /// A shell that goes on with other lines is none of the line's own.
    private var ownProcess: UnknownText {
        UnknownText(.digits, from: request.profile == .exec ? .ownProcess : .notComputed)
    }

    func variable(_ name: ShellText, _ state: ShellState) -> ParameterValue {
        if name == "_" {
            return state.lastArgument.map { .texts([$0]) }
                ?? .unknown(UnknownText(.text, from: .variable(name)))
        }
        guard state.areVariablesKnown else {
            return .unknown(UnknownText(.text, from: .variable(name)))
        }
        guard let variable = state.variables[name] else { return environment(name, state) }
        if let reference = variable.reference, variable.isPerhapsReference {
            return through(reference, orValueOf: variable, name, state)
        }
        if let reference = variable.reference {
            var last = reference
            for _ in 0..<AnalysisLimits.references {
                guard let next = state.variables[last]?.reference else {
                    guard last.isName else {
                        if let element = element(named: last, state) { return element }
                        break
                    }
                    return self.variable(last, state)
                }
                last = next
            }
            return .unknown(UnknownText(.text, from: .variable(name)))
        }
        return value(of: variable)
    }

    func value(of variable: Variable) -> ParameterValue {
        switch variable.value {
        case .unset: .unset
        case .scalar(let values): .texts(values)
        case .indexed(let elements): elements[0].map { .texts([$0]) } ?? .unset
        case .associative(let elements): elements["0"].map { .texts([$0]) } ?? .unset
        case .unknown(let unknown): .unknown(unknown)
        }
    }

    /// What a variable is that the line has not set.
    private func environment(_ name: ShellText, _ state: ShellState) -> ParameterValue {
        func shaped(_ shape: UnknownText.Shape) -> ParameterValue {
            .texts([AbstractText(UnknownText(shape, from: .variable(name)))])
        }
        switch name {
        case "IFS": return .texts([" \t\n"])
        case "HOME": return .texts([AbstractText([.directory(.home(nil))])])
        case "PWD": return .texts([workingDirectory(state)])
        case "OLDPWD":
            return state.previousDirectory?.text.map { .texts([$0]) }
                ?? .unknown(UnknownText(.text, from: .variable(name)))
        case "USER", "LOGNAME":
            return request.login.map { .texts([AbstractText($0)]) } ?? shaped(.name)
        case "RANDOM", "SECONDS", "LINENO", "EPOCHSECONDS", "UID", "EUID", "PPID",
            "SRANDOM", "SHLVL", "COLUMNS", "LINES", "OPTIND", "BASH_SUBSHELL":
            return shaped(.digits)
        case "BASHPID":
            return request.dialect == .bash ? .texts([AbstractText(ownProcess)]) : shaped(.digits)
        case "HOSTNAME", "HOSTTYPE", "OSTYPE", "MACHTYPE", "EPOCHREALTIME", "LANG", "TERM":
            return shaped(.name)
        case "XDG_RUNTIME_DIR":
            return .texts([
                AbstractText([
                    .text("/run/user/"), .unknown(UnknownText(.digits, from: .variable(name))),
                ])
            ])
        // Told from other variables by its name.
        case "PATH": return .unknown(UnknownText(.text, from: .variable(name)))
        default:
            let isExec = request.profile == .exec
            return .unknown(UnknownText(.text, from: isExec ? .environment(name) : .variable(name)))
        }
    }
}

extension ShellState {
    /// `"$@"`.
    var positionalArguments: [Argument] {
        switch positional {
        case .known(let arguments): arguments
        case .unknown(let unknown): [.any(unknown)]
        }
    }
}
