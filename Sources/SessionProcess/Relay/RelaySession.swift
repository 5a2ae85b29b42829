import MessageSockets
import Recording
import SSH
import SessionProtocol

/// One session channel of a client and, once it is permitted, its transport to a target.
///
/// | state | event | next |
/// |---|---|---|
/// | preparing | exec, shell, subsystem | deciding |
/// | deciding | permit | starting |
/// | deciding, starting | refuse | closing |
/// | starting | program runs | running |
/// | starting | target lost, retry | starting |
/// | running | program's end, everything handed on | closing |
/// | any | client closes, terminate, recording fails | closing |
/// | closing | everything handed on, or the client is gone | closed |
final class RelaySession {
    private enum State {
        /// The client may still ask for a terminal and set variables.
        case preparing
        case deciding
        /// The target's transport is coming up; nil between a lost one and the next.
        case starting(TargetLeg?)
        case running(TargetLeg, Channel)
        /// The report is sent; what is for the client still goes out.
        case closing
        case closed
    }

    let number: SessionNumber
    let client: Channel
    private let context: RelayContext
    private var state = State.preparing
    private var preparation = SessionPreparation()
    private var program: ProgramRequest?
    private var permit: SessionPermit?
    private var recorder: SessionRecorder?
    private var files: FileTransferObserver?
    private var streams: SessionStreams
    private var result = ProgramResult.none
    private(set) var lastActivity: UInt64

    init(number: SessionNumber, client: Channel, context: RelayContext, now: UInt64) {
        self.number = number
        self.client = client
        self.context = context
        streams = SessionStreams(client: client)
        lastActivity = now
    }

    var isClosed: Bool { if case .closed = state { true } else { false } }

    /// Whether nothing is being set up.
    var isRunning: Bool {
        switch state {
        case .running, .closing, .closed: true
        case .preparing, .deciding, .starting: false
        }
    }

    private var isClosing: Bool {
        switch state {
        case .closing, .closed: true
        case .preparing, .deciding, .starting, .running: false
        }
    }

    private var leg: TargetLeg? {
        switch state {
        case .starting(let leg): leg
        case .running(let leg, _): leg
        case .preparing, .deciding, .closing, .closed: nil
        }
    }

    // MARK: what the client asks for

    /// Whether a request of the client is granted.
    func requested(_ request: ChannelRequest, now: UInt64) throws(LinkError) -> Bool {
        switch request {
        case .terminal(let type, let columns, let rows):
            guard case .preparing = state else { return false }
            return preparation.setTerminal(type: type, columns: columns, rows: rows)
        case .environment(let name, let value):
            return try set(name, value)
        case .exec(let commandLine):
            guard commandLine.count <= FieldLimits.commandLine else {
                try refuseCommandLine(of: commandLine.count)
                return true
            }
            return try open(.exec(commandLine: commandLine))
        case .shell:
            return try open(.shell)
        case .subsystem(let name):
            guard name == "sftp" else { return false }
            return try open(.subsystem(name: name))
        case .windowChange(let columns, let rows):
            return changeTerminal(columns, rows, now)
        case .x11:
            try context.notices.send(.x11ForwardRefused, "", on: context.link)
            return false
        case .unknown:
            try context.notices.send(.unknownRequestRefused, "", on: context.link)
            return false
        }
    }

    private func set(_ name: String, _ value: [UInt8]) throws(LinkError) -> Bool {
        if case .preparing = state, preparation.set(name, to: value) { return true }
        try context.notices.send(
            .environmentRefused,
            name.clipped(to: FieldLimits.environmentName),
            on: context.link
        )
        return false
    }

    private func refuseCommandLine(of count: Int) throws(LinkError) {
        guard case .preparing = state else { return }
        state = .deciding
        try context.notices.send(
            .commandLineTooLong,
            "\(count) bytes",
            on: context.link
        )
        let limit = FieldLimits.commandLine / 1024
        conclude(
            "sallyport: denied: the command line exceeds the limit of \(limit) KiB\n",
            exit: .status(77)
        )
    }

    private func open(_ program: ProgramRequest) throws(LinkError) -> Bool {
        guard case .preparing = state else { return false }
        self.program = program
        state = .deciding
        try context.link.send(
            .openSession(
                SessionOpening(
                    number: number,
                    program: program,
                    terminal: preparation.terminal,
                    environment: preparation.environment
                )
            )
        )
        return true
    }

    private func changeTerminal(_ columns: UInt32, _ rows: UInt32, _ now: UInt64) -> Bool {
        guard preparation.changeTerminal(columns: columns, rows: rows) else { return false }
        recorder?.resize(columns: columns, rows: rows, now: now)
        if case .running(_, let target) = state {
            target.changeTerminal(columns: columns, rows: rows)
        }
        return true
    }

    // MARK: what the authority says

