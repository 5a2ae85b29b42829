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
    enum State {
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
    let context: RelayContext
    var state = State.preparing
    var preparation = SessionPreparation()
    var program: ProgramRequest?
    var permit: SessionPermit?
    var recorder: SessionRecorder?
    var files: FileTransferObserver?
    var streams: SessionStreams
    var result = ProgramResult.none
    var lastActivity: UInt64
    private var hasReported = false
    var reportedAgent = false
    var signalCount = 0

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

    var isClosing: Bool {
        switch state {
        case .closing, .closed: true
        case .preparing, .deciding, .starting, .running: false
        }
    }

    var leg: TargetLeg? {
        switch state {
        case .starting(let leg): leg
        case .running(let leg, _): leg
        case .preparing, .deciding, .closing, .closed: nil
        }
    }

    // MARK: the end

    /// Says a last text to the client and closes its channel.
    func conclude(_ text: String, exit: Channel.Exit) {
        leg?.disconnect()
        streams.say(preparation.terminal == nil ? text : text.replacingLineFeeds())
        streams.ended(exit)
        streams.closeClient()
        state = .closing
    }

    /// Tells the authority, once, how the session ended.
    func report(_ cause: SessionEndCause, now: UInt64) throws(LinkError) {
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

    /// The client's connection is gone.
    func connectionLost(now: UInt64) throws(LinkError) {
        if !isClosing { try report(.clientClosed, now: now) }
        state = .closed
    }

    func sendKeepalive() { leg?.sendKeepalive() }
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
