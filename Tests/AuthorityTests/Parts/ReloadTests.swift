import AuditTrail
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a connection over a reload` {
    /// The same as a reload does once the files are read and the deciders have them.
    private func reload(_ bastion: Bastion, _ world: World) {
        let services = bastion.services
        services.snapshot = Bastion.snapshot(
            world,
            state: services.snapshot.settings.stateDirectory
        )
        services.refreshIdentification()
        bastion.connection.recheck()
    }

    @Test func `asks for its next session with the roles and the owner of now`() throws {
        let world = try World()
        let bastion = try Bastion(world)
        try bastion.signsIn(with: world.copilot)
        let before = try bastion.opensSession(1)
        #expect(before.plan.principal.roles.map(\.name) == ["sre"])

        reload(
            bastion,
            try world.edited("roles: [sre]\nprincipals:", "principals:")
                .edited(
                    "owner: human:alice\n    roles: [sre]",
                    "owner: human:mallory\n    roles: [ops]"
                )
        )
        let after = try bastion.opensSession(2)

        #expect(after.plan.principal.roles.map(\.name) == ["ops"])
        #expect(after.plan.attribution.onBehalfOf == "human:mallory")
        #expect(bastion.connection.attribution.onBehalfOf == "human:mallory")
        #expect(before.plan.attribution.onBehalfOf == "human:alice")
    }
}
