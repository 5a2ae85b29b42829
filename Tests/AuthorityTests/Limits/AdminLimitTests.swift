import Foundation
import Glibc
import Logging
import MessageSockets
import Synchronization
import Testing

@testable import Authority

@Suite struct `a limit of the admin socket` {
    private let folder: Folder
    private let clock = ManualClock()
    private let reactor: Reactor
    private var path: String { folder.path + "/admin.sock" }

    init() throws {
        folder = try Folder()
        reactor = try clock.reactor()
    }

    private func server(
        logger: Logger = .silent,
        identify: @escaping (Descriptor) -> UInt32? = UnixSocket.userID,
        admits: @escaping (UInt32) -> Bool = { _ in true }
    ) throws -> AdminServer {
        let server = try CreationMask.alone {
            try AdminServer(
                at: .closed(path: path),
                on: reactor,
                logger: logger,
                identify: identify,
                admits: admits,
                handle: { request, client in
                    client.answer(AdminAnswer(error: "\(request.kind)"))
                }
            )
        }
        try server.start()
        return server
    }

    /// A client whose connection the server has seen.
    private func client() throws -> Descriptor {
        let socket = try UnixSocket.made()
        try UnixSocket.connect(socket, to: path)
        try reactor.turn(atMost: .seconds(10))
        return socket
    }

    /// What the server has sent; nil where it has closed the connection.
    private func heard(_ socket: Descriptor) -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(socket.raw, &bytes, bytes.count, CInt(MSG_DONTWAIT))
        if count < 0 { return errno == EAGAIN ? "" : nil }
        return count == 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    @Test func `is how many of one user are served at once`() throws {
        let server = try server()
        let clients = try (0..<AdminLimits.clientsOfOneUser).map { _ in try client() }
        let next = try client()
        #expect(clients.allSatisfy { heard($0) == "" })
        #expect(heard(next)?.contains("too many ask at once") == true)
        server.stop()
    }

    @Test func `is how many are served at once, whoever they are`() throws {
        // As many of each user as one may be.
        var seen: UInt32 = 0
        let server = try server(identify: { _ in
            defer { seen += 1 }
            return 1000 + seen / UInt32(AdminLimits.clientsOfOneUser)
        })
        var clients = try (0..<AdminLimits.clients).map { _ in try client() }
        let next = try client()
        #expect(clients.allSatisfy { heard($0) == "" })
        #expect(heard(next)?.contains("too many ask at once") == true)

        // One of them leaves, and the next one is served.
        clients.removeLast()
        try reactor.turn(atMost: .seconds(10))
        #expect(heard(try client()) == "")
        server.stop()
    }

    @Test func `is how long a request is`() throws {
        let server = try server()
        func answer(_ count: Int) throws -> String? {
            let socket = try client()
            let request = Array(#"{"request":"status"}"#.utf8)
            let blanks = [UInt8](repeating: 32, count: count - request.count - 1)
            let line = request + blanks + [10]
            let sent = unsafe send(socket.raw, line, line.count, 0)
            #expect(sent == line.count)
            while true {
                try reactor.turn(atMost: .seconds(10))
                if heardNothing(socket) { continue }
                return heard(socket)
            }
        }
        #expect(try answer(AdminLimits.requestBytes)?.contains("status") == true)
        #expect(try answer(AdminLimits.requestBytes + 1) == nil)
        server.stop()
    }

    private func heardNothing(_ socket: Descriptor) -> Bool {
        var byte: UInt8 = 0
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_PEEK)
        return unsafe recv(socket.raw, &byte, 1, flags) < 0 && errno == EAGAIN
    }

    @Test func `is how long a client is silent, and each answer begins that anew`() throws {
        let server = try server()
        let socket = try client()
        clock.pass(AdminLimits.idleTimeout - .nanoseconds(1))
        let request = Array("{\"request\":\"status\"}\n".utf8)
        #expect(unsafe send(socket.raw, request, request.count, 0) == request.count)
        try reactor.turn(atMost: .seconds(10))
        #expect(heard(socket)?.contains("status") == true)

        try clock.pass(AdminLimits.idleTimeout, on: reactor) { heard(socket) == nil }
        server.stop()
    }

    @Test func `is how often the log tells of strangers, with how many there were`() throws {
        let log = LogLines()
        let server = try server(logger: log.logger, admits: { _ in false })
        for _ in 0..<3 { _ = try client() }
        #expect(log.messages == ["a stranger asked"])

        try clock.pass(AdminLimits.strangerPause, on: reactor) { log.messages.count > 1 }

        #expect(log.messages == ["a stranger asked", "strangers asked"])
        _ = try client()
        #expect(log.messages.last == "a stranger asked")
        server.stop()
    }
}

@Suite struct `a limit of what an administrator is answered` {
    /// What a client makes of an answer with so many bytes.
    private func answered(_ count: Int) throws -> AdminError? {
        let folder = try Folder()
        let path = "\(folder.path)/admin.sock"
        let listener = try UnixSocket.made()
        try UnixSocket.bind(listener, to: path)
        try #require(listen(listener.raw, 1) == 0)
        let client = try AdminClient(socketPath: path)
        let server = Descriptor(adopting: accept(listener.raw, nil, nil))
        let frame = Array(#"{"error":"#.utf8) + [34, 34, 125, 10]
        let text = [UInt8](repeating: 97, count: count - frame.count)
        let line = frame.dropLast(3) + text + frame.suffix(3)
        Thread.detachNewThread {
            var rest = ArraySlice(line)
            while !rest.isEmpty {
                let sent = unsafe rest.withUnsafeBytes {
                    unsafe send(server.raw, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
                }
                // The client has had enough.
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }
        do throws(AdminError) {
            _ = try client.ask(.status)
            return nil
        } catch {
            return error
        }
    }

    @Test func `is how long it is, and a longer one is not read`() throws {
        guard case .refused(let text) = try answered(AdminLimits.answerBytes) else {
            Issue.record("it is not read")
            return
        }
        #expect(text.utf8.count > AdminLimits.answerBytes - 100)
        let limit = "it exceeds \(AdminLimits.answerBytes) bytes"
        #expect(try answered(AdminLimits.answerBytes + 1) == .malformed(reason: limit))
    }

    @Test func `is how long a reason is, and a longer one is cut with a mark`() {
        let most = String(repeating: "r", count: AdminLimits.reasonCharacters)
        #expect(Administration.bounded(most) == most)
        #expect(Administration.bounded(most + "r") == most.dropLast() + "…")
    }
}
