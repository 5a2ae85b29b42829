import Foundation
import TestSupport
import Testing

/// An attacker who owns the process that reads the network, against the authority that does not
/// believe it: a program between the two changes what an honest session process says.
@Suite(.throughTurnstile)
struct `a session process that lies` {
    /// One lie, who signs in while it is told, and what the audit trail says of it.
    struct Told: Sendable, CustomStringConvertible {
        let lie: String
        var client = "alice"
        let finding: String

        var description: String { lie }
    }

    static let lies = [
        Told(lie: "another-key", client: "mallory", finding: "signature of a sign-in"),
        Told(lie: "another-user", finding: "signature of a sign-in"),
        Told(lie: "replayed-signature", client: "mallory", finding: "signature of a sign-in"),
        Told(lie: "second-exchange-hash", client: "mallory", finding: "signature of a sign-in"),
        Told(lie: "other-targets-proof", finding: "for something else than the certificate"),
        Told(lie: "second-use", finding: "`signUserAuthentication` is not permitted"),
        Told(lie: "session-before-sign-in", finding: "`openSession` is not permitted"),
        Told(lie: "malformed", finding: "a message cannot be read"),
    ]

    /// The programs of a bastion whose session processes lie as the file `lie` says.
    private func makePrograms(in scratch: Scratch) throws {
        // Links, not copies: a file that was just written may be open in a program that another test
        // is starting, and then cannot be executed. So the folder is on the programs' file system.
        for name in ["sallyport", "sallyport-decide"] {
            try link("\(Lab.programs)/\(name)", as: "\(scratch.path)/\(name)")
        }
        try link(
            "\(Machine.repository)/.build/debug/lying-session",
            as: "\(scratch.path)/sallyport-session"
        )
        try tell("remember", in: scratch)
    }

    /// The same file under another name; a program finds the ones beside it by its own.
    private func link(_ path: String, as other: String) throws {
        let file = URL(filePath: path).resolvingSymlinksInPath()
        try FileManager.default.linkItem(at: file, to: URL(filePath: other))
    }

    private func tell(_ lie: String, in scratch: Scratch) throws {
        try scratch.write("\(lie)\n\(Lab.programs)/sallyport-session\n", to: "lie")
    }

    private func findings(_ lab: Lab) async throws -> [String] {
        try await lab.sallyport("audit", "--kind", "protocol-violation", "--json").run().lines
    }

    @Test func `is ended, audited, and runs nothing`() async throws {
        let scratch = try Scratch(in: "\(Machine.repository)/.build")
        try makePrograms(in: scratch)
        try await Lab.with("liar", programs: scratch.path) { lab in
            let honest = try await lab.ssh("alice.web1", "echo ran").run()
            #expect(honest.text == "ran\n", "\(honest)")

            for told in Self.lies {
                let before = try await findings(lab).count
                try tell(told.lie, in: scratch)
                let outcome = try await lab.ssh("\(told.client).web1", "echo ran").run()
                #expect(outcome.end == .exited(255), "\(told): \(outcome)")
                #expect(!outcome.text.contains("ran"), "\(told): \(outcome)")

                let after = try await findings(lab)
                // The process that ends what the session left lies as well, once it signs in.
                #expect(after.count > before, "\(told): \(after)")
                #expect(
                    after[..<(after.count - before)].contains { $0.contains(told.finding) },
                    "\(told): \(after)"
                )
            }

            try tell("remember", in: scratch)
            let again = try await lab.ssh("alice.web1", "echo ran").run()
            #expect(again.text == "ran\n", "\(again)")
        }
    }

    @Test func `is refused with the proof of another target's host key`() async throws {
        let scratch = try Scratch(in: "\(Machine.repository)/.build")
        try makePrograms(in: scratch)
        try await Lab.with("liar-target", programs: scratch.path) { lab in
            let remembered = try await lab.ssh("alice.dev1", "true").run()
            #expect(remembered.succeeded, "\(remembered)")

            try tell("other-targets-proof", in: scratch)
            let outcome = try await lab.ssh("alice.web1", "echo ran").run()
            #expect(!outcome.succeeded && !outcome.text.contains("ran"), "\(outcome)")
            #expect(outcome.errorText.contains("host key"), "\(outcome)")
        }
    }

    /// It has the recording open from before the upgrade, and writes after it.
    @Test(arguments: [false, true])
    func `is ended where it writes to the recording of a session that is over`(
        _ isUpgraded: Bool
    ) async throws {
        let scratch = try Scratch(in: "\(Machine.repository)/.build")
        try makePrograms(in: scratch)
        let name = isUpgraded ? "later-writer" : "late-writer"
        try await Lab.with(name, programs: scratch.path) { lab in
            try tell("writes-behind-end", in: scratch)
            let options = [
                "-o", "ControlMaster=auto", "-o", "ControlPath=\(lab.folder)/c",
                "-o", "ControlPersist=yes",
            ]
            let first = try await lab.ssh("alice.web1", "echo ran", options: options).run()
            #expect(first.text == "ran\n", "\(first)")
            let isOver = try await eventually(within: .seconds(20)) {
                try await lab.sallyport("audit", "--kind", "session-ended", "--json").run()
                    .lines.count == 1
            }
            #expect(isOver)
            if isUpgraded { try await lab.upgraded(toThe: 1) }
            #expect(try await findings(lab).isEmpty)

            let second = try await lab.ssh("alice.web1", "sleep 60", options: options).run()
            #expect(!second.succeeded, "\(second)")
            let found = try await findings(lab)
            #expect(found.count == 1, "\(found)")
            #expect(found.first?.contains("behind its end") == true, "\(found)")
        }
    }

    /// Only root may read the memory of a process that is not dumpable.
    @Test(.enabled(if: Machine.isRoot, "needs root"))
    func `finds no private key in its memory`() async throws {
        let lab = try await Lab.shared()
        let marker = "sleep 863\(UInt32.random(in: 10_000_000...99_999_999))"
        try await lab.ssh("alice.web1", "echo started; \(marker)").start { client in
            try await client.printed("started")
            let keys = URL(filePath: try lab.settings).deletingLastPathComponent()
                .appending(path: "keys")
            let search = try await Command(
                "/usr/bin/python3",
                [
                    Machine.fixture("find-in-memory.py"), "\(Lab.programs)/sallyport-session",
                    keys.appending(path: "host_ed25519").path,
                    keys.appending(path: "ca_ed25519").path,
                ]
            ).run()
            #expect(search.succeeded, "\(search)")
            // At least the spares and this session's own were read, and each was seen to hold the
            // public half of the host key or none: a search that reads nothing finds nothing.
            #expect(search.text.contains("public half found"), "\(search)")
            #expect(search.text.contains("no private key"), "\(search)")
        }
    }
}
