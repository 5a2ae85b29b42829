import AuditTrail
import Logging
import MessageSockets
import PolicyEngine
import SessionProtocol

/// One session with everything that belongs to it: what was decided, the target's socket, the
/// recording, and the end.
final class ServedSession {
    let plan: SessionPlan
    let connection: InboundConnection
    let services: Services
    let logger: Logger
    var number: SessionNumber { plan.number }

    let snapshotVersion: UInt64
    /// When it was asked for, and where its recording is.
    let moment: Timestamp
    let startNanoseconds: UInt64
    var admitted: AdmittedSession?
    /// Where it ran already when this release of the authority took over.
    private let placeBefore: ResolvedAddress?
    /// The target and the login of what was admitted.
    var place: ResolvedAddress? { admitted?.address ?? placeBefore }
    var decision: String?
    /// The recording before the process has it.
    var recording: Descriptor?
    var hasRecording = false
    var isMakingRecording = false
    /// What waits for the recording to be made, or to be not to be had.
    var recordingAwaited: (() -> Void)?
    var dial: Dial?
    /// The pause before a target that was lost is dialled again.
    var redial: Reactor.TimerID?
    /// A connected socket before the process has it.
    var socket: Dial.Connected?
    /// When the latest attempt to reach the target began.
    var dialAge = TransportAge.now()
    /// The target's socket once the process has it, to shut it down at the end.
    var transport: Dial.Connected?
    var exchangeHashes: [[UInt8]] = []
    /// Of all its transports, kept from others until what ran there is ended.
    var marks: [String] = []
    /// The blob of the host key that the target proved last.
    var hostKey: [UInt8]?
    private var timers: [Reactor.TimerID] = []
    private var isSigned = false
    var isOpened = false
    private(set) var isStarted = false
    private(set) var isOver = false
    /// How it ended, while what it ran is being ended on its target.
    private(set) var beingEnded: AuditEvent.SessionEnded?
    var isBeingEnded: Bool { beingEnded != nil }
    /// The authority's own reason for the end; it counts more than what the process reports.
    var ownCause: (cause: AuditEvent.SessionEnded.Cause, reason: String)?
    private let signals = ClientSignals()
    var isSignalling: Bool { signals.isSending }
    /// When it must end; nil as long as it does not run, and where nothing limits that.
    var timeLimit: HandedSession.TimeLimit?
    /// What it is told where the approval that it waits for does not come.
    var awaited: SessionRefusal?
    /// Whether it is counted among the sessions of its principal.
    var isCounted = false
    /// Whether nothing has ended it, and nobody has said that it ends.
    var goesOn: Bool { !isOver && ownCause == nil }

    convenience init(_ plan: SessionPlan, of connection: InboundConnection) {
        self.init(plan, of: connection, since: .now(), running: nil)
    }

    private init(
        _ plan: SessionPlan,
        of connection: InboundConnection,
        since moment: Timestamp,
        running place: ResolvedAddress?
    ) {
        self.plan = plan
        self.connection = connection
        self.moment = moment
        placeBefore = place
        services = connection.services
        snapshotVersion = services.snapshotVersion
        var logger = connection.logger
        logger[metadataKey: "session.id"] = "\(plan.session)"
        self.logger = logger
        // The header has whole seconds, and events count from there.
        let fraction = UInt64(max(0, moment.microsecondsSince1970) % 1_000_000) * 1000
        startNanoseconds = Reactor.monotonicNanoseconds() - fraction
    }

    /// Goes on with what another release of the authority began.
    convenience init(
        _ plan: SessionPlan,
        of connection: InboundConnection,
        at place: ResolvedAddress,
        _ handed: HandedSession
    ) {
        self.init(plan, of: connection, since: handed.moment, running: place)
        transport = Dial.Connected(
            socket: Descriptor(adopting: handed.transport.descriptor),
            local: handed.transport.local,
            peer: handed.transport.peer
        )
        dialAge = handed.transport.begunAt
        exchangeHashes = handed.exchangeHashes.map(\.bytes)
        marks = handed.marks
        hostKey = handed.hostKey.bytes
        hasRecording = true
        isSigned = true
        isOpened = true
        isStarted = true
        services.liveTransports.formUnion(exchangeHashes)
        services.takenMarks.formUnion(marks)
        // Counted there; a limit that is lower now is for those that come.
        isCounted = services.principalUse.opened(plan.principal.name, atMost: .max)
        if let limit = handed.timeLimit { watch(limit) }
        if let bytes = handed.recordedBytes { services.storage.resumed(plan.session, bytes) }
    }

    /// Our end and the target's, as the target's sshd sees the transport.
    var transportMark: RemoteScript.Transport? { transport?.ends }

    private var mark: RemoteScript.Mark? {
        transportMark.map { RemoteScript.Mark(transport: $0, greatestAge: dialAge.greatest) }
    }

    // MARK: Running

    /// The one signature is given: from now on the target may run the command.
    func signedIn() { isSigned = true }

    func started() {
        isStarted = true
        watchTimeLimit()
        if let place { services.breaker.authenticated(at: place) }
        services.auditor.note(.sessionStarted, about: plan.attribution)
        logger.info("a session started")
    }

    /// The client's `signal` request: the target's sshd refuses those of a forced command, so it
    /// is sent from beside.
    func signal(_ name: String) {
        guard let mark, let place, let script = RemoteScript.signalling(name, mark) else { return }
        signals.send(script, to: place, about: plan.attribution, services, logger)
    }

