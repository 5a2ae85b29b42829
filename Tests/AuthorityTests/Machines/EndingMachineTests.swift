import AuditTrail
import PolicyEngine
import Testing

@testable import Authority

@Suite struct `what ended sessions left` {
    private static func transport(_ port: UInt16, _ server: String) throws -> RemoteScript.Transport
    {
        RemoteScript.Transport(
            client: try #require(SocketAddress(host: "192.0.2.1", port: port)),
            server: try #require(SocketAddress(host: server, port: 22))
        )
    }

    private static func place(_ server: String = "192.0.2.10") throws -> EndingMachine.Place {
        let inventory = try World().inventory
        let target = try #require(TargetName("web1").flatMap(inventory.target(named:)))
        let login = try #require(Login("deploy"))
        let address = try #require(inventory.offered(login, on: target))
        return EndingMachine.Place(try transport(40_000, server), at: address)
    }

    @Test func `is ended together where it is in one place`() throws {
        let (here, there) = (try Self.place(), try Self.place("192.0.2.11"))
        var machine = EndingMachine()
        for number in 1...150 { machine.added("s-\(number)", in: number == 2 ? there : here) }

        let batches = [machine.taken(), machine.taken(), machine.taken(), machine.taken()]

        #expect(batches.map { $0?.count } == [64, 1, 64, 21])
        #expect(batches[1] == ["s-2"])
        #expect(machine.taken() == nil)
    }

    @Test func `is ended by few errands on one target, whatever waits`() throws {
        let place = try Self.place()
        var machine = EndingMachine()
        for number in 1...400 { machine.added("s-\(number)", in: place) }

        var batches: [[String]] = []
        while let batch = machine.taken() { batches.append(batch) }
        #expect(batches.count == EndingMachine.atOnceOnTarget)

        machine.errandEnded(on: place.target)
        for session in batches[0] { #expect(machine.tried(session, mayRetry: false) == .record) }
        #expect(machine.taken()?.count == 64)
        #expect(machine.taken() == nil)
    }

    @Test func `on a target that does not answer is tried again, four times in all`() throws {
        let place = try Self.place()
        var machine = EndingMachine()
        machine.added("s-1", in: place)
        for pause in [2, 8, 30] {
            #expect(machine.taken() == ["s-1"])
            machine.errandEnded(on: place.target)
            #expect(machine.tried("s-1", mayRetry: true) == .pause(.seconds(pause)))
            #expect(machine.taken() == nil)
            machine.pauseEnded("s-1")
        }
        #expect(machine.taken() == ["s-1"])
        machine.errandEnded(on: place.target)
        #expect(machine.tried("s-1", mayRetry: true) == .record)
    }

    @Test func `holds a drain up, unless it waits for a target`() throws {
        let place = try Self.place()
        var machine = EndingMachine()
        #expect(!machine.isBusy)
        machine.added("s-1", in: place)
        #expect(machine.isBusy)
        _ = machine.taken()
        #expect(machine.isBusy)
        machine.errandEnded(on: place.target)
        _ = machine.tried("s-1", mayRetry: true)
        #expect(!machine.isBusy)
        machine.pauseEnded("s-1")
        #expect(machine.isBusy)
        _ = machine.taken()
        _ = machine.tried("s-1", mayRetry: false)
        #expect(!machine.isBusy)
    }

    @Test func `is said to be ended only where nothing is left and nothing in doubt`() {
        typealias Ending = RemoteReport.Ending
        #expect(RemoteEndings.outcome(Ending()).remoteEnd == .exited)
        #expect(RemoteEndings.outcome(Ending(ended: 2)).remoteEnd == .ended)
        #expect(
            RemoteEndings.outcome(Ending(ended: 2, uncertain: 1)).remoteEnd
                == .uncertain(processes: 1)
        )
        #expect(
            RemoteEndings.outcome(Ending(ended: 2, left: 3, uncertain: 1)).remoteEnd
                == .left(processes: 3)
        )
        #expect(RemoteEndings.outcome(nil).remoteEnd == .unreachable)
        #expect(
            RemoteEndings.outcome(Ending(older: 1)).detail
                == "1 of an older session were left alone"
        )
        // The report of an earlier attempt was lost.
        #expect(RemoteEndings.outcome(Ending(), isFirst: false).remoteEnd == .ended)
    }

    @Test func `after a crash is looked for where it ran, as a login that the inventory has`()
        throws
    {
        let inventory = try World().inventory

        let address = inventory.address(of: Self.leftover(on: "web1"))

        #expect(address?.target.name.name == "web1" && address?.login.name == "deploy")
        #expect(inventory.address(of: Self.leftover(on: "gone1")) == nil)
    }

    @Test func `after a crash is looked for by addresses in numbers alone, as recorded`() throws {
        let ends = Self.leftover(on: "web1").transport
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

    private static func leftover(on target: String) -> LeftoverSession {
        LeftoverSession(
            id: "s-1",
            attribution: Attribution(session: "s-1", target: target, login: "deploy"),
            transport: TransportEnds(
                localAddress: "192.0.2.1",
                localPort: 40_000,
                peerAddress: "192.0.2.10",
                peerPort: 22
            )
        )
    }
}
