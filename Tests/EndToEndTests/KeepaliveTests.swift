import Foundation
import Glibc
import TestSupport
import Testing

/// Peers that are there and say nothing, and peers that are gone and say nothing.
@Suite(.throughTurnstile)
struct `a silent peer` {
    /// The shortest interval that the settings take, in seconds.
    private static let interval = 5
    private static let settings = ["--set", "limits.keepalive=\(interval)s"]
    /// LIMIT: four intervals, and what a busy machine adds.
    private static let noticed = Duration.seconds(4 * interval + 15)

    /// A record of the audit trail: the end of a session waits for that of its command.
    private func record(_ kind: String, _ mark: String, in lab: Lab) async throws -> String {
        var found: String?
        _ = try await eventually(within: .seconds(20)) {
            let trail = try await lab.sallyport("audit", "--after", "0", "--json").run()
            found = trail.lines.last {
                $0.contains("\"kind\":\"\(kind)\"") && $0.contains(mark)
            }
            return found != nil
        }
        return try #require(found, "\(kind)")
    }

    /// The one live session.
    private func liveSession(in lab: Lab) async throws -> String {
        let live = try await lab.sallyport("sessions", "--live", "--json").run()
        return String(try #require(live.text.firstMatch(of: /s-[0-9a-z]{12}/), "\(live)").output)
    }

    @Test func `hears from the bastion every interval, the client and the target`() async throws {
        let settings = Self.settings + ["--set", "sshd.web1.LogLevel=DEBUG1"]
        try await Lab.with("keepalive", settings) { lab in
            let request = "rtype keepalive@openssh.com want_reply 1"
            let client = lab.ssh("alice.web1", "echo started; exec sleep 600", options: ["-v"])
            try await client.start { client in
                try await client.printed("started")
                // Three take 15 s; if every other one went missing, 25 s.
                try await client.reached("third keepalive", within: .seconds(22)) {
                    String(decoding: $0.errors, as: UTF8.self).ranges(of: request).count >= 3
                }
                let log = try String(contentsOfFile: "\(lab.folder)/log/web1", encoding: .utf8)
                #expect(log.ranges(of: request).count >= 2, "\(log)")
            }
        }
    }

    @Test func `of a client that asks is answered`() async throws {
        let lab = try await Lab.shared()
        let options = [
            "-vvv", "-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=1",
        ]
        try await lab.ssh("alice.web1", "echo started; exec cat", options: options)
            .readingWhatIsWritten().start { client in
                try await client.printed("started")
                try await client.reached("third answer", within: .seconds(20)) {
                    // REQUEST_SUCCESS and REQUEST_FAILURE, either of which is one.
                    String(decoding: $0.errors, as: UTF8.self)
                        .ranges(of: /receive packet: type 8[12]/).count >= 3
                }
                client.write("still here\n")
                try await client.printed("still here")
            }
    }

    @Test func `that is the client loses its session and its command, with a reason`()
        async throws
    {
        try await Lab.with("silent-client", Self.settings) { lab in
            let number = "864\(UInt32.random(in: 10_000_000...99_999_999))"
            try await lab.ssh("alice.web1", "echo started; exec sleep \(number)").start { client in
                try await client.printed("started")
                let session = try await liveSession(in: lab)
                let follower = try lab.sallyport("play", "--raw", "--follow", session)
                try await follower.start { follower in
                    try await follower.printed("started")
                    client.signal(SIGSTOP)
                    _ = try await follower.finished(within: Self.noticed)
                }
                let isGone = try await eventually(within: .seconds(10)) {
                    try !Machine.isRunning(number)
                }
                #expect(isGone, "the command is left running")
                // The client reads what was said to it, which the bastion did not wait for.
                client.signal(SIGCONT)
                let outcome = try await client.finished(within: .seconds(10))
                #expect(outcome.end == .exited(255), "\(outcome)")
                try await expectEnd(of: session, "client-silent", in: lab)
                let connection = try await record("connection-ended", "client-silent", in: lab)
                #expect(connection.contains(#""cause":"client-silent""#))
            }
        }
    }

    @Test func `that is the target loses the session, and the client is told`() async throws {
        try await Lab.with("silent-target", Self.settings) { lab in
            try await lab.ssh("alice.web1", "echo sshd is $PPID; exec sleep 600").start { client in
                try await client.printed("\n")
                let session = try await liveSession(in: lab)
                let printed = client.progress.text
                let sshd = try #require(printed.firstMatch(of: /sshd is ([0-9]+)/), "\(printed)").1
                let process = try #require(pid_t(sshd))
                // Of this connection alone; dead at the end, however the test ends.
                kill(process, SIGSTOP)
                defer { kill(process, SIGKILL) }

                let outcome = try await client.finished(within: Self.noticed)

                #expect(outcome.end == .exited(255), "\(outcome)")
                #expect(outcome.errorText.contains("it left 3 keepalives unanswered"), "\(outcome)")
                try await expectEnd(of: session, "target-silent", in: lab)
            }
        }
    }

    /// In the audit trail and in the recording.
    private func expectEnd(of session: String, _ cause: String, in lab: Lab) async throws {
        let ended = try await record("session-ended", session, in: lab)
        #expect(ended.contains(#""cause":"\#(cause)""#), "\(ended)")
        let decided = try await record("decided", session, in: lab)
        let path = try #require(decided.firstMatch(of: /"recording":"([^"]+)"/), "\(decided)").1
        let file = try String(
            contentsOfFile: "\(try lab.state)/recordings/\(path.replacing("\\/", with: "/"))",
            encoding: .utf8
        )
        #expect(file.split(separator: "\n").last?.contains(cause) == true, "\(file)")
    }
}
