import Logging
import MessageSockets
import SSHWire
import SessionProtocol

/// One `sallyport-decide` process: loaded once, then asked one question at a time.
final class DeciderProcess {
    /// LIMIT: from the start to `loaded`.
    static let loadTimeout = Duration.seconds(10)
    /// LIMIT: a question has 200 ms of processor time, which the process enforces on itself; a
    /// process that sleeps, or a machine that is overloaded, ends here.
    static let answerTimeout = Duration.seconds(2)

    enum Outcome: Hashable, Sendable {
        case answer(DecisionAnswer)
        /// The process is gone.
        case lost(reason: String)
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
    private let loaded: (DeciderProcess) -> Void
    private let lost: (DeciderProcess, String) -> Void

    init(
        program: String,
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
        process = try ChildProcess(program: program, on: reactor, logger: logger)
        state = .gone
        let timer = reactor.after(Self.loadTimeout) { [weak self] in
            self?.lose("took too long to load")
        }
        state = .loading(version: version, timer: timer)
        process.received = { [weak self] message in self?.received(message) }
        process.fellSilent = { [weak self] _ in self?.lose("closed its socket") }
        process.ended = { [weak self] end in self?.lose(end.description) }
        do throws(SocketError) {
            try process.send(DeciderOrder.load(version: version).encoded(), [snapshot])
        } catch {
            reactor.cancel(timer)
            process.kill()
            throw error
        }
    }

    var isIdle: Bool {
        switch state {
        case .idle: true
        case .loading, .asked, .gone: false
        }
    }

    func ask(_ question: DecisionQuestion, completion: @escaping (Outcome) -> Void) {
        precondition(isIdle, "a decider answers one question at a time")
    var isAsked: Bool {
        switch state {
        case .asked: true
        case .loading, .idle, .gone: false
        }
    }

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

    private func lose(_ reason: String) {
        let state = self.state
        self.state = .gone
        process.kill()
        switch state {
        case .loading(_, let timer): reactor.cancel(timer)
        case .idle: break
        case .asked(let completion, let timer):
            reactor.cancel(timer)
            completion(.lost(reason: reason))
        case .gone: return
        }
        lost(self, reason)
    }
}
