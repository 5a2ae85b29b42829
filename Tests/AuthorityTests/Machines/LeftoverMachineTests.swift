import AuditTrail
import PolicyEngine
import Testing

@testable import Authority

@Suite struct `what a crash left` {
    private static func leftover(_ id: String, on target: String) -> LeftoverSession {
        LeftoverSession(
            id: id,
            attribution: Attribution(session: id, target: target, login: "deploy"),
            transport: TransportEnds(
                localAddress: "192.0.2.1",
                localPort: 40_000,
                peerAddress: "192.0.2.10",
                peerPort: 22
            )
        )
    }

    private static func machine(_ sessions: [(id: String, target: String)]) -> LeftoverMachine {
        LeftoverMachine(sessions.map { leftover($0.id, on: $0.target) })
    }

    private static func takeAll(_ machine: inout LeftoverMachine) -> [String] {
        var taken: [String] = []
        while let leftover = machine.taken() { taken.append(leftover.id) }
        return taken
    }

    @Test func `is ended some at a time, and one target does not keep the others waiting`() {
        let slow = (1...20).map { (id: "s-slow\($0)", target: "web1") }
        let rest = (1...20).map { (id: "s-\($0)", target: "target\($0)") }
        var machine = Self.machine(slow + rest)

        #expect(
            Self.takeAll(&machine) == [
                "s-slow1", "s-slow2", "s-slow3", "s-slow4", "s-1", "s-2", "s-3", "s-4",
            ]
        )
        #expect(machine.tried("s-2", mayRetry: false) == .record)
        #expect(Self.takeAll(&machine) == ["s-5"])
        #expect(machine.tried("s-slow3", mayRetry: false) == .record)
        #expect(Self.takeAll(&machine) == ["s-slow5"])
    }

    @Test func `on a target that does not answer is tried again, four times in all`() {
        var machine = Self.machine([("s-1", "web1")])
        for pause in [2, 8, 30] {
            #expect(Self.takeAll(&machine) == ["s-1"])
            #expect(machine.tried("s-1", mayRetry: true) == .pause(.seconds(pause)))
            #expect(Self.takeAll(&machine).isEmpty)
            machine.pauseEnded("s-1")
        }
        #expect(Self.takeAll(&machine) == ["s-1"])
        #expect(machine.tried("s-1", mayRetry: true) == .record)
    }

    @Test func `holds a drain up until it is recorded, unless it waits for a target`() {
        var machine = Self.machine([("s-1", "web1")])
        #expect(machine.isBusy)
        _ = machine.taken()
        #expect(machine.isBusy)
        _ = machine.tried("s-1", mayRetry: true)
        #expect(!machine.isBusy)
        machine.pauseEnded("s-1")
        _ = machine.taken()
        _ = machine.tried("s-1", mayRetry: false)
        #expect(machine.isBusy)
        machine.recorded("s-1")
        #expect(!machine.isBusy)
    }

    @Test func `is looked for where it ran, as a login that the inventory still has`() throws {
        let inventory = try World().inventory

        let address = inventory.address(of: Self.leftover("s-1", on: "web1"))

        #expect(address?.target.name.name == "web1" && address?.login.name == "deploy")
        #expect(inventory.address(of: Self.leftover("s-1", on: "gone1")) == nil)
    }

    @Test func `is looked for by addresses in numbers alone, as they were recorded`() throws {
        let ends = Self.leftover("s-1", on: "web1").transport
        let transport = try #require(RemoteScript.Transport(ends))
        #expect(transport.mark == "192.0.2.1 40000 192.0.2.10 22")
        #expect(transport.recorded == ends)
        let forged = TransportEnds(
            localAddress: "'; reboot; '",
            localPort: 40_000,
            peerAddress: "192.0.2.10",
            peerPort: 22
        )
        #expect(RemoteScript.Transport(forged) == nil)
    }
}
