import Glibc
import MessageSockets
import Testing

@testable import Authority

@Suite struct `a process that is not heard for a while` {
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

    @Test func `is heard with all that it said once it may speak again`() throws {
        let process = try speaker("\(Self.reads); printf later >&3; \(Self.reads)")
        var heard: [String] = []
        var end: ChildProcess.End?
        process.received = { heard.append(String(decoding: $0.bytes, as: UTF8.self)) }
        process.ended = { end = $0 }
        #expect(process.pause())
        #expect(process.pause(), "again")
        try process.send(Array("speak".utf8))
        // It has spoken when it is there to be read.
        var entry = pollfd(fd: process.control.raw, events: Int16(POLLIN), revents: 0)
        try #require(unsafe poll(&entry, 1, 30_000) == 1)
        try reactor.turn(atMost: .zero)
        #expect(heard.isEmpty)

        try process.resume()
        try turn { !heard.isEmpty }
        #expect(heard == ["later"])
        process.kill()
        try turn { end != nil }
    }

    @Test func `is heard to its last word when it ends meanwhile`() throws {
        let process = try speaker("printf farewell >&3")
        var heard: [String] = []
        var end: ChildProcess.End?
        process.received = { heard.append(String(decoding: $0.bytes, as: UTF8.self)) }
        process.ended = { end = $0 }
        #expect(process.pause())
        #expect(process.handed != nil || end != nil)
        try turn { end != nil }
        #expect(heard == ["farewell"])
        #expect(process.handed == nil)
        try process.resume()
    }

    @Test func `goes on with whoever takes it over`() throws {
        let process = try speaker("\(Self.reads) >&3; \(Self.reads)")
        #expect(process.pause())
        let handed = try #require(process.handed)
        // What another release gets are its own numbers of the same sockets.
        let successor = try ChildProcess(
            adopting: HandedConnection.Process(
                id: handed.id,
                control: Descriptor(duplicating: handed.control).surrender(),
                log: Descriptor(duplicating: handed.log).surrender()
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
}
