import Foundation
import PolicyEngine
import Testing

@testable import Authority

@Suite struct `the script that ends what a session left` {
    /// Addresses that no real connection has: from the block for documentation (RFC 5737).
    private static func transport(_ port: UInt16) throws -> RemoteScript.Transport {
        RemoteScript.Transport(
            client: try #require(SocketAddress(host: "203.0.113.1", port: port)),
            server: try #require(SocketAddress(host: "203.0.113.2", port: 22))
        )
    }

    private static func run(_ shell: String, _ script: RemoteScript) throws -> [UInt8] {
        try run(shell, script.text)
    }

    private static func run(_ shell: String, _ text: String) throws -> [UInt8] {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: shell)
        process.arguments = ["-c", text]
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return [UInt8](output)
    }

    /// A process of that session, and a descendant that cleared its environment.
    private static func leftover(
        _ transport: RemoteScript.Transport,
        preparing preparation: String = ":"
    ) throws -> Process {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        let text = "\(preparation); echo ready; exec >&-; env -i sleep 300; :"
        process.arguments = ["/bin/sh", "-c", text]
        process.environment = ["SSH_CONNECTION": transport.mark, "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Before that it is in our own kernel session, where the script does not look.
        #expect(try pipe.fileHandleForReading.readToEnd() == Data("ready\n".utf8))
        return process
    }

    @Test(arguments: [("/bin/dash", 40_001), ("/bin/bash", 40_002)] as [(String, UInt16)])
    func `ends its processes and their descendants, and no others`(
        _ shell: String,
        _ port: UInt16
    ) throws {
        let transport = try Self.transport(port)
        // Our own end differs in the port alone.
        let neighbours = try Self.transport(port + 1000)
        let neighbour = try Self.leftover(neighbours)
        let process = try Self.leftover(transport)

        let output = try Self.run(shell, .ending(transport))

        let report = try #require(RemoteReport.ending(in: output))
        #expect(report.ended >= 1)
        #expect(report.left == 0)
        process.waitUntilExit()
        #expect(neighbour.isRunning)
        _ = try Self.run(shell, .ending(neighbours))
        neighbour.waitUntilExit()
    }

    @Test func `waits two seconds for what ignores TERM, however slow the target is`() throws {
        let transport = try Self.transport(40_006)
        let process = try Self.leftover(transport, preparing: "trap '' TERM")
        // As where `sleep` knows whole seconds only.
        let text = RemoteScript.ending(transport).text.replacing("sleep 0.1", with: "sleep 1")

        let began = ContinuousClock.now
        let report = RemoteReport.ending(in: try Self.run("/bin/dash", text))

        // Twenty naps of a second would be twenty seconds.
        #expect(.now - began < .seconds(15))
        #expect(report?.ended == 2)
        #expect(report?.left == 0)
        process.waitUntilExit()
    }

    @Test func `finds nothing where nothing is left`() throws {
        let output = try Self.run("/bin/dash", .ending(try Self.transport(40_003)))
        let report = try #require(RemoteReport.ending(in: output))
        #expect(report == (0, 0))
    }

    @Test func `signals the leader's process group only with names of RFC 4254`() throws {
        let transport = try Self.transport(40_004)
        #expect(RemoteScript.signalling("STOP", transport) == nil)
        #expect(RemoteScript.signalling("TERM; reboot", transport) == nil)
        let script = try #require(RemoteScript.signalling("TERM", transport))
        let output = try Self.run("/bin/dash", script)
        #expect(RemoteReport.signalling(in: output) == 0)
    }

    @Test func `runs on the machine where the session ran, wherever the target's name leads now`()
        throws
    {
        let target = try #require(
            TargetName("web1").flatMap(try World().inventory.target(named:))
        )
        let command = try RemoteCommand.termination(
            .ending(try Self.transport(40_005)),
            on: target
        )

        #expect(target.address.host.description == "192.0.2.10")
        #expect(command.destination(on: target) == ("203.0.113.2", 22))
    }

    @Test func `reports by its own line, whatever a start-up file printed before`() {
        let output = Array("Welcome!\nsallyport-end ended=3 left=1\n".utf8)
        #expect(RemoteReport.ending(in: output)?.ended == 3)
        #expect(RemoteReport.ending(in: output)?.left == 1)
        #expect(RemoteReport.ending(in: Array("sallyport-end ended=x left=1".utf8)) == nil)
        #expect(RemoteReport.ending(in: []) == nil)
    }
}
