import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the recording of a session` {
    /// The file of a session whose command printed `$SSH_ORIGINAL_COMMAND`, which names it.
    private func recording(of outcome: Outcome, in lab: Lab) throws -> String {
        let session = try #require(outcome.text.firstMatch(of: /s-[0-9a-z]{12}/)).output
        let recordings = "\(try lab.state)/recordings"
        let files = FileManager.default.enumerator(atPath: recordings)
        while let file = files?.nextObject() as? String {
            if file.hasSuffix("\(session).cast") { return "\(recordings)/\(file)" }
        }
        throw Lab.Failure(description: "no recording of \(session) in \(recordings)")
    }

    @Test func `plays again what was printed, in our player and in asciinema's`() async throws {
        let lab = try await Lab.shared()
        let live = try await lab.ssh(
            "alice.web1",
            "echo $SSH_ORIGINAL_COMMAND; echo ümläut; echo err >&2; exit 3"
        ).run()
        let file = try recording(of: live, in: lab)

        let raw = try await lab.sallyport("play", "--raw", file).run()
        #expect(raw.output == live.output)
        #expect(raw.errorText.hasPrefix(live.errorText))

        let shown = try await lab.sallyport("play", "--speed", "1000", file).run()
        #expect(shown.text.contains("ümläut"))
        #expect(shown.text.contains("err"))

        if Machine.has("asciinema") {
            let stock = try await Command("asciinema", ["cat", file]).run()
            #expect(stock.succeeded, "\(stock)")
            #expect(stock.text.contains("ümläut"))
            #expect(stock.text.contains("err"))
        }
    }

    @Test func `keeps bytes that are no text exactly`() async throws {
        let lab = try await Lab.shared()
        let live = try await lab.ssh(
            "alice.web1",
            "echo $SSH_ORIGINAL_COMMAND; head -c 100000 /dev/urandom"
        ).run()

        let raw = try await lab.sallyport("play", "--raw", try recording(of: live, in: lab)).run()

        #expect(raw.output == live.output)
    }

    @Test func `says who, for whom, where and what`() async throws {
        let lab = try await Lab.shared()
        let live = try await lab.ssh("copilot.db1", "echo $SSH_ORIGINAL_COMMAND").run()

        let text = try String(contentsOfFile: try recording(of: live, in: lab), encoding: .utf8)

        let header = try #require(text.split(separator: "\n").first)
        for fact in ["agent:copilot", "human:alice", "db1", try lab.login, "SSH_ORIGINAL_COMMAND"] {
            #expect(header.contains(fact))
        }
    }

    @Test func `of a terminal shows what was on it`() async throws {
        let lab = try await Lab.shared()

        let live = try await lab.ssh("alice.dev1").onTerminal(columns: 90, rows: 30)
            .start { terminal in
                terminal.write("echo $SSH_ORIGINAL_COMMAND | cut -d' ' -f2; echo on''screen\r")
                try await terminal.printed("onscreen\r\n")
                terminal.write("exit\r")
                return try await terminal.finished()
            }
        let shown = try await lab.sallyport(
            "play",
            "--speed",
            "1000",
            try recording(of: live, in: lab)
        ).run()

        #expect(shown.text.contains("onscreen"))
    }
}
