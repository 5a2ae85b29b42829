import SessionProtocol
import Testing

@testable import Authority

/// Each by a clock that the test moves: to a nanosecond before the wait is over, and on.
@Suite struct `a wait for a process that is started` {
    private let clock = ManualClock()
    private let folder: Folder
    private let reactor: Reactor

    init() throws {
        folder = try Folder()
        reactor = try clock.reactor()
    }

    private func pass(
        _ time: Duration,
        sourceLocation: SourceLocation = #_sourceLocation,
        until hasHappened: () throws -> Bool
    ) throws {
        try clock.pass(time, on: reactor, sourceLocation: sourceLocation, until: hasHappened)
    }

    private func spares() throws -> SpareProcesses {
        try folder.makeScript("exec sleep 1000", named: "program")
        return SpareProcesses(
            program: "\(folder.path)/program",
            wanted: 1,
            on: reactor,
            logger: .silent
        )
    }

    @Test func `is as long as a session process may take to be ready`() throws {
        let spares = try spares()
        var failure: SpareProcesses.StartError?
        spares.startFailed = { failure = $0 }
        spares.fill()

        try pass(SpareProcesses.readyTimeout) { failure != nil }

        #expect(failure == .tooSlow)
        spares.stop()
    }

    @Test func `is as long for the client who is to be served`() throws {
        let spares = try spares()
        var hasGivenUp = false
        #expect(
            spares.take {
                $0.kill()
            } gaveUp: {
                hasGivenUp = true
            }
        )

        try pass(SpareProcesses.waitingTimeout) { hasGivenUp }

        spares.stop()
    }

    // MARK: Deciders

    private func pool(_ script: String, size: Int = 1) throws -> DeciderPool {
        try folder.makeScript(script, named: "program")
        let (snapshot, _) = try ChildLog.pipe()
        return DeciderPool(
            program: "\(folder.path)/program",
            snapshot: snapshot,
            version: 1,
            size: size,
            on: reactor,
            logger: .silent
        )
    }

    @Test func `is as long as a decider may take to load its snapshot`() throws {
        let pool = try pool("exec sleep 1000")
        var reason: String?
        pool.settled = { load in if case .failed(let text) = load { reason = text } }
        pool.fill()

        try pass(DeciderProcess.loadTimeout) { reason != nil }

        #expect(reason == "took too long to load")
        pool.retire()
    }

    @Test func `is as long for the question that it is to answer`() throws {
        let pool = try pool("exec sleep 1000")
        var verdict: DeciderPool.Verdict?
        pool.ask(Stage.question) { verdict = $0 }

        try pass(DeciderPool.waitingTimeout) { verdict != nil }

        #expect(verdict == .undecidable(reason: "no decider was free in time"))
        pool.retire()
    }

    @Test func `is short for an answer, and the next question gets another process`() throws {
        let pool = try pool("\(Stage.readsMessage)\n\(Stage.saysLoaded) >&3\nexec sleep 1000")
        var isLoaded = false
        pool.settled = { if case .ready = $0 { isLoaded = true } }
        pool.fill()
        while !isLoaded { try reactor.turn() }
        var verdict: DeciderPool.Verdict?
        pool.ask(Stage.question) { verdict = $0 }

        try pass(DeciderProcess.answerTimeout) { verdict != nil }

        #expect(verdict == .undecidable(reason: "the decider took too long to decide"))
        pool.retire()
    }

    @Test func `comes before another decider is started, from the second loss on`() throws {
        // Gone before it is told what to load, it would be one that did not start.
        let pool = try pool("head -c 1 <&3 >/dev/null; exit 1")
        var losses = 0
        pool.lostProcess = { _ in losses += 1 }
        pool.fill()
        // The first loss is mended at once.
        while losses < 2 { try reactor.turn() }

        try pass(DeciderPool.restartPause) { !pool.hasRestartTimer }

        while losses < 3 { try reactor.turn() }
        pool.retire()
    }
}
