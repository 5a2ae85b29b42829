import Logging
import MessageSockets
import SessionProtocol

/// The session processes that are started and wait for work.
final class SpareProcesses {
    /// Why the first process tells that none will do.
    enum StartError: Error, Hashable, CustomStringConvertible {
        case cannotStart(program: String, reason: String)
        case failed(reason: String)
        case wrongVersion(UInt32)
        case tooSlow
        case ended(String)
        case spoke(String)

        var description: String {
            switch self {
            case .cannotStart(let program, let reason): "`\(program)` cannot be started: \(reason)"
            case .failed(let reason): "the session process refuses to serve: \(reason)"
            case .wrongVersion(let version):
                "the session process speaks version \(version) of the protocol, not "
                    + "\(ProtocolTable.version): install programs of one release"
            case .tooSlow: "the session process was not ready in time"
            case .ended(let how): "the session process \(how) before it was ready"
            case .spoke(let what): "the session process said \(what) before it was ready"
            }
        }
    }

    /// LIMIT: from the start of a process to its `ready`; it takes milliseconds.
    static let readyTimeout = Duration.seconds(10)
    /// LIMIT: who waits for a process; more are refused.
    static let maximumWaiting = 256
    /// LIMIT: how long somebody waits for one: as long as a start may take.
    static let waitingTimeout = readyTimeout

    private typealias Waiting = (handOver: (ChildProcess) -> Void, gaveUp: () -> Void)

    private let program: String
    private let account: ProcessAccount?
    private let reactor: Reactor
    private let logger: Logger
    private var demand: SpareDemand
    private var starting: [ObjectIdentifier: (process: ChildProcess, timer: Reactor.TimerID)] = [:]
    private var spare: [ChildProcess] = []
    private let waiting: WaitingLine<Waiting>
    private var pauseTimer: Reactor.TimerID?
    private var isStopped = false

    /// Called when a process could not be made ready; the first time it may end the start.
    var startFailed: ((StartError) -> Void)?
    /// Called when a process that serves nobody yet made a call that its sandbox forbids.
    var madeForbiddenCall: ((ChildProcess.End) -> Void)?
    /// Called when a process became ready.
    var becameReady: ((String) -> Void)?

    init(
        program: String,
        as account: ProcessAccount? = nil,
        wanted: Int,
        waitingTimeout: Duration = SpareProcesses.waitingTimeout,
        on reactor: Reactor,
        logger: Logger
    ) {
        self.program = program
        self.account = account
        self.reactor = reactor
        self.logger = logger
        waiting = WaitingLine(
            limit: Self.maximumWaiting,
            patience: waitingTimeout,
            on: reactor
        )
        demand = SpareDemand(wanted: wanted)
    }

    /// How many wait for a client.
    var ready: Int { spare.count }
    /// How many clients wait for one.
    var awaited: Int { waiting.count }
    /// Whether the last start failed, so that the next one waits.
    var startsFail: Bool { demand.failuresInARow > 0 }

    /// Starts what is missing.
    func fill() {
        guard !isStopped else { return }
        let missing = demand.missing(waiting: waiting.count, at: Self.milliseconds())
        for _ in 0..<missing where !isStopped { start() }
        schedulePause()
    }

    /// Hands over a ready process, now or as soon as there is one; false where too many wait.
    ///
    /// `gaveUp` is called instead when there was none in time: what `handOver` holds is let go of.
    func take(
        _ handOver: @escaping (ChildProcess) -> Void,
        gaveUp: @escaping () -> Void = {}
    ) -> Bool {
        guard !isStopped else { return false }
        guard let process = spare.popLast() else {
            guard waiting.join((handOver, gaveUp), expired: { $0.gaveUp() }) else { return false }
            fill()
            return true
        }
        demand.taken()
        release(process)
        handOver(process)
        fill()
        return true
    }

    func stop() {
        isStopped = true
        if let pauseTimer { reactor.cancel(pauseTimer) }
        for entry in starting.values {
            reactor.cancel(entry.timer)
            entry.process.kill()
        }
        for process in spare { process.kill() }
        starting = [:]
        spare = []
        _ = waiting.takeAll()
    }

