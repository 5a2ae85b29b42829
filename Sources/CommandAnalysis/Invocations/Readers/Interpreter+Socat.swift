import ShellSyntax

// `socat`: two addresses, each of which is read, written, or both.

extension Interpreter {
    /// Connects two addresses; nil where one of them may be anything.
    mutating func socat(
        _ arguments: [Argument],
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        guard program == "socat", let told = SocatArguments(arguments) else { return nil }
        if told.isHelp {
            emit(.systemRead, frame, program: program, at: call.range)
            return AbstractText(UnknownText(.text, from: .output))
        }
        guard let first = SocatSide(told.addresses[0]), let second = SocatSide(told.addresses[1])
        else {
            return nil
        }
        for file in told.written {
            access(.write, file, &state, frame, program: program, at: call.range)
        }
        let before = emissions
        let transfer = SocatTransfer(program: program, range: call.range)
        var ways: [(source: SocatSide, target: SocatSide)] = []
        if told.direction != .left { ways.append((first, second)) }
        if told.direction != .right { ways.append((second, first)) }
        for (source, target) in ways {
            let stream = read(source.read, transfer, &state, frame)
            if ways.count == 1 || source.isDual {
                // Otherwise it is opened as the target of the other way.
                try open(source.read, .nothing, transfer, &state, frame)
            }
            try write(
                stream,
                isConsole: source.read.kind == .terminal,
                target.written,
                transfer,
                &state,
                frame
            )
        }
        if emissions == before { emit(.systemRead, frame, program: program, at: call.range) }
        let isRelayed = [first.read, second.read].contains {
            $0.kind == .connect || $0.kind == .listen
        }
        return AbstractText(isRelayed ? .fromElsewhere : UnknownText(.text, from: .output))
    }

    // MARK: Reading

    /// What comes from an address.
    private mutating func read(
        _ source: SocatAddress,
        _ transfer: SocatTransfer,
        _ state: inout ShellState,
        _ frame: Frame
    ) -> Stream {
        let unknown = Stream.unknown(UnknownText(.text, from: .output))
        switch source.kind {
        case .standard(let reads, _): return reads ? frame.input : .nothing
        case .terminal: return frame.input
        case .pipe: return .nothing
        case .file, .fileOrSocket, .namedPipe:
            if source.kind == .fileOrSocket, source.isRuntimeSocket { return unknown }
            let path = source.path
            access(.read, path, &state, frame, program: transfer.program, at: transfer.range)
            return content(of: path, state, frame)
        case .create:
            // Nothing is read, but what was in it is gone.
            access(
                .write,
                source.path,
                &state,
                frame,
                program: transfer.program,
                at: transfer.range
            )
            return .nothing
        case .connect, .listen: return .unknown(.fromElsewhere)
        case .program, .shell, .connectLocally, .listenLocally, .listenAbstractly: return unknown
        }
    }

    // MARK: Writing

    private mutating func write(
        _ stream: Stream,
        isConsole: Bool,
        _ target: SocatAddress,
        _ transfer: SocatTransfer,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        switch target.kind {
        case .standard, .terminal, .pipe, .listen, .listenAbstractly, .listenLocally:
            use(stream, as: .data)
        case .namedPipe, .file, .create:
            if target.isReadOnly { break }
            use(stream, as: .data)
            put(stream, into: target, transfer, &state, frame)
        case .fileOrSocket:
            if !target.isRuntimeSocket { put(stream, into: target, transfer, &state, frame) }
            send(stream, isConsole, transfer, frame)
        case .connect, .connectLocally: send(stream, isConsole, transfer, frame)
        case .program, .shell: break
        }
        try open(target, stream, transfer, &state, frame)
    }

    /// Writes a file.
    private mutating func put(
        _ stream: Stream,
        into target: SocatAddress,
        _ transfer: SocatTransfer,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        let path = target.path
        let before = state.files
        access(.write, path, &state, frame, program: transfer.program, at: transfer.range)
        let isNew = target.kind == .create || target.has("trunc")
        for place in paths(of: path, state) {
            state.files[place] = isNew ? .text(stream.text.followed) : .unknown
            state.files.keep(before, at: place)
        }
    }

    /// What is sent to a service is a command to it, unless it only asks.
    private mutating func send(
        _ stream: Stream,
        _ isConsole: Bool,
        _ transfer: SocatTransfer,
        _ frame: Frame
    ) {
        use(stream, as: .code)
        var attributes: [ForeseenAction.Attribute] = []
        if stream == .nothing {
            if !isConsole { return }
            attributes.append(.init(.verb, .texts(["console"])))
        } else if stream == .client, request.readsFromTerminal {
            emit(.terminalInteractive, frame, program: transfer.program, at: transfer.range)
            return
        } else if stream.text.isHarmlessProtocol {
            return
        }
        emit(.codeRun, frame, program: transfer.program, attributes, at: transfer.range)
    }
}

/// Which program transfers something between two addresses.
struct SocatTransfer {
    let program: ShellText
    let range: SourceRange
}

/// One side: `A`, or `A!!B`, of which the first is read and the second one written.
private struct SocatSide {
    let read: SocatAddress
    let written: SocatAddress
    let isDual: Bool

    init?(_ text: AbstractText) {
        let marked = AbstractText(
            text.pieces.map { piece in
                guard case .unknown(let unknown) = piece, unknown.isOfEnvironment else {
                    return piece
                }
                // Hardly any variable is set in an exec.
                return .unknown(UnknownText(.name, from: .notComputed))
            }
        )
        guard let text = marked.readable, let parts = SocatAddress.directions(text),
            let first = SocatAddress(parts[0]), let last = SocatAddress(parts[parts.count - 1])
        else { return nil }
        read = first
        written = last
        isDual = parts.count > 1
    }
}
