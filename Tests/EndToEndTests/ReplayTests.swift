import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the recording of a session` {
    /// A text that finds the session whose command it stands in.
    private func newMark() -> String { "mark\(UInt64.random(in: .min ... .max))" }

    /// What `sallyport sessions` says of the one session with this text in its command.
    private func session(with mark: String, in lab: Lab) async throws -> Session {
        let list = try await lab.sallyport("sessions", "--json", "--limit", "1000").run()
        try #require(list.succeeded, "\(list)")
        let line = try #require(list.lines.first { $0.contains(mark) }, "\(list)")
        return try JSONDecoder().decode(Session.self, from: Data(line.utf8))
    }

    private struct Session: Decodable {
        let id: String
        let principal: String
        /// Below the folder of the recordings.
        let recording: String
    }

    @Test func `plays again what was printed`() async throws {
        let lab = try await Lab.shared()
        let mark = newMark()
        let live = try await lab.ssh(
            "alice.web1",
            ": \(mark); echo ümläut; echo err >&2; exit 3"
        ).run()
        let session = try await session(with: mark, in: lab)

        let raw = try await lab.sallyport("play", "--raw", session.id).run()
        let shown = try await lab.sallyport("play", "--speed", "1000", session.id).run()

        #expect(raw.output == live.output)
        #expect(raw.errorText.hasPrefix(live.errorText))
        #expect(shown.text.contains("ümläut"))
        #expect(shown.text.contains("err"))
    }

    @Test func `that is none is told apart from a file that is missing`() async throws {
        let lab = try await Lab.shared()
        let typo = try await lab.sallyport("play", "s-nosuch").run()
        let unknown = try await lab.sallyport("play", "s-000000000000").run()

        #expect(typo.errorText.contains("`s-nosuch` is no file here, and no session"), "\(typo)")
        #expect(unknown.errorText.contains("no session is called `s-000000000000`"))
    }

    @Test(.enabled(if: Machine.has("asciinema"), "asciinema is not installed"))
    func `plays in the player that everybody has`() async throws {
        let lab = try await Lab.shared()
        let mark = newMark()
        _ = try await lab.ssh("alice.web1", ": \(mark); echo ümläut; echo err >&2").run()
        let session = try await session(with: mark, in: lab)
        let file = "\(try lab.state)/recordings/\(session.recording)"

        let home = try Scratch()

        // It wants a terminal and a home, whatever it does.
        let stock = try await Command("asciinema", ["cat", file], environment: ["HOME": home.path])
            .onTerminal().run()

        #expect(stock.succeeded, "\(stock)")
        #expect(stock.text.contains("ümläut"))
        #expect(stock.text.contains("err"))
    }

    @Test func `keeps bytes that are no text exactly`() async throws {
        let lab = try await Lab.shared()
        let mark = newMark()
        let live = try await lab.ssh("alice.web1", ": \(mark); head -c 100000 /dev/urandom").run()

        let session = try await session(with: mark, in: lab)
        let raw = try await lab.sallyport("play", "--raw", session.id).run()

        #expect(live.output.count == 100_000)
        #expect(raw.output == live.output)
    }

    @Test func `says who, for whom, where and what`() async throws {
        let lab = try await Lab.shared()
        let mark = newMark()
        _ = try await lab.ssh("copilot.db1", "echo \(mark)").run()
        let session = try await session(with: mark, in: lab)

        let file = "\(try lab.state)/recordings/\(session.recording)"
        let text = try String(contentsOfFile: file, encoding: .utf8)

        let header = try #require(text.split(separator: "\n").first)
        #expect(session.principal == "agent:copilot")
        for fact in ["agent:copilot", "human:alice", "db1", try lab.login, "echo \(mark)"] {
            #expect(header.contains(fact), "\(header)")
        }
    }

    @Test(.enabled(if: Machine.givesTerminals, Machine.noTerminals))
    func `of a terminal shows what was on it`() async throws {
        let lab = try await Lab.shared()
        let mark = newMark()

        _ = try await lab.ssh("alice.dev1").onTerminal(columns: 90, rows: 30).start { terminal in
            terminal.write("echo on''screen \(mark)\r")
            try await terminal.printed("onscreen")
            terminal.write("exit\r")
            return try await terminal.finished()
        }
        let found = try await Command(
            "grep",
            ["-rl", mark, "\(try lab.state)/recordings"]
        ).run()
        let shown = try await lab.sallyport(
            "play",
            "--speed",
            "1000",
            try #require(found.lines.first)
        ).run()

        #expect(shown.text.contains("onscreen \(mark)"))
    }

    @Test func `of a transfer has its size and digest, and no byte of the file`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let mark = newMark()
        let content = "content \(mark)"
        let file = try scratch.write(content, to: "named-\(mark)")
        let digest = try await Command("sha256sum").reading(content).run()

        try await lab.withRemoteFolder { folder in
            let copied = try await Command(
                "scp",
                ["-F", lab.sshConfig, "-s", file, "alice.web1:\(folder)/named-\(mark)"]
            ).run()
            #expect(copied.succeeded, "\(copied)")
        }
        let found = try await Command(
            "grep",
            ["-rh", "named-\(mark)", "\(try lab.state)/recordings"]
        ).run()

        #expect(found.text.contains(String(digest.text.prefix(64))), "\(found)")
        #expect(found.text.contains("\(content.utf8.count)"))
        #expect(!found.text.contains(content))
    }
}
