import Foundation
import Glibc
import Logging
import MessageSockets
import Testing

@testable import Authority

@Suite struct `the admin socket` {
    private let folder: Folder
    private let reactor: Reactor
    private let path: String

    init() throws {
        folder = try Folder()
        reactor = try Reactor()
        path = "\(folder.path)/admin.sock"
    }

    private func server(
        at place: AdminSocketPlace? = nil,
        admits: @escaping (UInt32) -> Bool = { _ in true },
        handle: @escaping (AdminRequest, AdminClientConnection) -> Void
    ) throws -> AdminServer {
        let server = try CreationMask.alone {
            try AdminServer(
                at: place ?? .closed(path: path),
                on: reactor,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                admits: admits,
                handle: handle
            )
        }
        try server.start()
        return server
    }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    /// Runs what a client does on a thread of its own, and the loop until it is done.
    private func client<Value: Sendable>(
        _ body: @escaping @Sendable (Descriptor) throws -> Value
    ) throws -> Value {
        let path = path
        var result: Result<Value, any Error>?
        let ticket = reactor.expect { (given: Result<Value, any Error>?) in
            result = given
            reactor.stop()
        }
        BlockingWork(label: "test", atOnce: 1, limit: 1).run(
            {
                Result {
                    let socket = try UnixSocket.made()
                    try UnixSocket.setTimeout(until: .now + .seconds(20), of: socket)
                    try UnixSocket.connect(socket, to: path)
                    return try body(socket)
                }
            },
            fulfilling: ticket
        )
        try reactor.run()
        return try #require(result).get()
    }

    private static func write(_ text: String, to socket: Descriptor) {
        let bytes = Array(text.utf8)
        _ = unsafe send(socket.raw, bytes, bytes.count, CInt(MSG_NOSIGNAL))
    }

    /// As many lines, or as many as come.
    private static func lines(_ count: Int, of socket: Descriptor) -> [String] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            let got = unsafe read(socket.raw, &chunk, chunk.count)
            guard got > 0 else { break }
            bytes += chunk.prefix(got)
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `answers one request after the other, and tells who asks`() throws {
        var users: [UInt32?] = []
        let server = try server { request, client in
            users.append(client.userID())
            client.answer(AdminAnswer(error: "\(request.kind)"))
        }
        #expect(mode(path) == 0o600)
        let answers = try client { socket in
            [#"{"request":"status"}"#, "nonsense", #"{"request":"locks"}"#].flatMap { line in
                Self.write(line + "\n", to: socket)
                return Self.lines(1, of: socket)
            }
        }
        server.stop()

        #expect(users == [getuid(), getuid()])
        #expect(answers.first == #"{"error":"status"}"#)
        #expect(answers[1].contains("cannot be read"))
        #expect(answers.last == #"{"error":"locks"}"#)
        #expect(mode(path) == nil)
    }

    @Test func `reads nothing of whom it does not know, and says so`() throws {
        var asked = 0
        let server = try server(admits: { _ in false }, handle: { _, _ in asked += 1 })
        let lines = try client { socket in
            // Answered before it says a word.
            let lines = Self.lines(1, of: socket)
            Self.write("{\"request\":\"status\"}\n", to: socket)
            return lines + Self.lines(1, of: socket)
        }
        server.stop()

        #expect(
            lines == [
                "{\"error\":\"uid \(getuid()) is not among the `administrators` of the settings\"}"
            ]
        )
        #expect(asked == 0)
    }

    @Test func `gives no user more places than leave some for the others`() throws {
        let server = try server { _, client in client.answer(AdminAnswer()) }
        let path = path
        let answers = try client { first in
            var sockets = [first]
            for _ in 0..<9 {
                let socket = try UnixSocket.made()
                try UnixSocket.setTimeout(until: .now + .seconds(20), of: socket)
                try UnixSocket.connect(socket, to: path)
                sockets.append(socket)
            }
            return sockets.map { socket in
                Self.write("{\"request\":\"status\"}\n", to: socket)
                return Self.lines(1, of: socket).first ?? ""
            }
        }
        server.stop()

        #expect(answers.prefix(8).allSatisfy { $0 == "{}" })
        #expect(answers.suffix(2).allSatisfy { $0.contains("too many ask at once") })
    }

    @Test func `answers thousands of requests that came together, without a stack for each`() throws
    {
        let count = 3000
        // The first answer comes later, when the rest is there already.
        let server = try server { _, client in
            reactor.later { client.answer(AdminAnswer(error: "first")) }
        }
        let path = path
        let loop = Loop(reactor)
        let answers = loop.run(stackBytes: 512 * 1024) {
            let socket = try UnixSocket.made()
            try UnixSocket.setTimeout(until: .now + .seconds(60), of: socket)
            try UnixSocket.connect(socket, to: path)
            Self.write("{\"request\":\"status\"}\n", to: socket)
            Self.write(String(repeating: "x\n", count: count), to: socket)
            return Self.lines(count + 1, of: socket)
        }
        server.stop()

        #expect(answers.count == count + 1)
        #expect(answers.first == #"{"error":"first"}"#)
        #expect(answers.dropFirst().allSatisfy { $0.contains("cannot be read") })
    }

    // MARK: Where it is

    @Test func `that is open to others is in a folder that nobody else may change`() throws {
        let open = AdminSocketPlace.open(path: "\(folder.path)/run/admin.sock")
        let server = try CreationMask.alone {
            let mask = umask(0o077)
            defer { umask(mask) }
            return try self.server(at: open) { _, _ in }
        }
        #expect(mode("\(folder.path)/run") == 0o711)
        #expect(mode(open.path) == 0o666)
        server.stop()

        for others in [0o722, 0o772, 0o1777] {
            try folder.setMode(others, of: "run")
            #expect(throws: SocketError.self) { try self.server(at: open) { _, _ in } }
        }
        #expect(mode(open.path) == nil)
    }

    @Test func `takes the place of one that nobody answers at, and of nothing else`() throws {
        do {
            // As a crash leaves it.
            let socket = try UnixSocket.made()
            try UnixSocket.bind(socket, to: path)
        }
        let first = try server { _, _ in }
        #expect(throws: SocketError(call: "bind", code: EADDRINUSE)) {
            try self.server { _, _ in }
        }
        first.stop()
        try folder.write("precious", to: "admin.sock")
        #expect(throws: SocketError(call: "socket path", code: EEXIST)) {
            try self.server { _, _ in }
        }
        #expect(FileManager.default.fileExists(atPath: path))
    }
}

/// The loop on a thread with a small stack, and a client of it on another.
private final class Loop: @unchecked Sendable {
    // SAFETY: the test's thread waits while the loop's thread uses the reactor; the client's thread
    // touches the ticket, which is made for that, and `answers` before it fulfils it.
    private let reactor: Reactor
    private var answers: [String] = []

    init(_ reactor: Reactor) { self.reactor = reactor }

    func run(
        stackBytes: Int,
        _ client: @escaping @Sendable () throws -> [String]
    ) -> [String] {
        let ticket = reactor.expect { [self] (_: Bool) in reactor.stop() }
        Thread.detachNewThread { [self] in
            do { answers = try client() } catch { Issue.record(error) }
            ticket.fulfil(true)
        }
        let done = DispatchSemaphore(value: 0)
        let thread = Thread { [self] in
            do { try reactor.run() } catch { Issue.record(error) }
            done.signal()
        }
        thread.stackSize = stackBytes
        thread.start()
        done.wait()
        return answers
    }
}
