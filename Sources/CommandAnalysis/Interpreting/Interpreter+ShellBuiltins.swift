import ShellSyntax

// Built-ins that change what the shell remembers.

extension Interpreter {
    // MARK: Parameters and variables

    mutating func shift(_ arguments: [Argument], _ state: inout ShellState) {
        guard case .known(let parameters) = state.positional, parameters.texts != nil,
            let count = arguments.isEmpty ? 1 : arguments[0].text.number
        else {
            state.positional = .unknown(.notComputed)
            return
        }
        if (0...parameters.count).contains(count) {
            state.positional = .known(Array(parameters.dropFirst(count)))
        }
    }

    mutating func unset(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        let before = state
        var isFunction = false
        var isReference = false
        for argument in arguments {
            switch argument.literal {
            case "-f": isFunction = true
            case "-v": isFunction = false
            case "-n": isReference = true
            case let name? where name.isName && isReference:
                if state.variables[name]?.reference != nil { state.variables[name] = nil }
            case let name? where state.readOnly.contains(name) && isFunction: continue
            case let name? where state.readOnly.contains(name):
                let unknown = UnknownText(.text, from: .variable(name))
                state.variables[name] = Variable(.unknown(unknown))
                state.progress.hasPerhapsEnded = true
            case let name? where name.isName:
                // Without an option it is a variable, and a function where there is none.
                if isFunction {
                    state.functions[name] = nil
                } else if let known = state.functions[name] {
                    state.functions[name] = known + [nil]
                }
                if !isFunction {
                    if let reference = state.variables[name]?.reference { state.unset(reference) }
                    state.unset(name)
                    if name == "PATH" { state.areProgramsKnown = false }
                }
            case let element? where element.isAllElements:
                unsetElements(of: element, &state, frame)
                if let name = element.declaredName { state.unsettled.insert(name) }
            case let element?:
                if let name = element.declaredName { state.unsettled.insert(name) }
                try unknownName(argument.text, &state, frame, at: range)
            case nil: try unknownName(argument.text, &state, frame, at: range)
            }
        }
        // With an option that it has not it does nothing.
        if !BuiltinArguments(arguments, valued: "").hasOnly("fvn") { try join(&state, before) }
    }

    // MARK: Names of commands

    mutating func alias(_ arguments: [Argument], _ state: inout ShellState) {
        for argument in arguments {
            guard let word = argument.literal else {
                state.areSettingsCertain = false
                continue
            }
            // With an option that it has not it sets none.
            if word.utf8.first == UInt8(ascii: "-"), word != "-p", word != "--" {
                state.areSettingsCertain = false
            }
            guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")),
                equals > word.utf8.startIndex
            else { continue }
            state.aliases[ShellText(Array(word.utf8[..<equals]))] =
                ShellText(Array(word.utf8[word.utf8.index(after: equals)...]))
        }
    }

    mutating func unalias(_ arguments: [Argument], _ state: inout ShellState) {
        for argument in arguments {
            guard let word = argument.literal else {
                state.areSettingsCertain = false
                continue
            }
            if word == "-a" { state.aliases.removeAll() } else { state.aliases[word] = nil }
        }
    }

    /// `hash -p PATH NAME`.
    mutating func hash(_ arguments: [Argument], _ state: inout ShellState) {
        guard arguments.first?.literal == "-p", arguments.count >= 3 else {
            if arguments.contains(where: { $0.literal == nil }) { state.areProgramsKnown = false }
            return
        }
        for name in arguments.dropFirst(2) {
            guard let name = name.literal else {
                state.areProgramsKnown = false
                continue
            }
            state.hashedPrograms[name] = arguments[1].text
        }
    }
}