    // MARK: Ending

    /// Ends this session alone.
    func end(_ cause: AuditEvent.SessionEnded.Cause, _ reason: String) {
        guard !isOver, connection.update(number, { $0.told() }) == true else { return }
        ownCause = (cause, reason)
        logger.notice("a session is ended", metadata: ["cause": "\(cause.rawValue)"])
        closePreparation()
        connection.send(.endSession(number: number, text: ClientText.ended(reason)))
        awaitEnd()
    }

    /// LIMIT: how long a process has to report the end that it was told of; it does so at once, and
    /// one that does not is not the process that we started.
    static let reportGrace = Duration.seconds(5)

    /// Makes sure that what the process was told to end does end.
    func awaitEnd() {
        after(InboundConnection.endGrace) { [weak self] in
            // The process does not hear, so the target does.
            self?.shutTransport()
        }
        after(Self.reportGrace) { [weak self] in
            guard let self, !isOver else { return }
            connection.end(.terminated, "its process did not end a session")
        }
    }

    /// The whole connection ends, for this reason.
    func willEnd(with cause: AuditEvent.ConnectionEnded.Cause, _ reason: String) {
        if ownCause == nil { ownCause = (.init(cause), reason) }
    }

    /// Whether what was granted is still granted, and nothing is locked since.
    func recheck() {
        guard !isOver, let place else { return }
        let withdrawal = SessionWithdrawal(
            of: place,
            to: plan,
            provedBy: hostKey.map { [$0] } ?? admitted?.pinnedKeys ?? [],
            begunAt: moment,
            inventory: services.snapshot.inventory,
            locks: services.locks,
            at: .now()
        )
        if let withdrawal { end(withdrawal.cause, withdrawal.reason) }
    }

    /// The process reports the end.
    func reported(_ report: SessionReport) {
        let bytes = AuditEvent.StreamBytes(
            input: report.inputBytes,
            output: report.outputBytes,
            error: report.errorBytes,
            recorded: report.recordedBytes
        )
        if report.cause == .idle { services.limitCounts.count(.sessionIdleTimeout) }
        let isFinished = report.cause == .finished
        over(
            AuditEvent.SessionEnded.Cause(report.cause),
            result: .init(report.result),
            bytes: bytes,
            // A program that ended while it was being ended has ended by itself.
            mayRun: isSigned && !isFinished,
            ownCauseCounts: !isFinished
        )
    }

    /// The process cannot report any more.
    func abandoned(_ cause: AuditEvent.SessionEnded.Cause, _ detail: String) {
        if ownCause == nil { ownCause = (cause, detail) }
        over(cause, result: nil, bytes: nil, mayRun: isSigned, ownCauseCounts: true)
    }

    private func over(
        _ cause: AuditEvent.SessionEnded.Cause,
        result: AuditEvent.ProgramResult?,
        bytes: AuditEvent.StreamBytes?,
        mayRun: Bool,
        ownCauseCounts: Bool
    ) {
        guard !isOver else { return }
        isOver = true
        for timer in timers { services.reactor.cancel(timer) }
        timers = []
        closePreparation()
        shutTransport()
        let own = ownCauseCounts ? ownCause : nil
        let ended = AuditEvent.SessionEnded(
            cause: own?.cause ?? cause,
            result: result,
            bytes: bytes,
            detail: own?.reason
        )
        guard mayRun, let transportMark, let place else {
            return settle(ended.adding(isStarted ? .exited : nil, nil))
        }
        connection.machine.endingBegan()
        beingEnded = ended
        let request = RemoteEndings.Request(
            attribution: plan.attribution,
            address: place,
            transport: transportMark,
            age: dialAge
        )
        services.endings.end(request) { [self] outcome in
            beingEnded = nil
            connection.machine.endingFinished()
            settle(ended.adding(outcome.remoteEnd, outcome.detail))
        }
    }

    private func settle(_ ended: AuditEvent.SessionEnded) {
        for hash in exchangeHashes { services.liveTransports.remove(hash) }
        releaseMarks(after: ended.remoteEnd == .exited ? TransportAge.margin : .zero)
        settleRecording { [self] bytes, detail in
            record(ended.adding(recordingBytes: bytes, detail))
        }
    }

    /// What a program left with permission has its mark, and is told from what a later transport
    /// with the same ends starts by its age; so there is none for as long as ages say nothing.
    private func releaseMarks(after pause: Duration) {
        _ = services.reactor.after(pause) { [services, marks] in
            for mark in marks { services.takenMarks.remove(mark) }
        }
    }

    private func record(_ ended: AuditEvent.SessionEnded) {
        var entries: [Auditor.Entry] = [(.sessionEnded(ended), plan.attribution)]
        // Over before it was decided: what was asked for is on record all the same.
        if !isOpened { entries.insert((.sessionOpened(plan.opened), plan.attribution), at: 0) }
        if isCounted { services.principalUse.closed(plan.principal.name) }
        isCounted = false
        services.auditor.record(entries) { [self] _ in connection.finished(self) }
        logger.info("a session ended", metadata: ["cause": "\(ended.cause.rawValue)"])
    }

    func note(_ notice: AuditEvent.Notice) {
        services.auditor.note(.notice(notice), about: plan.attribution)
    }

    func after(_ delay: Duration, _ action: @escaping () -> Void) {
        timers.append(services.reactor.after(delay, action))
    }

    func at(_ instant: UInt64, _ action: @escaping () -> Void) {
        timers.append(services.reactor.at(instant, action))
    }
}
