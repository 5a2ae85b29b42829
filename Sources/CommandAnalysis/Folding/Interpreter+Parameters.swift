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

    /// What stands at a plain subscript: `m[a]`, `v[2]`.
    private func element(named name: ShellText, _ state: ShellState) -> ParameterValue? {
        guard name.utf8.last == UInt8(ascii: "]"),
            let open = name.utf8.firstIndex(of: UInt8(ascii: "["))
        else { return nil }
        let key = name.utf8[name.utf8.index(after: open)...].dropLast()
        guard !key.isEmpty, key.allSatisfy(\.isLetterOrDigit) else { return nil }
        switch state.variables[ShellText(Array(name.utf8[..<open]))]?.value {
        case .associative(let elements):
            return elements[ShellText(Array(key))].map { .texts([$0]) } ?? .unset
        case .indexed(let elements):
            // A name would be computed, and zero first is another base.
            guard key.first != UInt8(ascii: "0") || key.count == 1,
                let number = Int(String(decoding: key, as: UTF8.self))
            else { return nil }
            return elements[number].map { .texts([$0]) } ?? .unset
        case .unset, .scalar, .unknown, nil: return nil
        }
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

    /// One of the directories in which zsh looks for functions, completions among them.
    private static let functionsOfZsh: AbstractText = "/usr/local/share/zsh/site-functions"

    private mutating func element(
        _ name: ShellText,
        _ subscripting: Subscript,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> ParameterValue {
        let unknown = ParameterValue.unknown(UnknownText(.text, from: .variable(name)))
        let variable = state.areVariablesKnown ? state.variables[name] : nil
        if variable == nil, name == "fpath" { return .texts([Self.functionsOfZsh]) }
        switch subscripting.selection {
        case .each, .all:
            let isEach = subscripting.selection == .each
            switch variable?.value {
            case .unset: return .list([], isEach: isEach)
            case .scalar(let values) where values.count == 1:
                return .list([.one(values[0])], isEach: isEach)
            case .indexed(let elements):
                let sorted = elements.sorted { $0.key < $1.key }
                return .list(sorted.map { .one($0.value) }, isEach: isEach)
            case .associative(let elements)
            where elements.count <= 1
                && !reading(of: .associativeArray, state, frame).mayBeOlder:
                return .list(elements.values.map { .one($0) }, isEach: isEach)
            case .scalar, .associative, .unknown, nil:
                // The order of an associative array is not known.
                return .list([.any(UnknownText(.text, from: .variable(name)))], isEach: isEach)
            }
        case .one:
            if variable?.isAssociative == true {
                let keys = try foldTexts(subscripting.word, &state, frame)
                let range = frame.origin.range(of: subscripting.word.range)
                let isComputed = try computesKeys(keys, &state, frame, at: range)
                guard let variable, case .associative(let elements) = variable.value,
                    keys.count == 1, let key = keys[0].literal
                else { return unknown }
                let value: ParameterValue = elements[key].map { .texts([$0]) } ?? .unset
                guard isComputed else { return value }
                let older = olderElements(of: variable, at: key, state)
                return expansion.operation == nil
                    ? either(value, .texts(older), name) : unknown
            }
            let index = try evaluate(subscripting.arithmetic, &state, frame)
            guard let number = index.literal.flatMap({ Int($0.description) }) else {
                return unknown
            }
            let value: ParameterValue
            switch variable?.value {
            case .indexed(let elements):
                let last = (elements.keys.max() ?? -1) + 1
                value = elements[number < 0 ? last + number : number].map { .texts([$0]) } ?? .unset
            case .scalar(let values): value = number == 0 || number == -1 ? .texts(values) : .unset
            case .unset: value = .unset
            case .associative, .unknown, nil: return unknown
            }
            return number < 0 ? fromEnd(value, expansion, name, state, frame) : value
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
