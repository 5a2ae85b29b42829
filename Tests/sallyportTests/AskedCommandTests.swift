import ArgumentParser
import PolicyEngine
import Recording
import ShellSyntax
import Testing

@testable import sallyport

@Suite struct `a command that was asked about` {
    private func read(
        _ line: String,
        _ options: String...
    ) throws -> (bytes: [UInt8], situation: CommandSituation)? {
        let reader = AskedCommandReader(options: try SituationOptions.parse(options)) { _, _ in
            KnownSituation(roles: Set([Role("sre")].compactMap(\.self)))
        }
        return try reader.read(try JSONParser.parse(Array(line.utf8)[...]))
    }

    @Test func `is read from a record of the audit trail`() throws {
        let line =
            #"{"event":{"command":{"text":"df -h"},"environment":["#
            + #"{"name":"LANG","value":{"text":"C"}}],"hasTerminal":true,"number":1,"#
            + #""request":"exec"},"kind":"session-opened","login":"app","#
            + #""onBehalfOf":"human:ana","principal":"agent:copilot","session":"s-1","#
            + #""target":"web1","time":"2026-07-01T12:00:00.250000Z"}"#
        let (bytes, situation) = try #require(try read(line))
        #expect(bytes == Array("df -h".utf8))
        #expect(situation.context.principal == PrincipalName("agent:copilot"))
        #expect(situation.context.onBehalfOf == PrincipalName("human:ana"))
        #expect(situation.context.target == TargetName("web1"))
        #expect(situation.context.login == Login("app"))
        #expect(situation.context.unixSeconds == 1_782_907_200)
        #expect(situation.context.roles.map(\.name) == ["sre"])
        #expect(situation.hasTerminal)
        #expect(situation.environment.map(\.name) == ["LANG"])
    }

    @Test func `is read from a session, and not where only its beginning is kept`() throws {
        let session =
            #"{"principal":"human:ana","target":"web1","request":"exec","#
            + #""openedAt":"2026-07-01T12:00:00.000000Z","command":{"base64":"/w==","text":"x"},"#
        #expect(try read(session + #""commandBytes":1}"#)?.bytes == [0xFF])
        #expect(throws: AskedCommandReader.Flaw.cutCommand) {
            try read(session + #""commandBytes":2}"#)
        }
    }

    @Test func `is what the options say where the line does not`() throws {
        let line = #"{"command":"df","principal":"human:bo"}"#
        let (_, situation) = try #require(
            try read(line, "--as", "human:ana", "--target", "db1", "--label", "env=x")
        )
        #expect(situation.context.principal == PrincipalName("human:bo"))
        #expect(situation.context.target == TargetName("db1"))
        #expect(situation.context.labels == ["env": "x"])
        #expect(situation.context.login == Login("deploy"))
    }

    @Test(arguments: [
        (#"{"command":"df"}"#, AskedCommandReader.Flaw.missing("principal", option: "--as")),
        (#"{"principal":"human:ana"}"#, .noCommand),
        (#"{"command":"df","principal":"ana"}"#, .malformed("principal")),
        (
            #"{"command":"df","principal":"human:ana","time":"noon","target":"a"}"#,
            .malformed("time")
        ),
    ])
    func `is refused where it is none`(_ line: String, _ flaw: AskedCommandReader.Flaw) {
        #expect(throws: flaw) { try read(line) }
    }

    @Test(arguments: ["shell", "subsystem"])
    func `is not there where no command line was sent`(_ request: String) throws {
        #expect(try read(#"{"event":{"request":"\#(request)","command":{"text":""}}}"#) == nil)
    }
}
