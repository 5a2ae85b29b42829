import ShellSyntax

// Standard input: ignored, data, or code; and what comes out of a program.

extension Interpreter {
    /// Notes what the program does with the client's input.
    mutating func takeInput(_ work: inout Performance, _ frame: Frame) {
        if work.readsScript {
            use(frame.input, as: .code)
            return
        }
        switch work.usage.input {
        case .ignored:
            // An option that is told to read it may do anything with it.
            if work.readsInput { use(frame.input, as: work.readsOption ? .code : .data) }
        case .data: use(frame.input, as: .data)
        case .dataWithoutFiles:
            if work.readsInput || !work.hasFiles { use(frame.input, as: .data) }
        case .files, .code, .console: use(frame.input, as: .code)
        case .codeWithoutScript, .consoleWithoutScript:
            if work.takesCode { use(frame.input, as: .code) }
        case .operands: use(frame.input, as: .code)
        }
    }

    /// Runs what the program reads as code.
    mutating func runInput(
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let language: ValueType?
        switch work.usage.input {
        case .files where !frame.input.isOfClient: return
        case _ where work.readsScript: language = work.usage.input.language ?? work.program.language
        case .files: language = nil
        case .code(let type), .console(let type): language = type
        case .codeWithoutScript(let type), .consoleWithoutScript(let type):
            if !work.takesCode { return }
            language = type
        case .ignored where work.readsOption: language = nil
        case .ignored, .data, .dataWithoutFiles, .operands: return
        }
        if frame.input == .nothing {
            // Operands that somebody else adds, as `rsync` does to `ssh`, may have the command.
            let isConsole = work.usage.input.isConsole || work.isShellWithin(frame)
            if isConsole, work.parsed.operands.texts != nil { emitConsole(&work, frame) }
            return
        }
        if frame.input == .client, request.readsFromTerminal {
            work.didAnything = true
            emit(.terminalInteractive, frame, program: work.program, at: work.range)
            return
        }
        if let language {
            try runCode(frame.input.text, language, &work, &state, frame.withoutInput)
            return
        }
        work.didAnything = true
        if frame.input.text.isHarmlessProtocol { return }
        emit(.codeRun, frame, program: work.program, at: work.range)
    }

    /// Notes that somebody was to sit at the program and say what it does.
    mutating func emitConsole(_ work: inout Performance, _ frame: Frame) {
        work.didAnything = true
        let verb = ForeseenAction.Attribute(.verb, .texts(["console"]))
        emit(.codeRun, frame, program: work.program, [verb], at: work.range)
    }
}

extension InputUse {
    fileprivate var isConsole: Bool {
        switch self {
        case .console, .consoleWithoutScript: true
        case .ignored, .data, .dataWithoutFiles, .files, .code, .codeWithoutScript, .operands: false
        }
    }
}

extension Stream {
    /// Whether the client sends it.
    fileprivate var isOfClient: Bool {
        switch self {
        case .client: true
        case .unknown(let unknown): unknown.origin == .input
        case .nothing, .text, .script: false
        }
    }
}

extension Frame {
    /// The program that reads it has used it up.
    fileprivate var withoutInput: Frame {
        var frame = self
        frame.input = .unknown(UnknownText(.text, from: .input))
        if case .text = input { frame.input = .script }
        return frame
    }
}

extension Performance {
    /// Whether what is run is read from standard input, because nothing else has it.
    fileprivate var takesCode: Bool { readsInput || !hasCode }

    /// Whether it is an interpreter that something else starts for somebody who sits there:
    /// `docker exec -it web bash`.
    ///
    /// One that the command line itself starts, or is to read its input, does nothing.
    fileprivate func isShellWithin(_ frame: Frame) -> Bool {
        guard case .code(let type) = usage.input, type ?? program.language != nil else {
            return false
        }
        return !frame.wrappers.isEmpty && parsed.operands.isEmpty && !parsed.has(Tag("stdin"))
    }

    /// Whether a file is named that is read.
    fileprivate var hasFiles: Bool {
        values.contains { value in
            switch value.type {
            case .read, .readTree, .backup, .look, .edit: value.value.literal != "-"
            default: false
            }
        }
    }

    /// What the program prints.
    func output(
        _ interpreter: Interpreter,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard frame.collects else { return .empty }
        return try naming(text(interpreter, state, frame), frame.input.text)
    }

    private func text(
        _ interpreter: Interpreter,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        // Options that are not known may change what is printed, as `xpg_echo` does.
        if !isUncertain, Filter.knows(program), state.areSettingsCertain,
            !interpreter.printsOtherwise(program, arguments, state, frame)
        {
            let filter = Filter(
                arguments: arguments,
                input: frame.input.text,
                content: interpreter.contents(state, frame),
                directory: interpreter.workingDirectory(state),
                dialect: frame.dialect
            )
            if let filtered = filter.output(of: program) { return filtered }
        }
        if let printed { return printed }
        // Whatever takes a part of what another host sends hands on what that says.
        let unknown = AbstractText(
            frame.input.isFromElsewhere ? .fromElsewhere : UnknownText(.text, from: .output)
        )
        if parsed.mayBeOtherwise { return unknown }
        switch usage.output {
        case .nothing: return .empty
        case .connection: return AbstractText(.fromElsewhere)
        case .unknown(.text): return unknown
        case .unknown(let shape): return AbstractText(UnknownText(shape, from: .output))
        case .below(let directory):
            let start = directory.description + "/" + parsed.templateStart.description
            return AbstractText([
                .text(ShellText(start)), .unknown(UnknownText(.name, from: .output)),
            ])
        case .names:
            let operands = values(of: .look) + values(of: .readTree) + values(of: .read)
            let areBelow = !isUncertain && operands.allSatisfy(\.isBelowWorkingDirectory)
            return areBelow
                ? AbstractText(UnknownText(.relativePath, from: .names)) : unknown
        case .belowOperands:
            let operands = values(of: .readTree) + values(of: .read)
            guard operands.count == 1 else { return unknown }
            return operands[0]
                + AbstractText([
                    .text("/"), .unknown(UnknownText(.relativePath, from: .output)),
                ])
        }
    }
}

extension ParsedArguments {
    /// What the name of a temporary file begins with: what the template says before its `XXX`.
    fileprivate var templateStart: ShellText {
        guard let template = operands.last else { return "tmp." }
        guard let literal = template.literal else { return "" }
        let name = literal.utf8.split(separator: UInt8(ascii: "/")).last ?? []
        var start: [UInt8] = []
        for byte in name {
            if byte == UInt8(ascii: "X") { break }
            start.append(byte)
        }
        return ShellText(start)
    }
}

extension AbstractText {
    /// Whether what it names, and what is in that, is below the working directory under this name.
    fileprivate var isBelowWorkingDirectory: Bool {
        switch pieces.first {
        case .text(let text):
            if [UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: ":")].contains(text.utf8.first) {
                return false
            }
        case .wildcard: break
        case .unknown, .directory, nil: return false
        }
        if hasUnknown { return false }
        return AbstractPath(self, relativeTo: AbstractPath(root: .known(.start))).levelsUp == 0
            && !pieces.contains { piece in
                guard case .text(let text) = piece else { return false }
                return text.utf8.split(separator: UInt8(ascii: "/")).contains {
                    $0.elementsEqual("..".utf8)
                }
            }
    }
}
