import AuditTrail
import Foundation
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
            (.audit(AdminRequest.Audit()), .viewer),
            (.metrics(AdminRequest.Metrics(format: .prometheus)), .viewer),
            (.health, .viewer),
            (.locks, .auditor), (.status, .auditor),
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
            .health, .terminate(AdminRequest.Terminate(id: "c-1", reason: "lunch")),
            .lock(AdminRequest.Lock(subject: "web1", seconds: 60, reason: "fire")),
            .unlock(AdminRequest.Lock(subject: "web1")), .play(session: "s-1"),
            .examine(AdminRequest.Examine(target: "web1", login: "deploy")),
            .examine(AdminRequest.Examine(target: "web1", login: nil)),
            .metrics(AdminRequest.Metrics(format: .openMetrics)),
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
