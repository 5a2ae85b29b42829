import ShellSyntax

// What variables mean to the programs that look at them.

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
        if pattern.isOfSome {
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
                emitSetting(name, pattern, state, frame, program: nil, at: range)
                return
            }
            var inner = frame
            switch pattern.input {
            case .output: inner.input = .unknown(UnknownText(.text, from: .output))
            case .nothing: inner.input = .text(.empty)
            case .same: break
            }
            try run(command, state, inner, at: range)
            // Nobody knows what else will look at it.
            if !frame.isTemporary {
                emitSetting(name, pattern, state, frame, program: nil, at: range)
            }
        }
    }

    /// Runs what a variable says that a program will run.
    mutating func run(
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
        _ pattern: VariablePattern,
        _ state: ShellState,
        _ frame: Frame,
        program: ShellText?,
        at range: SourceRange
    ) {
        var attributes = [ForeseenAction.Attribute(.variable, .texts([AbstractText(name)]))]
        if pattern.value == .code {
            attributes.append(.init(.path, .paths(configurations(name, state))))
        }
        emit(.codeRun, frame, program: program, attributes, at: range)
    }

    /// The files that a variable names, with colons between them.
    private func configurations(_ name: ShellText, _ state: ShellState) -> [AbstractPath] {
        guard case .scalar(let texts)? = state.variables[name]?.value else { return [.unknown] }
        return texts.flatMap { text -> [AbstractPath] in
            guard let last = text.pieces.last, case .text(let known) = last,
                !known.utf8.contains(UInt8(ascii: ":")), !text.hasUnknown
            else { return [.unknown] }
            return paths(of: text, state)
        }
    }

    /// Notes the variables of the line that make this program run other code.
    mutating func useVariables(
        of program: ShellText,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        for name in state.watchedVariables {
            let settings = knowledge.variables(named: name)
            if settings.isEmpty {
                guard state.variables[name]?.isExported == true, name.mayBeSetting(of: program),
                    !knowledge.readsNoSettings(program)
                else { continue }
                // As with an option that nobody lists.
                let variable = ForeseenAction.Attribute(.variable, .texts([AbstractText(name)]))
                emit(
                    .codeRun,
                    frame,
                    program: program,
                    [variable],
                    certainty: .possible,
                    at: range
                )
                continue
            }
            let used = settings.first { $0.isOfSome && $0.matters(to: program) }
            if let used { emitSetting(name, used, state, frame, program: program, at: range) }
        }
    }
}

extension ShellState {
    /// Notes a variable that no knowledge file lists, for the programs that may be called like it.
    mutating func watch(unlisted name: ShellText, _ value: Variable.Value) {
        guard let first = name.utf8.first, (0x41...0x5A).contains(first), name.utf8.count > 2 else {
            return
        }
        if case .scalar(let texts) = value, texts.allSatisfy(\.pieces.isEmpty) {
            watchedVariables.remove(name)
        } else {
            watchedVariables.insert(name)
        }
    }
}

extension ShellText {
    /// Whether the name of a variable begins as the program is called: `RCLONE_CONFIG`, `UNZIP`, and
    /// `GREP` for `zgrep`.
    fileprivate func mayBeSetting(of program: ShellText) -> Bool {
        let word = utf8.prefix { $0 != UInt8(ascii: "_") }.map(\.lowercasedASCII)
        let called = program.utf8.map(\.lowercasedASCII)
        if word.count > 1, word.count == utf8.count ? called == word : called.starts(with: word) {
            return true
        }
        let letters = called.prefix { (0x61...0x7A).contains($0) }
        return letters.count > 2 && word.starts(with: letters)
            || word.count > 3 && called.suffix(word.count).elementsEqual(word)
    }
}
