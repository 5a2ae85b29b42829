import AuditTrail
import Foundation
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite(.enabled(if: ProcessRoom.canBeMade, ProcessRoom.reason))
struct `the script that ends what a session left` {
    private let room: ProcessRoom

    init() throws { room = try ProcessRoom() }

    private static let value = "f00d"

    /// Ends sessions, in a kernel session of its own as sshd gives each command one.
    private func end(
        _ marks: [RemoteScript.Mark],
        _ shell: String = "/bin/dash",
        changing change: (String) -> String = { $0 }
    ) throws -> [RemoteReport.Ending?] {
        let text = change(RemoteScript.ending(marks).text)
        let output = try room.run(text, by: shell, reading: Self.value)
        return RemoteReport.endings(of: marks.count, in: output, value: Self.value)
    }

    /// A process of that session, and a descendant that cleared its environment.
    private func leftover(
        _ transport: RemoteScript.Transport,
        preparing preparation: String = ":"
    ) throws -> Process {
        let text = "\(preparation); echo ready; exec >&-; env -i sleep 300; :"
        let process = room.process(["setsid", "/bin/sh", "-c", text])
        let pipe = Pipe()
        process.environment = ["SSH_CONNECTION": transport.mark, "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Before that it is in our own kernel session, where the script does not look.
        #expect(try pipe.fileHandleForReading.read(upToCount: 6) == Data("ready\n".utf8))
        return process
    }

    @Test(arguments: [("/bin/dash", 40_001), ("/bin/bash", 40_002)] as [(String, UInt16)])
    func `ends its processes and their descendants, and no others`(
        _ shell: String,
        _ port: UInt16
    ) throws {
        // Our own end differs in the port alone.
        let neighbour = try leftover(try .unreal(port + 1000))
        let process = try leftover(try .unreal(port))

        let report = try #require(try end([try .unreal(port)], shell)[0])

        #expect(report.ended >= 1)
        #expect(report.left == 0)
        process.waitUntilExit()
        #expect(neighbour.isRunning)
        _ = try end([try .unreal(port + 1000)])
        neighbour.waitUntilExit()
    }

    @Test func `ends many sessions at once, and says of each how it went`() throws {
        let ports = (UInt16(43_000)..<43_064).map { $0 }
        let processes = try ports.prefix(5).map { try leftover(try .unreal($0)) }

        let reports = try end(try ports.map { try .unreal($0) })

        #expect(reports.count == 64)
        for report in reports.prefix(5) { #expect(report?.ended == 2 && report?.left == 0) }
        for report in reports.dropFirst(5) { #expect(report?.ended == 0) }
        for process in processes { process.waitUntilExit() }
    }

    @Test func `finds them too where grep does not know entries that end in NUL`() throws {
        let process = try leftover(try .unreal(40_008))
        let reports = try end([try .unreal(40_008)]) {
            $0.replacing("grep -azxF", with: "grep --no-such-option")
        }
        #expect(reports[0]?.ended == 2)
        process.waitUntilExit()
    }

    @Test func `leaves alone what is older than the transport, of whose port it has the mark`()
        throws
    {
        let process = try leftover(try .unreal(40_007))

        // As if the transport was to begin a minute from now.
        let reports = try end([try .unreal(40_007, .seconds(-60))])

        #expect(reports[0]?.ended == 0)
        #expect(try #require(reports[0]?.older) >= 1)
        #expect(process.isRunning)
        _ = try end([try .unreal(40_007, .seconds(60))])
        process.waitUntilExit()
    }

    @Test func `waits two seconds for what ignores TERM, however slow the target is`() throws {
        let process = try leftover(
            try .unreal(40_006),
            preparing: "trap '' TERM"
        )

        let began = ContinuousClock.now
        // As where `sleep` knows whole seconds only.
        let report = try end([try .unreal(40_006)]) {
            $0.replacing("sleep 0.1", with: "sleep 1")
        }[0]

        // Twenty naps of a second would be twenty seconds.
        #expect(.now - began < .seconds(15))
        #expect(report?.ended == 2)
        #expect(report?.left == 0)
        process.waitUntilExit()
    }

    @Test func `finds nothing where nothing is left`() throws {
        let report = try #require(try end([try .unreal(40_003)])[0])
        #expect(report.ended == 0 && report.left == 0)
    }

    @Test func `signals the leader's process group only with names of RFC 4254`() throws {
        let mark = try RemoteScript.Mark.unreal(40_004)
        #expect(RemoteScript.signalling("STOP", mark) == nil)
        #expect(RemoteScript.signalling("TERM; reboot", mark) == nil)
        let script = try #require(RemoteScript.signalling("TERM", mark))
        let output = try room.run(script.text, by: "/bin/dash", reading: Self.value)
        #expect(RemoteReport.signalling(in: output, value: Self.value) == 0)
    }
}

@Suite struct `what is asked of a target about what a session left` {
    private static let value = "f00d"

    @Test func `runs on the machine where the session ran, wherever the target's name leads now`()
        throws
    {
        let target = try #require(
            TargetName("web1").flatMap(try World().inventory.target(named:))
        )
        let command = try RemoteCommand.termination(
            .ending([try .unreal(40_005)]),
            of: ["s-1"],
            telling: Self.value,
            on: target
        )

        #expect(target.address.host.description == "192.0.2.10")
        #expect(command.destination(on: target) == ("203.0.113.2", 22))
    }

    @Test func `looks as a session does to what runs before it, and fits a command line`() throws {
        let target = try #require(
            TargetName("web1").flatMap(try World().inventory.target(named:))
        )
        let marks = try (UInt16(44_000)..<44_064).map { try RemoteScript.Mark.unreal($0) }
        let command = try RemoteCommand.termination(
            .ending(marks),
            of: ["s-1"],
            telling: Self.value,
            on: target
        )

        guard case .exec(let commandLine) = command.program else {
            Issue.record("it asks for something else")
            return
        }
        let text = String(decoding: commandLine, as: UTF8.self)
        #expect(text.wholeMatch(of: /sallyport s-[0-9A-Za-z]{12}/) != nil)
        #expect(command.forceCommand.count < 32 * 1024)
        #expect(!String(decoding: command.forceCommand, as: UTF8.self).contains(Self.value))
    }

    @Test func `reports by its own lines, whatever a start-up file printed before`() {
        let text = """
            Welcome!
            sallyport-end 0 ended=1 left=0 uncertain=0 older=0
            sallyport-end beef 0 ended=1 left=0 uncertain=0 older=0
            sallyport-end f00d 0 ended=3 left=1 uncertain=0 older=2
            sallyport-end f00d 2 ended=x left=1 uncertain=0 older=0
            sallyport-end f00d 7 ended=1 left=1 uncertain=0 older=0

            """
        let reports = RemoteReport.endings(of: 3, in: Array(text.utf8), value: "f00d")
        #expect(reports == [.init(ended: 3, left: 1, older: 2), nil, nil])
    }

    @Test func `takes the greater of two ages, and a margin`() {
        let began = TransportAge(
            monotonicNanoseconds: 5_000_000_000,
            wall: Timestamp(secondsSince1970: 1000)
        )
        let later = Timestamp(secondsSince1970: 1003)
        // The machine stood still for a second.
        #expect(began.greatest(atMonotonic: 7_000_000_000, wall: later) == .seconds(13))
        // The clock was set back.
        let earlier = Timestamp(secondsSince1970: 900)
        #expect(began.greatest(atMonotonic: 7_000_000_000, wall: earlier) == .seconds(12))
    }
}
