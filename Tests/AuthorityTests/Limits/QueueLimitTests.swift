import Foundation
import Glibc
import Logging
import MessageSockets
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a queue of the authority` {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `of messages takes as many as it may hold`() throws {
        let reactor = try Reactor()
        let (ours, theirs) = try MessageSocket.pair()
        let outgoing = OutgoingMessages(to: MessageSocket(adopting: ours), on: reactor)
        var sent = 0
        let error = #expect(throws: SocketError.self) {
            while true {
                try outgoing.send([1], [])
                sent += 1
            }
        }
        #expect(error?.code == EAGAIN)
        // What the kernel took of them does not wait here.
        let process = MessageSocket(adopting: theirs)
        while case .message = try process.receive() { sent -= 1 }
        #expect(sent == OutgoingMessages.maximumWaitingMessages)
        outgoing.cancel()
    }

    @Test func `of questions denies the next one at once`() throws {
        let pool = DeciderPool(
            program: "/bin/false",
            snapshot: try Descriptor(duplicating: STDERR_FILENO),
            version: 1,
            size: 1,
            on: try Reactor(),
            logger: logger
        )
        var verdicts: [DeciderPool.Verdict] = []
        func ask(_ number: Int) {
            pool.ask(.sample(number: UInt64(number))) { verdicts.append($0) }
        }
        for number in 0..<DeciderPool.maximumWaiting { ask(number) }
        #expect(verdicts.isEmpty)
        ask(DeciderPool.maximumWaiting)
        #expect(verdicts == [.undecidable(reason: "too many questions wait")])
    }

    @Test func `of clients without a process refuses the next one`() throws {
        let spares = SpareProcesses(
            program: "/nonexistent/program",
            wanted: 1,
            on: try Reactor(),
            logger: logger
        )
        for _ in 0..<SpareProcesses.maximumWaiting { #expect(spares.take { _ in }) }
        #expect(!spares.take { _ in })
        spares.stop()
    }

    @Test func `of jobs refuses the next one`() throws {
        let reactor = try Reactor()
        let work = BlockingWork(label: "test", atOnce: 1, limit: Services.helperJobs)
        let gate = DispatchSemaphore(value: 0)
        let hasBegun = DispatchSemaphore(value: 0)
        var (done, refused) = (0, 0)
        func run(_ job: @escaping @Sendable () -> Void) {
            let ticket = reactor.expect { (value: Bool?) in
                if value == nil { refused += 1 } else { done += 1 }
                if done + refused == Services.helperJobs + 2 { reactor.stop() }
            }
            work.run(
                {
                    job()
                    return true
                },
                fulfilling: ticket
            )
        }
        run {
            hasBegun.signal()
            gate.wait()
        }
        hasBegun.wait()
        for _ in 0...Services.helperJobs { run {} }
        gate.signal()
        try reactor.run()
        #expect(done == Services.helperJobs + 1 && refused == 1)
    }

    @Test func `of broken questions forgets the oldest when there is one too many`() {
        var denied = DeniedDigests()
        for number in 0..<DeniedDigests.maximumCount {
            denied.insert(Array("\(number)".utf8), at: 0)
        }
        #expect(denied.contains(Array("0".utf8), at: 0))
        denied.insert(Array("more".utf8), at: 0)
        #expect(!denied.contains(Array("0".utf8), at: 0))
    }
}

@Suite struct `the log of a process` {
    private let reactor: Reactor
    private let write: Descriptor
    private let log: ChildLog

    init() throws {
        reactor = try Reactor()
        let (read, write) = try ChildLog.pipe()
        self.write = write
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        log = ChildLog(reading: read, on: reactor, logger: logger)
        try log.start()
    }

    private func says(_ bytes: [UInt8]) throws {
        let count = unsafe Glibc.write(write.raw, bytes, bytes.count)
        #expect(count == bytes.count)
        try reactor.turn(atMost: .seconds(10))
    }

    @Test func `has so many lines and no more`() throws {
        for _ in 0..<ChildLog.maximumLines - 1 { try says([97, 10]) }
        #expect(log.lines == ChildLog.maximumLines - 1)
        try says([97, 10, 97, 10])
        #expect(log.lines == ChildLog.maximumLines)
    }

    @Test func `has no more of them with another release, which goes on in the midst of one`()
        throws
    {
        for _ in 0..<ChildLog.maximumLines - 2 { try says([97, 10]) }
        try says([97, 98])
        let handed = log.handed
        let next = ChildLog(
            adopting: HandedLog(
                descriptor: try Descriptor(duplicating: handed.descriptor).surrender(),
                lines: handed.lines,
                line: handed.line
            ),
            on: reactor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        #expect(next.line == [97, 98])
        let bytes: [UInt8] = [99, 10, 97, 10, 97, 10]
        #expect(unsafe Glibc.write(write.raw, bytes, bytes.count) == bytes.count)
        next.finish()
        #expect(next.lines == ChildLog.maximumLines)
    }

    @Test func `has lines of so many bytes, the rest of one is dropped`() throws {
        try says([UInt8](repeating: 97, count: ChildLog.maximumLineBytes))
        #expect(log.line.count == ChildLog.maximumLineBytes)
        try says([98])
        #expect(log.line.count == ChildLog.maximumLineBytes)
        try says([10, 99])
        #expect(log.line == [99])
    }

    @Test func `is read for so long in a row and then others have their turn`() throws {
        let turn = ChildLog.chunksInARow * 4096
        try says([UInt8](repeating: 97, count: turn - 1) + [10])
        #expect(log.lines == 1)
        try says([UInt8](repeating: 97, count: turn) + [10])
        #expect(log.lines == 1)
        try reactor.turn(atMost: .seconds(10))
        #expect(log.lines == 2)
    }
}
