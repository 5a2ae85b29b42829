import Glibc
import Logging
import MessageSockets
import SSHWire
import SessionProtocol

/// One `sallyport-decide` process: loaded once, then asked one question at a time.
final class DeciderProcess {
    /// LIMIT: from the start to `loaded`, on a machine that may be busy; the process itself has 10 s
    /// of processor time for it.
    static let loadTimeout = Duration.seconds(30)
    /// LIMIT: a question has 200 ms of processor time, which the process enforces on itself; a
    /// process that sleeps, or a machine that is overloaded, ends here.
    static let answerTimeout = Duration.seconds(2)

    /// Lets glibc keep small blocks that are free as they are, where it would put some together and
    /// part them again for each decision: a tenth of the time.
    ///
    /// `scripts/bench` reads it here.
    private static let allocation =
        "GLIBC_TUNABLES=glibc.malloc.tcache_count=2000:glibc.malloc.tcache_max=16384"

    enum Outcome: Hashable, Sendable {
        case answer(DecisionAnswer)
        /// The process is gone; whether the question did it is told by how it ended.
        case lost(reason: String, brokeOnQuestion: Bool)
    }

    private enum State {
        case loading(version: UInt64, timer: Reactor.TimerID)
        case idle
        case asked((Outcome) -> Void, timer: Reactor.TimerID)
        case gone
    }

    private let process: ChildProcess
    private let reactor: Reactor
    private var state: State
    private var isSilent = false
    private let loaded: (DeciderProcess) -> Void
    private let lost: (DeciderProcess, String) -> Void

    init(
        program: String,
        as account: ProcessAccount?,
        snapshot: Descriptor,
        version: UInt64,
        on reactor: Reactor,
        logger: Logger,
        loaded: @escaping (DeciderProcess) -> Void,
        lost: @escaping (DeciderProcess, String) -> Void
    ) throws(SocketError) {
        self.reactor = reactor
        self.loaded = loaded
        self.lost = lost
        process = try ChildProcess(
            program: program,
            variable: Self.allocation,
            as: account,
            on: reactor,
            logger: logger
        )
        state = .gone
        let timer = reactor.after(Self.loadTimeout) { [weak self] in
            self?.lose("took too long to load")
        }
        state = .loading(version: version, timer: timer)
        process.received = { [weak self] message in self?.received(message) }
        process.fellSilent = { [weak self] _ in self?.fellSilent() }
        process.ended = { [weak self] end in self?.ended(end) }
        do throws(SocketError) {
            try process.send(DeciderOrder.load(version: version).encoded(), [snapshot])
        } catch {
            reactor.cancel(timer)
            process.kill()
            throw error
        }
    }

    /// Whether it can answer, now or when it is done with what it was asked.
    var hasLoaded: Bool {
        switch state {
        case .idle, .asked: !isSilent
        case .loading, .gone: false
        }
    }

    var isIdle: Bool {
        switch state {
        case .idle: !isSilent
        case .loading, .asked, .gone: false
        }
    }

    var isAsked: Bool {
        switch state {
        case .asked: true
        case .loading, .idle, .gone: false
        }
    }

    func ask(_ question: DecisionQuestion, completion: @escaping (Outcome) -> Void) {
        precondition(isIdle, "a decider answers one question at a time")
        let timer = reactor.after(Self.answerTimeout) { [weak self] in
            self?.lose("took too long to decide")
        }
        state = .asked(completion, timer: timer)
        do throws(SocketError) {
            try process.send(DeciderOrder.decide(question).encoded())
        } catch {
            lose(error.description)
        }
    }

    /// Ends the process without a word to anybody.
    func stop() {
        switch state {
        case .loading(_, let timer), .asked(_, let timer): reactor.cancel(timer)
        case .idle, .gone: break
        }
        state = .gone
        process.kill()
    }

    private func received(_ message: MessageSocket.Received) {
        let report: DeciderReport
        do throws(WireError) {
            report = try DeciderReport(decoding: message.bytes)
        } catch {
            return lose("said what cannot be read: \(error)")
        }
        switch (state, report) {
        case (.loading(let version, let timer), .loaded(let loadedVersion))
        where loadedVersion == version:
            reactor.cancel(timer)
            state = .idle
            loaded(self)
        case (.loading, .loadFailed(let reason)):
            lose("did not load: \(PrintableText.escaped(reason))")
        case (.asked(let completion, let timer), .answer(let answer)):
            reactor.cancel(timer)
            state = .idle
            completion(.answer(answer))
        case (.loading, _), (.idle, _), (.asked, _):
            lose("spoke out of turn")
        case (.gone, _): break
        }
    }

    private func fellSilent() {
        // Its end, which is at hand, says what became of it, and of a question.
        isSilent = true
        process.kill()
    }

    private func ended(_ end: ChildProcess.End) {
        // By us, as it lived on without its socket.
        let reason = isSilent && end == .killed(signal: SIGKILL) ? "closed its socket" : "\(end)"
        lose(reason, isBreakdown: end.isBreakdown)
    }

    /// `isBreakdown`: a trap, or a limit that the process has for itself, which the same question
    /// would run into again; a machine that is slow or suspended is no such thing.
    private func lose(_ reason: String, isBreakdown: Bool = false) {
        let state = self.state
        self.state = .gone
        process.kill()
        switch state {
        case .loading(_, let timer): reactor.cancel(timer)
        case .idle: break
        case .asked(let completion, let timer):
            reactor.cancel(timer)
            completion(.lost(reason: reason, brokeOnQuestion: isBreakdown))
        case .gone: return
        }
        lost(self, reason)
    }
}

extension ChildProcess.End {
    /// Whether the program itself ran into something: a trap, an abort, memory that it may not have,
    /// or its limit of processor time.
    fileprivate var isBreakdown: Bool {
        switch self {
        case .exited: false
        case .killed(let signal):
            [
                SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGXCPU, SIGPROF,
            ].contains(signal)
        }
    }
}
