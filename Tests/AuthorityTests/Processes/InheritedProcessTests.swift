import Glibc
import MessageSockets
import Synchronization
import Testing

@testable import Authority

@Suite struct `a process that another release started` {
    private let folder: Folder
    private let reactor: Reactor

    init() throws {
        folder = try Folder()
        reactor = try Reactor()
    }

    /// One message, whole.
    private static let reads = "dd bs=64 count=1 <&3 2>/dev/null"

    private func speaker(_ script: String) throws -> ChildProcess {
        try folder.makeScript(script, named: "speaker")
        return try ChildProcess(
            program: "\(folder.path)/speaker",
            on: reactor,
            logger: .silent
        )
    }

    private func turn(until condition: () -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while !condition(), .now < deadline { try reactor.turn(atMost: .milliseconds(20)) }
        #expect(condition())
    }

    @Test func `goes on with whoever takes it over`() throws {
        let process = try speaker("\(Self.reads) >&3; \(Self.reads)")
        #expect(process.hasItsOrders)
        let handed = try #require(process.handed)
        // What another release gets are its own numbers of the same sockets.
        let successor = try ChildProcess(
            adopting: HandedConnection.Process(
                id: handed.id,
                control: Descriptor(duplicating: handed.control).surrender(),
                log: HandedLog(
                    descriptor: Descriptor(duplicating: handed.log.descriptor).surrender(),
                    lines: handed.log.lines,
                    line: handed.log.line
                )
            ),
            on: reactor,
            logger: .silent
        )
        var heard: [String] = []
        var end: ChildProcess.End?
        successor.received = { heard.append(String(decoding: $0.bytes, as: UTF8.self)) }
        successor.ended = { end = $0 }
        try successor.send(Array("hello".utf8))
        try turn { !heard.isEmpty }
        #expect(heard == ["hello"])
        successor.kill()
        // One of the two waits for it.
        try turn { end != nil || process.end != nil }
    }

    @Test func `is ended and waited for where nobody needs it`() throws {
        var process: pid_t = 0
        let arguments: [UnsafeMutablePointer<CChar>?] = unsafe [
            strdup("sleep"), strdup("600"), nil,
        ]
        defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
        try #require(unsafe posix_spawnp(&process, "sleep", nil, nil, arguments, environ) == 0)
        try ChildProcess.end(orphan: process, on: reactor)
        #expect(ChildProcess.living.withLock { $0.contains(process) })
        try turn { !ChildProcess.living.withLock { $0.contains(process) } }
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }
}
