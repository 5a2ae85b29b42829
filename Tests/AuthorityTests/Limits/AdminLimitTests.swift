import Foundation
import Glibc
import Logging
import MessageSockets
import Testing

@testable import Authority

@Suite struct `a limit of the admin socket` {
    private let folder: Folder
    private let reactor: Reactor
    private let server: AdminServer
    private var path: String { folder.path + "/admin.sock" }

    init() throws {
        folder = try Folder()
        reactor = try Reactor()
        server = try AdminServer(
            at: .closed(path: folder.path + "/admin.sock"),
            on: reactor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            admits: { _ in true },
            handle: { request, client in client.answer(AdminAnswer(error: "\(request.kind)")) }
        )
        try server.start()
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
        let clients = try (0..<AdminLimits.clientsOfOneUser).map { _ in try client() }
        let next = try client()
        #expect(clients.allSatisfy { heard($0) == "" })
        #expect(heard(next)?.contains("too many ask at once") == true)
        server.stop()
    }

    @Test func `is how long a request is`() throws {
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
}
