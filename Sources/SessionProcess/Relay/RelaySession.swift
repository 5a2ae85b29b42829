import SSH
import SessionProtocol

/// One session channel of a client and, once it is permitted, its transport to a target.
///
/// The machine says what is permitted next. This does it: it holds the sockets, the recording and the
/// bytes under way.
final class RelaySession {
    let number: SessionNumber
    let client: Channel
    let context: RelayContext
    var machine = RelayMachine()
    var permit: SessionPermit?
    /// INVARIANT: there from a socket's arrival until its transport is lost or the session closes.
    var leg: TargetLeg?
    /// INVARIANT: there from the permit until the session closes, which finishes it.
    var recorder: SessionRecorder?
    var files: FileTransferObserver?
    /// INVARIANT: there while the machine holds its input back.
    var held: HeldStart?
    var streams: SessionStreams
    var result = ProgramResult.none
    var lastActivity: UInt64

    init(number: SessionNumber, client: Channel, context: RelayContext, now: UInt64) {
        self.number = number
        self.client = client
        self.context = context
        streams = SessionStreams(client: client)
        lastActivity = now
    }

    var isClosed: Bool { machine.isClosed }

    /// Whether nothing is being set up.
    var isRunning: Bool { machine.isSetUp }

    /// The channel of the running program.
    var target: Channel? { leg?.channel }

    // MARK: the end

    /// Closes the session and tells the authority how it ended; false where it is closing already.
    func close(_ cause: SessionEndCause, now: UInt64) throws(LinkError) -> Bool {
        switch machine.ended() {
        case .ignore: return false
        case .close: break
        case .report: try report(cause, now: now)
        }
        return true
    }

    /// Says a last text to the client and closes its channel.
    func conclude(_ text: String, exit: Channel.Exit) {
        say(text)
        streams.ended(exit)
        streams.closeClient()
    }

    /// Says a text of ours on the client's standard error.
    func say(_ text: String) {
        let hasTerminal = machine.preparation.terminal != nil
        streams.say(hasTerminal ? text.replacingLineFeeds() : text)
    }

    /// Disconnects from the target.
    func dropTarget() {
        leg?.disconnect()
        leg = nil
        held = nil
    }

    private func report(_ cause: SessionEndCause, now: UInt64) throws(LinkError) {
        let cause = finishRecording(cause, now: now)
        dropTarget()
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

    /// Closes the recording; gives the cause, which may have become that it cannot be written.
    private func finishRecording(_ cause: SessionEndCause, now: UInt64) -> SessionEndCause {
        if result == .none, let exit = target?.exit { result = exit.result }
        recorder?.transferred(files?.takeAll() ?? [], now: now)
        recorder?.finish(result, cause: cause, now: now)
        do throws(RecordingFailure) {
            try recorder?.flush()
        } catch {
            if error.isFatal { return .recordingFailed }
        }
        return cause
    }

    /// There is no authority any more: the client is told, and what is recorded is closed.
    func orphaned(_ text: String, now: UInt64) {
        guard machine.ended() != .ignore else { return streams.closeClient() }
        recorder?.marker(text, now: now)
        // What came last is not recorded, and must not cross.
        if finishRecording(.terminated, now: now) == .recordingFailed { streams.dropOutput() }
        recorder = nil
        dropTarget()
        conclude(text, exit: .signal(name: "TERM", coreDumped: false, message: text.clippedProse))
    }

    /// Why it ends where nobody is there to hand something on to.
    func causeWithoutClient(_ cause: SessionEndCause) -> SessionEndCause {
        // A program that is told to have ended is not lost with what carried it.
        let isTargetLost = leg.map { !$0.isConnected && $0.channel?.exit == nil } ?? false
        return machine.causeWithoutClient(cause, isTargetLost: isTargetLost)
    }

    /// The client's connection is gone.
    func connectionLost(_ cause: SessionEndCause, now: UInt64) throws(LinkError) {
        let cause = causeWithoutClient(cause)
        guard machine.connectionLost() == .report else { return }
        try report(cause, now: now)
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
