import AuditTrail
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a viewer` {
    private let bastion: Bastion
    private let session: ServedSession

    /// Alice's session, which is denied and has no recording.
    init() throws {
        bastion = try Bastion(try World().edited("names: [web1, db1, new1]", "names: [db1]"))
        try bastion.signsIn(with: bastion.world.alice)
        session = try bastion.opensSession()
        bastion.reports(1, .notStarted)
        try bastion.turn { [bastion, session] in
            try bastion.entry(of: session)?.endedAt != nil
        }
    }

    private func administrator(
        _ name: String,
        _ role: Administrator.Role = .viewer
    ) throws -> Administrator {
        let principal = try #require(PrincipalName(name))
        return Administrator(account: .uid(1000), principal: principal, role: role)
    }

    private func connections(_ administrator: Administrator) throws -> [ConnectionEntry]? {
        var filter = AdminRequest.Sessions()
        filter.connection = bastion.connection.id
        guard
            case .granted(let request) = AdminPermission.check(
                .connections(filter),
                by: administrator
            )
        else { return nil }
        return AdminReading.answer(request, from: bastion.store).connections
    }

    private func missing(_ administrator: Administrator) throws -> String? {
        let found = FoundRecording(
            of: session.plan.session,
            for: administrator,
            in: bastion.store,
            bastion.services.recordings
        )
        if case .missing(let reason) = found { return reason }
        return nil
    }

    @Test func `sees its own connection by name, and nobody else's`() throws {
        #expect(try connections(administrator("human:alice"))?.count == 1)
        #expect(try connections(administrator("human:mallory")) == [])
        #expect(try connections(administrator("human:mallory", .auditor))?.count == 1)
    }

    @Test func `is not told that a session of somebody else has no recording`() throws {
        let unknown = FoundRecording.unknown(session.plan.session)
        #expect(try missing(administrator("human:mallory")) == unknown)
        for (name, role) in [("human:alice", Administrator.Role.viewer), ("human:bob", .auditor)] {
            #expect(try missing(administrator(name, role))?.contains("no recording") == true)
        }
    }
}