    func permitted(
        _ permit: SessionPermit,
        socket: Descriptor,
        recording: Descriptor,
        now: UInt64
    ) throws(LinkError) {
        guard case .deciding = state, let program else { return }
        self.permit = permit
        let isFileTransfer = program == .subsystem(name: "sftp")
        recorder = SessionRecorder(
            file: recording,
            order: permit.recording,
            hasTerminal: preparation.terminal != nil,
            recordsStreams: !isFileTransfer
        )
        if isFileTransfer { files = FileTransferObserver() }
        try start(on: socket, now: now)
    }

    func retried(on socket: Descriptor, now: UInt64) throws(LinkError) {
        guard case .starting(nil) = state else { return }
        try start(on: socket, now: now)
    }

    private func start(on socket: Descriptor, now: UInt64) throws(LinkError) {
        guard let permit, let program else { return }
        let legProgram: LegProgram =
            switch program {
            // The certificate's forced command is what runs; this only names the session.
            case .exec: .exec("sallyport \(permit.session)")
            case .shell: .shell
            case .subsystem(let name): .subsystem(name)
            }
        do throws(TargetLegFailure) {
            state = .starting(
                try TargetLeg(
                    number: number,
                    socket: socket,
                    order: permit.transport,
                    program: legProgram,
                    terminal: preparation.terminal,
                    link: context.link,
                    seam: context.seam,
                    loop: context.loop,
                    now: now
                )
            )
        } catch {
            try lost(error)
        }
    }

    private func lost(_ failure: TargetLegFailure) throws(LinkError) {
        leg?.disconnect()
        state = .starting(nil)
        try context.link.send(
            .targetLost(
                number: number,
                phase: failure.phase,
                reason: failure.reason.clippedProse
            )
        )
    }

    func certificateArrived(_ blob: [UInt8], publicKey: [UInt8]) throws(LinkError) {
        guard case .starting(let leg?) = state else { return }
        do throws(TargetLegFailure) {
            try leg.certificateArrived(blob, publicKey: publicKey)
        } catch {
            try lost(error)
        }
    }

    func refused(exitStatus: UInt32, text: String, now: UInt64) throws(LinkError) {
        guard !isClosing else { return }
        try report(.notStarted, now: now)
        conclude(text, exit: .status(exitStatus))
    }

    /// The authority, or we, end the session before its program did.
    func end(_ cause: SessionEndCause, text: String, now: UInt64) throws(LinkError) {
        guard !isClosing else { return }
        recorder?.marker(text, now: now)
        try report(cause, now: now)
        conclude(text, exit: .signal(name: "TERM", coreDumped: false, message: text.clippedProse))
    }

    // MARK: the relay

    /// Takes what came from both sides and records it; nothing is forwarded before `flush`.
    func collect(now: UInt64) throws(LinkError) {
        try collectFromClient(now: now)
        if case .starting(let leg?) = state { try step(leg, now: now) }
        try collectFromTarget(now: now)
    }

    private func step(_ leg: TargetLeg, now: UInt64) throws(LinkError) {
        do throws(TargetLegFailure) {
            try leg.step(now: now)
        } catch {
            return try lost(error)
        }
        guard let channel = leg.channel else { return }
        state = .running(leg, channel)
        lastActivity = now
        try context.link.send(.started(number: number))
    }

    private func collectFromClient(now: UInt64) throws(LinkError) {
        if client.askedForAgent, !reportedAgent {
            reportedAgent = true
            try context.notices.send(.agentForwardRefused, "", on: context.link)
        }
        for name in client.takeSignals()
        where !isClosing && program != nil && signalCount < Self.maximumSignals {
            signalCount += 1
            try context.link.send(
                .signal(number: number, name: name.clipped(to: FieldLimits.signalName))
            )
        }
        if client.isClosedByPeer, !isClosing, !streams.awaitsExit {
            try report(.clientClosed, now: now)
            state = .closing
        }
        guard !isClosing, program != nil, let recorder, streams.takeFromClient() else { return }
        lastActivity = now
        var verdict = SessionRecorder.Verdict.forward
        streams.toTarget.forEachRun { bytes, _ in
            if recorder.input(bytes, now: now) == .end { verdict = .end }
            files?.clientSent(bytes)
        }
        if verdict == .end { try limitReached(now: now) }
    }

    private var reportedAgent = false
    private var signalCount = 0
    /// LIMIT: signals of one session that are passed on; each is a connection to the target.
    private static let maximumSignals = 100

    private func collectFromTarget(now: UInt64) throws(LinkError) {
        guard case .running(let leg, let target) = state, let recorder else { return }
        if streams.takeFromTarget(target) {
            lastActivity = now
            var verdict = SessionRecorder.Verdict.forward
            streams.toClient.forEachRun { bytes, isError in
                if recorder.output(bytes, isError: isError, now: now) == .end { verdict = .end }
                if !isError { files?.targetSent(bytes) }
            }
            for file in files?.takeFinished() ?? [] { recorder.fact(.file(file), now) }
            if verdict == .end { return try limitReached(now: now) }
        }
        if let exit = target.exit, result == .none {
            streams.ended(exit)
            result = exit.result
        }
        guard target.isDrained, streams.toClient.isEmpty else { return }
        if target.isClosedByPeer || !leg.isConnected { try programEnded(leg, now: now) }
    }

