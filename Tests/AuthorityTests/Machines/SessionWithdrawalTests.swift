import AuditTrail
import PolicyEngine
import SSHKeys
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a session that was admitted` {
    private let world: World
    private let plan: SessionPlan
    private let admitted: AdmittedSession

    init() throws {
        world = try World()
        plan = try world.plan()
        guard case .admitted(let admitted) = world.judge(plan) else {
            throw CancellationError()
        }
        self.admitted = admitted
    }

    private func withdrawal(
        in world: World,
        provedBy hostKey: Ed25519SigningKey? = nil
    ) -> SessionWithdrawal? {
        SessionWithdrawal(
            of: admitted.address,
            to: plan,
            provedBy: hostKey.map { [$0.publicKeyBlob] } ?? admitted.pinnedKeys,
            begunAt: world.moment,
            inventory: world.inventory,
            locks: world.locks,
            at: world.moment
        )
    }

    @Test func `goes on while nothing of it is taken back`() throws {
        #expect(withdrawal(in: world, provedBy: world.webHost) == nil)
        #expect(withdrawal(in: world) == nil)
        let other = try world.revoking(World.line(world.databaseHost))
        #expect(withdrawal(in: other, provedBy: world.webHost) == nil)
    }

    @Test func `ends with its grant, its target, or a lock of that`() throws {
        for (old, new) in [
            ("logins: [deploy]\n    requests", "logins: [deploy]\n    requests: [sftp] #"),
            ("names: [web1, db1, new1]", "names: [db1]"),
        ] {
            let cause = withdrawal(in: try world.edited(old, new), provedBy: world.webHost)?.cause
            #expect(cause == .removed)
        }
        var locked = world
        locked.locks.lock(.target("web1"), until: nil, reason: "maintenance")
        #expect(withdrawal(in: locked, provedBy: world.webHost)?.cause == .locked)
    }

    @Test func `ends when its principal acts for another owner`() throws {
        let plan = try world.plan(by: world.copilot)
        guard case .admitted(let admitted) = world.judge(plan) else {
            Issue.record("it was not admitted")
            return
        }
        func withdrawal(in world: World) -> SessionWithdrawal? {
            SessionWithdrawal(
                of: admitted.address,
                to: plan,
                provedBy: admitted.pinnedKeys,
                begunAt: world.moment,
                inventory: world.inventory,
                locks: world.locks,
                at: world.moment
            )
        }
        #expect(withdrawal(in: world) == nil)
        let later = try world.edited("owner: human:alice", "owner: human:mallory")
        #expect(withdrawal(in: later)?.cause == .removed)
    }

    @Test(arguments: [false, true])
    func `ends when the host key that its target proved is revoked or not pinned any more`(
        isProved: Bool
    ) throws {
        let hostKey = isProved ? world.webHost : nil
        let fingerprint = SSHKeys.Fingerprint(of: world.webHost.publicKey).description
        for later in [
            try world.revoking(World.line(world.webHost)), try world.revoking(fingerprint),
            try world.edited(World.line(world.webHost), World.line(.generate())),
        ] {
            let withdrawal = withdrawal(in: later, provedBy: hostKey)
            #expect(withdrawal?.cause == .removed)
            #expect(withdrawal?.reason.contains("host key") == true)
        }
    }

    @Test func `goes on where a host key was added to the one that its target proved`() throws {
        let line = "\"\(World.line(world.webHost))\""
        let later = try world.edited(line, "\(line), \"\(World.line(.generate()))\"")
        #expect(withdrawal(in: later, provedBy: world.webHost) == nil)
        #expect(withdrawal(in: later) == nil)
    }
}
