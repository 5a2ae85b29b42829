import ShellSyntax

// `dd`, `tar` with its letters first, `test`.

extension Interpreter {
    /// `dd if=… of=…`.
    mutating func copyBlocks(
        _ arguments: [Argument],
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var frame = frame
        var readsFile = false
        let change = arguments.changeByBlocks(frame.input)
        for argument in arguments {
            if argument.literal == "--help" || argument.literal == "--version" {
                emit(.systemRead, frame, program: program, at: call.range)
                return .notComputed
            }
            let text = argument.text
            guard let equals = text.knownPrefix.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                // What a host sets for everybody names no file.
                if case .any(let unknown) = argument, unknown.isOfEnvironment { continue }
                frame.isCertain = false
                emit(
                    .fileWrite,
                    frame,
                    program: program,
                    [.init(.path, .paths([.unknown]))],
                    at: call.range
                )
                continue
            }
            let name = ShellText(Array(text.knownPrefix.utf8[..<equals]))
            let value = text.dropping(name.utf8.count + 1)
            switch name {
            case "if":
                readsFile = true
                access(.read, value, &state, frame, program: program, at: call.range)
            case "of":
                access(
                    .write,
                    value,
                    &state,
                    frame,
                    program: program,
                    attributes: change,
                    at: call.range
                )
                for path in paths(of: value, state) { state.files[path] = .unknown }
            case "bs", "cbs", "conv", "count", "ibs", "iflag", "iseek", "obs", "oflag", "oseek",
                "seek", "skip", "status":
                continue
            default: frame.isCertain = false
            }
        }
        if !readsFile { use(frame.input, as: .data) }
        noteFilling(byBlocks: arguments, program, state, frame, at: call.range)
        if actions.last?.context.program != program {
            emit(.systemRead, frame, program: program, at: call.range)
        }
        return AbstractText(UnknownText(.text, from: .output))
    }

    /// `tar xzf FILE`: the first argument is options without a dash.
    mutating func bundledFirst(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let vector = lettersAsOptions(arguments, knowledge)
        let parsed = ArgumentReading.read(vector, knowledge)
        let archives = parsed.values(of: .path)
        if frame.input == .client, parsed.has(Tag("extract")), !parsed.has(.help),
            archives.isEmpty || archives.contains(where: { $0.literal == "-" })
        {
            // Nobody knows which files are in it.
            use(frame.input, as: .code)
            emit(.codeRun, frame, program: program, at: call.range)
        }
        return try perform(parsed, program, call, &state, frame)
    }

    /// With a dash before each letter of the first argument, and its value behind it.
    private func lettersAsOptions(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge
    ) -> [Argument] {
        guard let first = arguments.first?.literal, first.utf8.first != UInt8(ascii: "-"),
            !first.isEmpty
        else { return arguments }
        var rest = arguments.dropFirst()
        var vector: [Argument] = []
        for letter in first.utf8 {
            let spelling = ShellText([UInt8(ascii: "-"), letter])
            vector.append(.one(AbstractText(spelling)))
            let takesValue = knowledge.optionsBySpelling[spelling]?.contains { option in
                if case .required = option.value { true } else { false }
            }
            if takesValue == true, let value = rest.popFirst() { vector.append(value) }
        }
        return vector + rest
    }

    /// `test -v NAME` computes what stands in brackets; nothing else that it does matters.
    mutating func testArguments(
        _ arguments: [Argument],
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        for (index, argument) in arguments.enumerated()
        where argument.literal == "-v" && index + 1 < arguments.count {
            try name(arguments[index + 1].text, &state, frame, at: call.range)
        }
        emit(.systemRead, frame, program: program, at: call.range)
        return .empty
    }
}

extension [Argument] {
    /// What is to be told of the file that `dd` writes, beside that: nothing of what was in it is left
    /// and nothing takes its place, or only a part of it becomes another.
    fileprivate func changeByBlocks(_ input: Stream) -> [ForeseenAction.Attribute] {
        var sources: [ShellText?] = []
        for argument in self {
            guard case .one(let text) = argument else { continue }
            if text.knownPrefix.utf8.starts(with: "if=".utf8) {
                sources.append(text.dropping(3).literal)
            } else if text.literal?.utf8.starts(with: "conv=".utf8) == true,
                text.literal?.utf8.split(separator: UInt8(ascii: ",")).contains(where: {
                    $0.elementsEqual("notrunc".utf8) || $0.elementsEqual("conv=notrunc".utf8)
                }) == true
            {
                return [.edit]
            }
        }
        let isEmpty = sources.last.map { $0 == "/dev/null" } ?? input.isEmpty
        return isEmpty ? [.truncate] : []
    }
}
