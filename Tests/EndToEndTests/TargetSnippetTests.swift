import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the snippet of a target` {
    /// The snippet, with files of the target in the scratch folder.
    private func install(_ target: LoneTarget) async throws -> String {
        let key = "\(target.scratch.path)/sallyport_ca.pub"
        let outcome = try await target.sallyport(
            "target",
            "snippet",
            "web1",
            "--ca-path",
            key
        ).run()
        try #require(outcome.succeeded, "\(outcome)")
        // The commands in its head are for root of the target; the first one as it stands there.
        let first = try #require(outcome.lines.first { $0.contains("echo 'ssh-ed25519 ") })
        let made = try await Command("sh").reading(String(first.drop { $0 != "e" })).run()
        try #require(made.succeeded, "\(made)")
        return outcome.text
    }

    /// An sshd with a door of each kind open, which the snippet closes for the one account.
    private static let openDoors = [
        "Include HERE/snippet.conf", "ForceCommand echo forced by an administrator",
        "AuthorizedKeysFile HERE/authorized_keys", "PasswordAuthentication yes",
        "KbdInteractiveAuthentication yes", "AllowTcpForwarding yes", "GatewayPorts yes",
    ]

    private func ssh(_ target: LoneTarget, _ options: [String], _ command: String) -> Command {
        Command(
            "ssh",
            [
                "-F", "none", "-p", "\(target.port)", "-o", "BatchMode=yes", "-o",
                "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no", "-o",
                "UserKnownHostsFile=/dev/null",
            ] + options + ["\(target.login)@127.0.0.1", command]
        )
    }

    @Test(arguments: ["login", "login@target"])
    func `lets our certificates in and closes every other door`(_ principal: String) async throws {
        try await LoneTarget.with { target in
            try target.describe("certificate-principal: \"\(principal)\"")
            let snippet = try await install(target)
                .replacing("/etc/ssh/sallyport_principals", with: target.scratch.path)
            try target.scratch.write("\(target.login)@web1\n", to: target.login)
            try await LoneTarget.keygen(["-t", "ed25519", "-f", "\(target.scratch.path)/own"])

            try await LoneTarget.with(Self.openDoors, login: target.login) { scratch in
                try scratch.write(snippet, to: "snippet.conf")
                let own = try target.scratch.read("own.pub")
                try scratch.write(own, to: "authorized_keys")
                let check = try await Command(
                    "/usr/sbin/sshd",
                    ["-t", "-f", "\(scratch.path)/snippet.conf", "-h", "\(scratch.path)/host"]
                ).run()
                #expect(check.succeeded, "\(check)")
                #expect(check.errors.isEmpty, "\(check)")
            } _: { closed in
                try closed.describe("certificate-principal: \"\(principal)\"")
                // The same authority as in the snippet.
                for name in ["ca_ed25519", "ca_ed25519.pub"] {
                    let key = try target.scratch.read("bastion/keys/\(name)")
                    try closed.scratch.write(key, to: "bastion/keys/\(name)")
                }
                let health = try Health(
                    try await closed.sallyport("doctor", "target", "web1", "--json").run()
                )
                let byKey = try await ssh(
                    closed,
                    ["-v", "-i", "\(target.scratch.path)/own"],
                    "id"
                ).run()

                #expect(health.level == "ok", "\(health)")
                #expect(byKey.end == .exited(255), "\(byKey)")
                #expect(byKey.errorText.contains("can continue: publickey\r\n"), "\(byKey)")
            }
        }
    }

    @Test func `is what keeps a key out: without it the key opens the account`() async throws {
        try await LoneTarget.with(["AuthorizedKeysFile HERE/own.pub"]) { scratch in
            try await LoneTarget.keygen(["-t", "ed25519", "-f", "\(scratch.path)/own"])
        } _: { target in
            let byKey = try await ssh(target, ["-i", "\(target.scratch.path)/own"], "id -un").run()

            #expect(byKey.text == "\(target.login)\n", "\(byKey)")
        }
    }

    @Test func `is refused for what is no target, or no path`() async throws {
        try await LoneTarget.with { target in
            try target.describe()
            let unknown = try await target.sallyport("target", "snippet", "web2").run()
            let path = try await target.sallyport(
                "target",
                "snippet",
                "web1",
                "--ca-path",
                "/etc/a b"
            ).run()

            #expect(unknown.end == .exited(1), "\(unknown)")
            #expect(path.end == .exited(1), "\(path)")
        }
    }
}
