import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `clients other than OpenSSH's` {
    private static let hasPuTTY = Machine.has("plink") && Machine.has("puttygen")

    @Test(.enabled(if: hasPuTTY, "PuTTY is not installed"))
    func `PuTTY's plink runs a command`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await plink(lab, [], "cat; echo err >&2; exit 7")

        #expect(outcome.end == .exited(7), "\(outcome)")
        #expect(outcome.text == "input")
        #expect(outcome.errorText == "err\n")
    }

    @Test(.enabled(if: hasPuTTY, "PuTTY is not installed"))
    func `PuTTY's plink says why it gets no forward`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await plink(lab, ["-nc", "127.0.0.1:9"])

        #expect(outcome.end == .exited(1), "\(outcome)")
        let reason = "Administratively prohibited [sallyport: forwarding is not permitted; connect"
        #expect(outcome.errorText.contains(reason), "\(outcome)")
    }

    private func plink(_ lab: Lab, _ options: [String], _ command: String...) async throws
        -> Outcome
    {
        let scratch = try Scratch()
        let made = try await Command(
            "puttygen",
            [lab.key("alice"), "-O", "private", "-o", "\(scratch.path)/key.ppk"]
        ).run()
        #expect(made.succeeded, "\(made)")
        return try await Command(
            "plink",
            [
                "-ssh", "-batch", "-P", try lab.port, "-l", "\(try lab.login)@web1",
                "-i", "\(scratch.path)/key.ppk", "-hostkey", try await fingerprint(of: lab),
            ] + options + ["127.0.0.1"] + command,
            environment: ["HOME": scratch.path]
        ).reading("input").run()
    }

    private func fingerprint(of lab: Lab) async throws -> String {
        let outcome = try await Command("ssh-keygen", ["-l", "-f", "-"])
            .reading(try lab.hostKey).run()
        return outcome.text.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }

    @Test(
        .enabled(
            if: Machine.has("dbclient") && Machine.has("dropbearconvert"),
            "Dropbear's client is not installed"
        )
    )
    func `Dropbear's dbclient runs a command`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let made = try await Command(
            "dropbearconvert",
            ["openssh", "dropbear", lab.key("alice"), "\(scratch.path)/key"]
        ).run()
        #expect(made.succeeded, "\(made)")
        try scratch.write("127.0.0.1 \(try lab.hostKey)\n", to: ".ssh/known_hosts")

        let outcome = try await Command(
            "dbclient",
            [
                "-T", "-p", try lab.port, "-l", "\(try lab.login)+web1",
                "-i", "\(scratch.path)/key", "127.0.0.1", "cat; echo err >&2; exit 7",
            ],
            environment: ["HOME": scratch.path]
        ).reading("input").run()

        #expect(outcome.end == .exited(7), "\(outcome)")
        #expect(outcome.text == "input")
        #expect(outcome.errorText == "err\n")
    }

    @Test(
        .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests"),
        arguments: ["paramiko", "asyncssh"]
    )
    func `Python's run commands, send signals, follow a terminal, copy files, hear a refusal`(
        _ library: String
    ) async throws {
        let lab = try await Lab.shared()

        try await lab.withRemoteFolder { folder in
            let outcome = try await Command(
                Machine.pythonClients,
                [
                    Machine.fixture("clients/use_\(library).py"), "127.0.0.1", try lab.port,
                    "\(try lab.login)@web1", lab.key("alice"),
                    String(try lab.hostKey.split(separator: " ")[1]), folder,
                ],
                environment: Machine.givesTerminals ? [:] : ["NO_TERMINALS": "1"]
            ).run(within: .seconds(120))

            #expect(outcome.succeeded, "\(outcome)")
            #expect(outcome.text == "all as expected\n")
        }
    }

    @Test(.enabled(if: Machine.has("ansible-playbook"), "Ansible is not installed"))
    func `Ansible plays a book with pipelining on connections that it keeps`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        try scratch.write("alice.web1\nalice.db1\nalice.dev1\n", to: "hosts")

        let outcome = try await Command(
            "ansible-playbook",
            [
                "-i", "\(scratch.path)/hosts", "-e", "login=\(try lab.login)",
                Machine.fixture("clients/playbook.yaml"),
            ],
            environment: [
                "HOME": scratch.path, "ANSIBLE_PIPELINING": "1",
                "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
                "ANSIBLE_SSH_ARGS": "-F \(lab.sshConfig) -o ControlMaster=auto "
                    + "-o ControlPersist=60s",
                "ANSIBLE_SSH_CONTROL_PATH_DIR": "\(scratch.path)/c",
                "ANSIBLE_NOCOLOR": "1",
            ]
        ).run(within: .seconds(180))

        #expect(outcome.succeeded, "\(outcome)")
        #expect(outcome.text.components(separatedBy: "failed=0").count == 4)
        #expect(outcome.text.components(separatedBy: "unreachable=0").count == 4)
    }
}
