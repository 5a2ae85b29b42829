import AuditTrail
import Foundation
import Glibc
import Logging
import MessageSockets
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a role` {
    private func outcome(
        _ role: Administrator.Role,
        _ request: AdminRequest
    ) throws -> AdminPermission.Outcome {
        let principal = try #require(PrincipalName("human:alice"))
        return AdminPermission.check(
            request,
            by: Administrator(account: .uid(1000), principal: principal, role: role)
        )
    }

    private func isGranted(_ role: Administrator.Role, _ request: AdminRequest) throws -> Bool {
        if case .granted = try outcome(role, request) { true } else { false }
    }

    @Test func `may do what those before it may, and no more`() throws {
        let table: [(AdminRequest, Administrator.Role)] = [
            (.sessions(AdminRequest.Sessions()), .viewer), (.play(session: "s-1"), .viewer),
            (.audit(AdminRequest.Audit()), .viewer), (.locks, .auditor), (.status, .auditor),
            (.terminate(AdminRequest.Terminate(id: "s-1", reason: nil)), .operator),
            (.lock(AdminRequest.Lock(subject: "web1")), .operator),
            (.unlock(AdminRequest.Lock(subject: "web1")), .operator),
            (.examine(AdminRequest.Examine(target: "web1", login: nil)), .operator),
            (.reload, .administrator),
        ]
        for (request, least) in table {
            for role in Administrator.Role.allCases {
                #expect(try isGranted(role, request) == (role >= least))
            }
        }
    }

    @Test func `of a viewer sees its own and its agents' sessions only`() throws {
        var filter = AdminRequest.Sessions()
        guard case .granted(.sessions(let own)) = try outcome(.viewer, .sessions(filter)) else {
            Issue.record("a viewer may see its own")
            return
        }
        #expect(own.principal == "human:alice")
        filter.principal = "human:bob"
        #expect(try !isGranted(.viewer, .sessions(filter)))
        #expect(try isGranted(.auditor, .sessions(filter)))
        filter.principal = nil
        filter.onBehalfOf = "human:alice"
        #expect(try isGranted(.viewer, .sessions(filter)))
        filter.onBehalfOf = "human:bob"
        #expect(try !isGranted(.viewer, .sessions(filter)))
    }
}

@Suite struct `an admin request` {
    @Test func `reads back as it was written`() throws {
        var sessions = AdminRequest.Sessions()
        sessions.live = true
        sessions.since = Timestamp(secondsSince1970: 1_800_000_000)
        var audit = AdminRequest.Audit()
        audit.kinds = [.locked]
        let requests: [AdminRequest] = [
            .sessions(sessions), .connections(sessions), .audit(audit), .locks, .reload, .status,
            .terminate(AdminRequest.Terminate(id: "c-1", reason: "lunch")),
            .lock(AdminRequest.Lock(subject: "web1", seconds: 60, reason: "fire")),
            .unlock(AdminRequest.Lock(subject: "web1")), .play(session: "s-1"),
            .examine(AdminRequest.Examine(target: "web1", login: "deploy")),
            .examine(AdminRequest.Examine(target: "web1", login: nil)),
        ]
        for request in requests {
            let line = [UInt8](try AdminCoding.encoder().encode(request))
            #expect(try AdminCoding.request(line) == request)
        }
    }

    @Test func `is refused where it is none`() {
        for line in ["", "{}", "[]", #"{"request":"shutdown"}"#, #"{"request":"play"}"#] {
            #expect(throws: (any Error).self) { try AdminCoding.request(Array(line.utf8)) }
        }
    }
}

@Suite struct `a reason that somebody gives` {
    @Test func `fits the text for the client whatever is in it`() {
        for text in ["\u{1}", "\u{10FFFF}", "🦊"] {
            let reason = String(repeating: text, count: 1024)
            let shown =
                "by `human:\(String(repeating: "a", count: 122))`: "
                + Administration.bounded(reason)
            #expect(ClientText.ended(shown).utf8.count <= FieldLimits.refusalText)
        }
        #expect(Administration.bounded("lunch") == "lunch")
    }
}

@Suite struct `the admin socket` {
    /// Asks line after line on a thread of its own, as a client would.
    private static func ask(_ path: String, _ lines: [String]) -> [String] {
        do {
            let socket = try UnixSocket.made()
            try UnixSocket.setTimeout(until: .now + .seconds(10), of: socket)
            try UnixSocket.connect(socket, to: path)
            var answers: [String] = []
            for line in lines {
                let bytes = Array("\(line)\n".utf8)
                _ = unsafe write(socket.raw, bytes, bytes.count)
                var answer: [UInt8] = []
                var byte: UInt8 = 0
                while unsafe read(socket.raw, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
                    answer.append(byte)
                }
                answers.append(String(decoding: answer, as: UTF8.self))
            }
            return answers
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `answers one request after the other, and tells who asks`() throws {
        let reactor = try Reactor()
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("admin-\(UUID().uuidString.prefix(8)).sock").path
        var users: [UInt32?] = []
        let server = try AdminServer(at: path, on: reactor, logger: Logger(label: "test")) {
            request,
            client in
            users.append(client.userID())
            client.answer(AdminAnswer(error: "\(request.kind)"))
        }
        try server.start()
        var status = stat()
        #expect(unsafe stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        var answers: [String]?
        let work = BlockingWork(label: "test", atOnce: 1, limit: 1)
        let ticket = reactor.expect { (result: [String]?) in
            answers = result
            reactor.stop()
        }
        work.run(
            { Self.ask(path, [#"{"request":"status"}"#, "nonsense", #"{"request":"locks"}"#]) },
            fulfilling: ticket
        )
        try reactor.run()
        server.stop()

        #expect(users == [getuid(), getuid()])
        #expect(answers?.first == #"{"error":"status"}"#)
        #expect(answers?[1].contains("cannot be read") == true)
        #expect(answers?.last == #"{"error":"locks"}"#)
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
