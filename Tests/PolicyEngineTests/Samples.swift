import PolicyEngine
import SSHWire
import StrictYAML

/// Keys that are well formed and that nobody has.
enum Keys {
    /// An Ed25519 key whose 32 bytes are all this number.
    static func ed25519(_ number: UInt8) -> String {
        var writer = WireWriter()
        writer.text("ssh-ed25519")
        writer.string([UInt8](repeating: number, count: 32))
        return "ssh-ed25519 \(Base64.encode(writer.bytes))"
    }

    static func rsa(bits: Int) -> String {
        var writer = WireWriter()
        writer.text("ssh-rsa")
        writer.string([1, 0, 1])
        writer.string([0, 0x80] + [UInt8](repeating: 1, count: bits / 8 - 1))
        return "ssh-rsa \(Base64.encode(writer.bytes))"
    }

    static func ofType(_ algorithm: String) -> String {
        var writer = WireWriter()
        writer.text(algorithm)
        writer.string([1, 2, 3])
        return "\(algorithm) \(Base64.encode(writer.bytes))"
    }

    static func blob(_ line: String) throws -> [UInt8] { try PublicKeyLine(parsing: line).blob }
}

enum Samples {
    static let inventory = """
        principals:
          human:alice:
            keys: ["\(Keys.ed25519(1)) alice@laptop"]
            roles: [sre, approver]
          human:bob:
            keys: ["\(Keys.ed25519(2))"]
            roles: [sre]
          agent:copilot:
            owner: human:alice
            keys: ["\(Keys.ed25519(3))"]
            roles: [runbook]
          human:mallory:
            keys: ["\(Keys.ed25519(4))"]
        certificate-authorities:
          corp:
            key: "\(Keys.ed25519(9))"
            principals: {alice@corp: human:alice, bob@corp: human:bob, al@corp: human:alice}
        revoked:
          keys: ["\(Keys.ed25519(8))"]
          serials: {corp: [7, 100-200]}
        targets:
          web1:
            address: 192.0.2.1
            host-keys: ["\(Keys.ed25519(21))"]
            logins: [deploy, root]
            labels: {env: production}
          db1:
            address: db1.example.org:2222
            host-keys:
              - {key: "\(Keys.ed25519(22))", valid-before: 2026-12-31T00:00:00Z}
            logins: [deploy]
            labels: {env: production, kind: database}
            shell: /bin/dash
            login-shell: fish
            sftp: none
            certificate-principal: login@target
            certificate-lifetime: 2m
            source-address: [198.51.100.0/24]
          new1:
            address: "[2001:db8::1]"
            logins: [deploy]
        grants:
          - name: sre-on-production
            roles: [sre]
            targets: {labels: {env: production}}
            logins: [deploy]
            requests: [exec, shell, terminal, sftp]
          - name: alice-root
            principals: [human:alice]
            targets: {names: [web1]}
            logins: [root]
            requests: [terminal]
          - roles: [runbook]
            targets: {names: [web1, new1]}
            logins: [deploy]
            requests: [exec]
        """

    static func read(_ texts: String...) throws(RefusedFiles) -> Accepted<Inventory> {
        try Inventory.read(
            texts.enumerated().map { number, text in
                let name = number == 0 ? "inventory.yaml" : "inventory.d/\(number).yaml"
                return SourceFile(name: name, bytes: Array(text.utf8))
            }
        )
    }

    /// What is found in these files, refused or not.
    static func findings(_ texts: String...) -> [String] {
        do throws(RefusedFiles) {
            let files = texts.enumerated().map { number, text in
                let name = number == 0 ? "inventory.yaml" : "inventory.d/\(number).yaml"
                return SourceFile(name: name, bytes: Array(text.utf8))
            }
            return try Inventory.read(files).warnings.map(\.description)
        } catch {
            return error.findings.map(\.description)
        }
    }

    /// A target with some of its keys written out.
    static func target(_ keys: String...) throws -> Target {
        let text =
            "targets:\n  web1:\n    address: 192.0.2.1\n    logins: [deploy]\n"
            + keys.map { "    \($0)\n" }.joined()
        let accepted: Accepted<Inventory> = try read(text)
        guard let target = accepted.value.targets.first else {
            preconditionFailure("the sample has a target")
        }
        return target
    }
}

func principal(_ text: String) -> PrincipalName {
    guard let name = PrincipalName(text) else { preconditionFailure("no principal: \(text)") }
    return name
}

func target(_ text: String) -> TargetName {
    guard let name = TargetName(text) else { preconditionFailure("no target: \(text)") }
    return name
}

func login(_ text: String) -> Login {
    guard let name = Login(text) else { preconditionFailure("no login: \(text)") }
    return name
}