    private func start() {
        let process: ChildProcess
        do {
            process = try ChildProcess(
                program: program,
                as: account,
                on: reactor,
                logger: logger
            )
        } catch {
            demand.failedToStart(at: Self.milliseconds(), wasStarted: false)
            report(.cannotStart(program: program, reason: error.description))
            return
        }
        demand.started()
        let id = ObjectIdentifier(process)
        let timer = reactor.after(Self.readyTimeout) { [weak self] in
            self?.failed(id, .tooSlow)
        }
        starting[id] = (process, timer)
        process.received = { [weak self] message in self?.firstWord(of: id, message) }
        process.ended = { [weak self] end in
            if end.isForbiddenCall { self?.madeForbiddenCall?(end) }
            self?.failed(id, .ended(end.description))
        }
    }

    private func firstWord(of id: ObjectIdentifier, _ message: MessageSocket.Received) {
        guard starting[id] != nil else {
            return failedSpare(id, "spoke without being asked")
        }
        let request: SessionRequest
        do {
            request = try SessionRequest(decoding: message.bytes)
        } catch {
            return failed(id, .spoke("what cannot be read: \(error)"))
        }
        switch request {
        case .ready(ProtocolTable.version, let library): ready(id, library)
        case .ready(let version, _): failed(id, .wrongVersion(version))
        case .startFailed(let reason): failed(id, .failed(reason: PrintableText.escaped(reason)))
        case .signExchangeHash, .offerKey, .signIn, .openSession, .proveHostKey,
            .signUserAuthentication, .targetLost, .started, .notice, .signal, .sessionEnded,
            .performed, .connectionEnded:
            failed(id, .spoke("`\(request.kind)`"))
        }
    }

    private func ready(_ id: ObjectIdentifier, _ library: String) {
        guard let entry = starting.removeValue(forKey: id) else { return }
        reactor.cancel(entry.timer)
        demand.becameReady()
        let process = entry.process
        process.ended = { [weak self] end in
            if end.isForbiddenCall { self?.madeForbiddenCall?(end) }
            self?.failedSpare(id, end.description)
        }
        process.fellSilent = { [weak self] _ in self?.failedSpare(id, "closed its socket") }
        becameReady?(library)
        if let (handOver, _) = waiting.takeFirst() {
            demand.taken()
            release(process)
            handOver(process)
            return fill()
        }
        spare.append(process)
    }

    /// Makes the process its new owner's.
    private func release(_ process: ChildProcess) {
        process.received = nil
        process.fellSilent = nil
        process.ended = nil
    }

    private func failed(_ id: ObjectIdentifier, _ error: StartError) {
        guard let entry = starting.removeValue(forKey: id) else { return }
        reactor.cancel(entry.timer)
        entry.process.kill()
        demand.failedToStart(at: Self.milliseconds())
        report(error)
        schedulePause()
    }

    /// A spare that spoke without being asked, or died.
    private func failedSpare(_ id: ObjectIdentifier, _ reason: String) {
        guard let index = spare.firstIndex(where: { ObjectIdentifier($0) == id }) else { return }
        let process = spare.remove(at: index)
        process.kill()
        demand.spareDied()
        logger.warning("a spare session process was lost", metadata: ["reason": "it \(reason)"])
        reactor.later { [weak self] in self?.fill() }
    }

    private func report(_ error: StartError) {
        logger.error("a session process did not start", metadata: ["reason": "\(error)"])
        startFailed?(error)
    }

    private func schedulePause() {
        let now = Self.milliseconds()
        guard pauseTimer == nil, !isStopped, let end = demand.pauseEnds(after: now) else { return }
        pauseTimer = reactor.after(.milliseconds(Int64(end - now) + 1)) { [weak self] in
            self?.pauseTimer = nil
            self?.fill()
        }
    }

    private static func milliseconds() -> UInt64 { Reactor.monotonicNanoseconds() / 1_000_000 }
}
