import AuditTrail
import Glibc
import Logging
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a process that makes a forbidden system call` {
    @Test func `is in the audit trail with what it did, and so is its connection`() throws {
        let bastion = try Bastion(try World())
        try bastion.signsIn(with: bastion.world.alice)
        kill(bastion.connection.process.processID, SIGSYS)
        try bastion.turn { bastion.connection.isDone }
        try bastion.turn { try !bastion.records(.connectionEnded).isEmpty }

        guard case .processDied(let died) = try bastion.records(.processDied).first?.event,
            case .connectionEnded(let ended) = try bastion.records(.connectionEnded).first?.event
        else { return #expect(Bool(false), "there is no record of it") }
        #expect(died.process == .session)
        #expect(died.detail.contains("made a forbidden system call"))
        #expect(ended.cause == .processDied)
        #expect(ended.detail?.contains("made a forbidden system call") == true)
    }

    @Test func `is there too where it had already said farewell`() throws {
        let bastion = try Bastion(try World())
        try bastion.signsIn(with: bastion.world.alice)
        bastion.says(.connectionEnded(.clientClosed, detail: ""))
        kill(bastion.connection.process.processID, SIGSYS)
        try bastion.turn { bastion.connection.isDone }
        try bastion.turn { try !bastion.records(.connectionEnded).isEmpty }

        #expect(try bastion.records(.processDied).count == 1)
    }

    @Test func `is there too where it has no client, with the target it was for`() throws {
        let folder = try Folder()
        let ready = SessionRequest.ready(version: ProtocolTable.version, library: "none")
        let says = "printf '\(Stage.octal(ready.encoded()))' >&3"
        try folder.makeScript("\(says)\n\(Stage.readsMessage)\nkill -SYS $$", named: "session")
        let target = try SilentTarget()
        let world = try World().edited("192.0.2.10:22", "\(target.address)")
        let bastion = try Bastion(world, spare: "\(folder.path)/session")
        bastion.services.spares.fill()
        let found = try #require(TargetName("web1").flatMap(world.inventory.target(named:)))
        let login = try #require(Login("deploy"))
        var outcome: RemoteErrand.Outcome?
        RemoteErrand.run(
            RemoteCommand(
                forceCommand: Array("true".utf8),
                program: .shell,
                purpose: .probe,
                timeout: .seconds(30)
            ),
            at: try #require(world.inventory.offered(login, on: found)),
            about: Attribution(target: "web1", login: "deploy"),
            bastion.services
        ) { outcome = $0 }

        try bastion.turn { try outcome != nil && !bastion.records(.processDied).isEmpty }

        let record = try #require(try bastion.records(.processDied).first)
        #expect(record.attribution.target == "web1")
        guard case .processDied(let died) = record.event else { return }
        #expect(died.detail.contains("made a forbidden system call"))
    }

    @Test func `is there too where it serves nobody yet`() throws {
        let folder = try Folder()
        try folder.makeScript("kill -SYS $$", named: "session")
        let reactor = try Reactor()
        let spares = SpareProcesses(
            program: "\(folder.path)/session",
            wanted: 1,
            on: reactor,
            logger: .silent
        )
        var ends: [ChildProcess.End] = []
        spares.madeForbiddenCall = { ends.append($0) }
        spares.fill()
        let deadline = ContinuousClock.now + .seconds(30)
        while ends.isEmpty, .now < deadline { try reactor.turn(atMost: .milliseconds(20)) }
        spares.stop()

        #expect(ends.allSatisfy(\.isForbiddenCall) && !ends.isEmpty)
    }

    @Test func `is told from one that was killed otherwise`() {
        #expect(ChildProcess.End(status: SIGSYS).isForbiddenCall)
        for status in [SIGKILL, SIGSEGV, SIGSYS << 8] {
            #expect(!ChildProcess.End(status: status).isForbiddenCall)
            #expect(!ChildProcess.End(status: status).description.contains("forbidden"))
        }
    }
}
