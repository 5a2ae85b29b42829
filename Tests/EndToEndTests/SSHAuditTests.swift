import Foundation
import TestSupport
import Testing

/// What `ssh-audit` finds wrong with a bastion, but for what libssh cannot do.
@Suite(.throughTurnstile, .enabled(if: Machine.has(Machine.sshAudit), "run scripts/install tests"))
struct `an audit of the protocol` {
    /// One finding: about which algorithm, how bad, and what.
    private struct Finding: Hashable {
        let algorithm: String
        let level: String
        let text: String
    }

    /// What is found and stays: libssh 0.10 has no key exchange that withstands quantum computers.
    private static let permitted = Set(
        ["curve25519-sha256", "curve25519-sha256@libssh.org", "diffie-hellman-group16-sha512"].map {
            Finding(
                algorithm: $0,
                level: "warn",
                text: "does not provide protection against post-quantum attacks"
            )
        }
    )

    @Test func `finds nothing but that libssh has no post-quantum key exchange`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await Command(
            Machine.sshAudit,
            // How fast somebody may connect is what the limits are for.
            ["-j", "--skip-rate-test", "-p", try lab.port, "127.0.0.1"]
        ).run()

        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any],
            "\(outcome)"
        )
        var found: Set<Finding> = []
        var algorithms = 0
        for kind in ["kex", "key", "enc", "mac"] {
            for entry in report[kind] as? [[String: Any]] ?? [] {
                algorithms += 1
                let algorithm = entry["algorithm"] as? String ?? ""
                for (level, texts) in entry["notes"] as? [String: [String]] ?? [:]
                where level != "info" {
                    for text in texts {
                        found.insert(Finding(algorithm: algorithm, level: level, text: text))
                    }
                }
            }
        }
        #expect(algorithms >= 12, "\(outcome)")
        #expect(found == Self.permitted, "\(outcome)")
        #expect((report["cves"] as? [Any])?.isEmpty == true, "\(outcome)")
    }
}