    /// Everything that the program wrote is handed on, and nothing more will come.
    private func programEnded(_ leg: TargetLeg, now: UInt64) throws(LinkError) {
        if result == .none, !leg.isConnected {
            return try targetGone(.targetLost, leg.endReason, now: now)
        }
        try report(.finished, now: now)
        streams.closeClient()
        state = .closing
    }

    /// Ends the session where its target is silent for too long.
    func watchTarget(now: UInt64) throws(LinkError) {
        guard case .running(let leg, _) = state, leg.isSilent(now: now) else { return }
        try targetGone(.targetSilent, KeepaliveMachine.silence, now: now)
    }

    private func targetGone(
        _ cause: SessionEndCause,
        _ reason: String,
        now: UInt64
    ) throws(LinkError) {
        try report(cause, now: now)
        conclude(
            "sallyport: the connection to the target was lost: \(reason)\n",
            exit: .status(255)
        )
    }

    private func limitReached(now: UInt64) throws(LinkError) {
        try context.notices.send(.recordingLimitReached, "", on: context.link)
        // The last of it did not fit the recording.
        streams.dropOutput()
        try end(
            .recordingLimit,
            text: "sallyport: the session ended: its recording reached the limit\n",
            now: now
        )
    }

    /// Puts on disk what was collected; in strict mode nothing crosses before.
    func flush(now: UInt64) throws(LinkError) {
        guard let recorder else { return }
        do throws(RecordingFailure) {
            if recorder.holdsTail, now > lastActivity + Self.tailPause {
                recorder.flushTail(now: now)
            }
            try recorder.flush()
        } catch {
            guard !isClosing else { return }
            try context.notices.send(.recordingFailed, error.reason, on: context.link)
            guard error.isFatal else { return }
            streams.dropOutput()
            try report(.recordingFailed, now: now)
            conclude(
                "sallyport: the session ended: its recording cannot be written\n",
                exit: .status(74)
            )
        }
    }

    /// LIMIT: how long the first bytes of a character may wait for the rest.
    private static let tailPause: UInt64 = 100_000_000

    /// Whether there is something to collect that no event of a socket will tell of.
    var hasMoreToCollect: Bool {
        guard case .running(_, let target) = state else { return false }
        return streams.hasMoreToTake(target)
    }

    /// Whether `flush` is to be called again after a pause.
    var waitsForPause: Bool { recorder?.holdsTail ?? false }

    /// Hands on what is recorded.
    func forward(now: UInt64) {
        if case .running(_, let target) = state {
            streams.forwardToTarget(target)
            streams.forwardToClient(from: target)
        } else {
            streams.forwardToClient(from: nil)
        }
        guard case .closing = state else { return }
        // A closed peer takes nothing any more.
        if client.isClosedByPeer || streams.hasClosedClient { state = .closed }
    }

    // MARK: the end

    /// Says a last text to the client and closes its channel.
    private func conclude(_ text: String, exit: Channel.Exit) {
        leg?.disconnect()
        streams.say(preparation.terminal == nil ? text : text.replacingLineFeeds())
        streams.ended(exit)
        streams.closeClient()
        state = .closing
    }

    /// Tells the authority, once, how the session ended.
    private func report(_ cause: SessionEndCause, now: UInt64) throws(LinkError) {
        guard program != nil, !hasReported else { return }
        hasReported = true
        for file in files?.takeAll() ?? [] { recorder?.fact(.file(file), now) }
        recorder?.finish(result, cause: cause, now: now)
        var cause = cause
        do throws(RecordingFailure) {
            try recorder?.flush()
        } catch {
            if error.isFatal { cause = .recordingFailed }
        }
        leg?.disconnect()
        try context.link.send(
            .sessionEnded(
                SessionReport(
                    number: number,
                    cause: cause,
                    result: result,
                    inputBytes: recorder?.inputBytes ?? 0,
                    outputBytes: recorder?.outputBytes ?? 0,
                    errorBytes: recorder?.errorBytes ?? 0,
                    recordedBytes: recorder?.recordedBytes ?? 0
                )
            )
        )
        recorder = nil
    }

    private var hasReported = false

    /// The client's connection is gone.
    func connectionLost(_ cause: SessionEndCause, now: UInt64) throws(LinkError) {
        if !isClosing { try report(cause, now: now) }
        state = .closed
    }
}

extension Channel.Exit {
    var result: ProgramResult {
        switch self {
        case .status(let status): .exitStatus(status)
        case .signal(let name, let coreDumped, let message):
            .exitSignal(
                name: name.clipped(to: FieldLimits.signalName),
                coreDumped: coreDumped,
                message: message.clippedProse
            )
        }
    }
}

extension String {
    /// For a terminal in raw mode.
    fileprivate func replacingLineFeeds() -> String {
        split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
}
