import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `examining an installation` {
    private func made(
        _ body: (Scratch, (String...) async throws -> (Outcome, Health)) async throws -> Void
    ) async throws {
        let scratch = try Scratch()
        let directory = "\(scratch.path)/bastion"
        try await LoneTarget.initialize(directory)
        try await body(scratch) { (arguments: String...) in
            let outcome = try await LoneTarget.sallyport(
                ["doctor", "--json", "--config", "\(directory)/sallyport.yaml"] + arguments
            ).run()
            return (outcome, try Health(outcome))
        }
    }

    @Test func `that init made finds no error`() async throws {
        try await made { _, examine in
            let (outcome, health) = try await examine()

            #expect(!health.complaints.contains { $0.hasPrefix("error") }, "\(health)")
            #expect(outcome.end == .exited(health.level == "ok" ? 0 : 1), "\(outcome)")
            #expect(health.text(of: "session-program").contains("is ready, libssh"))
            #expect(health.text(of: "decide-program").contains("loads the inventory"))
        }
    }

    @Test func `that serves finds itself at its port`() async throws {
        let lab = try await Lab.shared()
        let health = try Health(try await lab.sallyport("doctor", "--json").run())

        #expect(health.text(of: "listen").contains("is served by this bastion"), "\(health)")
        #expect(health.text(of: "serving").contains("a bastion serves"), "\(health)")
        // Other tests of this lab leave commands on purpose, so either word may be true.
        #expect(health.text(of: "endings").contains("last day"), "\(health)")
    }

    @Test func `finds keys and directories that others may read`() async throws {
        try await made { scratch, examine in
            let files = FileManager.default
            for (name, mode) in [
                ("keys/host_ed25519", 0o644), ("state", 0o755), ("inventory.d", 0o777),
            ] {
                try files.setAttributes(
                    [.posixPermissions: mode],
                    ofItemAtPath: "\(scratch.path)/bastion/\(name)"
                )
            }
            try files.removeItem(atPath: "\(scratch.path)/bastion/keys/ca_ed25519")
            let (outcome, health) = try await examine()
            let complaints = health.complaints

            for subject in ["host-key", "certificate-authority", "state-directory"] {
                #expect(complaints.contains("error \(subject)"), "\(health)")
            }
            #expect(outcome.end == .exited(2))
            #expect(health.findings.allSatisfy { ($0.remedy == nil) == ($0.level == "ok") })
        }
    }

    @Test func `finds settings and an inventory that are refused, with their places`() async throws
    {
        try await made { scratch, examine in
            try scratch.write("targets: {web1: {}}\n", to: "bastion/inventory.d/x.yaml")
            let (_, inventory) = try await examine()
            #expect(inventory.text(of: "inventory").contains("x.yaml:1"), "\(inventory)")
            try scratch.write("listne: []\n", to: "bastion/sallyport.yaml")
            let (outcome, settings) = try await examine()

            #expect(settings.complaints.contains("error settings"), "\(settings)")
            #expect(outcome.end == .exited(2))
        }
    }

    @Test func `finds programs that are not there, or are others`() async throws {
        try await made { _, examine in
            let (_, missing) = try await examine("--session-program", "/nonexistent")
            let (_, other) = try await examine(
                "--session-program",
                "/bin/true",
                "--decide-program",
                "/bin/false"
            )

            #expect(missing.complaints.contains("error session-program"), "\(missing)")
            #expect(other.complaints.contains("error session-program"), "\(other)")
            #expect(other.complaints.contains("error decide-program"), "\(other)")
        }
    }

    @Test func `finds a port that is somebody else's`() async throws {
        try await LoneTarget.with { target in
            let text = try String(contentsOfFile: target.settings, encoding: .utf8)
            try target.scratch.write(
                text.replacing("127.0.0.1:0", with: target.address),
                to: "bastion/sallyport.yaml"
            )
            let health = try Health(try await target.sallyport("doctor", "--json").run())

            #expect(health.complaints.contains("error listen"), "\(health)")
        }
    }
}
