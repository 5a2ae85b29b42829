import AuditTrail
import Foundation
import PolicyEngine
import SessionProtocol
import TestSupport
import Testing

@testable import Authority

@Suite struct `a limit of ending what sessions left` {
    @Test func `is how many errands there are at once, on all targets together`() throws {
        let inventory = try World().inventory
        let login = try #require(Login("deploy"))
        var machine = EndingMachine()
        for (number, target) in inventory.targets.enumerated() {
            let transport = RemoteScript.Transport(
                client: try #require(SocketAddress(host: "192.0.2.1", port: 40_000)),
                server: try #require(SocketAddress(host: "192.0.2.1\(number)", port: 22))
            )
            let address = try #require(inventory.offered(login, on: target))
            let place = EndingMachine.Place(transport, at: address)
            for session in 1...300 { machine.added("s-\(number)-\(session)", in: place) }
        }
        var batches: [[String]] = []
        while let batch = machine.taken() { batches.append(batch) }

        #expect(batches.count == EndingMachine.atOnce)
        #expect(batches.allSatisfy { $0.count == EndingMachine.together })
        machine.errandEnded(on: inventory.targets[0].name)
        #expect(machine.taken() != nil && machine.taken() == nil)
    }

    @Test func `is what a report repeats, which nobody guesses and which fits a line`() {
        let values = (0..<100).map { _ in RemoteTask.makeValue() }
        #expect(values.allSatisfy { $0.utf8.count == 2 * RemoteTask.valueBytes })
        #expect(Set(values).count == values.count)
        #expect(values[0].utf8.count < FieldLimits.commandInput)
    }

    @Test func `is what the audit trail and the protocol agree on`() {
        #expect(CommandLimits.wrappedBytes == FieldLimits.wrappedCommandLine)
        #expect(CommandLimits.commandLineBytes == FieldLimits.commandLine)
    }

    @Test func `is how long the authority waits for them when it stops`() throws {
        let clock = ManualClock()
        let bastion = try Bastion(try World(), clock: clock)
        let services = bastion.services
        // One that a crash left is still to be ended.
        let leftover = LeftoverSession(
            id: "s-1",
            attribution: Attribution(session: "s-1", target: "web1", login: "deploy"),
            transport: TransportEnds(
                localAddress: "192.0.2.1",
                localPort: 40_000,
                peerAddress: "192.0.2.10",
                peerPort: 22
            )
        )
        let authority = Authority(
            services: services,
            settingsPath: "",
            deciderProgram: "/bin/false",
            store: try ObservedStore(bastion.store, services.metering.measurements),
            committer: GroupCommitter(store: bastion.store),
            leftovers: LeftoverEnding([leftover], services),
            signals: try SignalSource()
        )
        func isStopped() -> Bool { !services.spares.take { $0.kill() } }
        authority.drain(.seconds(5))
        #expect(!isStopped())
        clock.pass(.seconds(5))
        try services.reactor.turn(atMost: .zero)

        try clock.pass(Authority.settleTimeout, on: services.reactor) { isStopped() }
    }
}

@Suite struct `a limit of the script that ends what a session left` {
    @Test func `is how many sessions it ends, and no errand is for more`() throws {
        let ports = UInt16(1)...UInt16(RemoteScript.maximumMarks)
        #expect(
            try RemoteScript.ending(ports.map { try .unreal($0) }).marks.count
                == RemoteScript.maximumMarks
        )
        #expect(EndingMachine.together == RemoteScript.maximumMarks)
    }

    /// What the loop of the script does with one process that nothing ends, by a clock that goes so
    /// many hundredths of a second further with each look at it: nothing is looked at or ended.
    private func steps(hundredths: Int) async throws -> [String] {
        let script = try RemoteScript.ending([.unreal(1)]).text
        let stage = try #require(script.range(of: "set -- $(grep '^Uid:' $$/status); me=$2;"))
        let loop = """
            t=0; I=0; T=; A=; O=; V=; N=f00d; me=0; M=; parts() { :; }; has() { false; }
            look() { M=' 1=0'; }; nap() { echo nap; }; slay() { echo $1; }
            now() { t=$((t+\(hundredths))); }; tally() { :; }; doubt() { :; }
            \(script[stage.upperBound...])
            """
        return try await Command("dash", ["-c", loop]).run().lines
    }

    @Test func `is how often TERM is waited for, and how often is looked again`() async throws {
        let steps = try await steps(hundredths: 0)

        #expect(steps.filter { $0 == "TERM" }.count == 1)
        #expect(steps.filter { $0 == "KILL" }.count == RemoteScript.rounds)
        #expect(steps.count { $0 == "nap" } == RemoteScript.graceTenths + RemoteScript.rounds)
        #expect(steps.last == "sallyport-end f00d 0 ended=-1 left=1 uncertain=0 older=0")
    }

    @Test func `is how long TERM is waited for, and how long it goes on in all`() async throws {
        let steps = try await steps(hundredths: 100)

        // A second for each look: the next one is after two, and after five in all.
        #expect(RemoteScript.graceTenths == 20 && RemoteScript.hundredths == 500)
        #expect(
            steps.dropLast() == ["TERM", "CONT", "nap", "nap"]
                + Array(repeating: ["KILL", "nap"], count: 3).flatMap { $0 }
        )
    }
}
