import Logging
import Testing

@testable import Authority

@Suite struct `the spare session processes` {
    @Test func `keep nobody waiting for ever when none becomes ready`() throws {
        let folder = try Folder()
        try folder.makeScript("exec sleep 1000", named: "session")
        let reactor = try Reactor()
        let spares = SpareProcesses(
            program: "\(folder.path)/session",
            wanted: 1,
            waitingTimeout: .milliseconds(20),
            on: reactor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        // As a client's socket is held by what waits for a process.
        weak var weakSocket: Held?
        var givenUp = 0
        do {
            let socket = Held()
            weakSocket = socket
            let isTaken = spares.take { _ in
                withExtendedLifetime(socket) { _ = Issue.record("none was ready") }
            } gaveUp: {
                givenUp += 1
            }
            #expect(isTaken)
        }
        #expect(weakSocket != nil)

        let deadline = ContinuousClock.now + .seconds(30)
        while givenUp == 0, .now < deadline { try reactor.turn(atMost: .milliseconds(20)) }
        spares.stop()

        #expect(givenUp == 1)
        #expect(weakSocket == nil)
    }

    private final class Held {}
}
