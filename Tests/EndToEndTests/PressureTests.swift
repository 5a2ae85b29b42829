import Foundation
import TestSupport
import Testing

/// Peers that do not read, and connections that change their keys under load.
@Suite(.throughTurnstile)
struct `a connection under pressure` {
    /// LIMIT: what a session process may hold, in KiB of resident memory: its own few MiB and, for
    /// each direction, what libssh and the relay buffer.
    private static let residentKiB = 40 * 1024

    /// The largest of all session processes, which the one under pressure is.
    private func expectBounded(_ lab: Lab) throws {
        let resident = try #require(try lab.largestResidentKiB())
        #expect(resident > 0 && resident < Self.residentKiB, "\(resident) KiB")
    }

    @Test func `keeps its memory bounded while the client does not read`() async throws {
        let lab = try await Lab.shared()
        // The reader waits for a line on the test's own input before it takes anything.
        let pipeline =
            "exec 3<&0; ssh -n -F \(lab.sshConfig) alice.web1 'head -c 100000000 /dev/zero'"
            + " | { read -r go <&3; wc -c; }"
        try await Command("bash", ["-c", pipeline])
            .readingWhatIsWritten().start { client in
                // Long enough for 300 MB to cross if nothing held them back.
                let stalled = try await eventually(within: .seconds(8)) {
                    try expectBounded(lab)
                    return false
                }
                #expect(!stalled)
                client.write("go\n")
                client.closeInput()
                let outcome = try await client.finished(within: .seconds(240))
                #expect(outcome.text.contains("100000000"), "\(outcome)")
            }
    }

    @Test func `keeps its memory bounded while the program does not read`() async throws {
        let lab = try await Lab.shared()
        let pipeline =
            "head -c 100000000 /dev/zero | ssh -F \(lab.sshConfig) alice.web1 'sleep 6; wc -c'"
        try await Command("bash", ["-c", pipeline]).start { client in
            _ = try await eventually(within: .seconds(5)) {
                try expectBounded(lab)
                return false
            }
            let outcome = try await client.finished(within: .seconds(240))
            #expect(outcome.text.contains("100000000"), "\(outcome)")
        }
    }

    @Test func `carries both directions through new keys asked for by everybody`() async throws {
        let settings = ["--set", "sshd.web1.RekeyLimit=1M", "--set", "limits.rekey-bytes=1MiB"]
        try await Lab.with("rekey", settings) { lab in
            let bytes = randomBytes(12 << 20)
            let outcome = try await lab.ssh(
                "alice.web1",
                "cat",
                options: ["-o", "RekeyLimit=1M"]
            ).reading(bytes).run()
            #expect(outcome.output == bytes)
        }
    }
}
