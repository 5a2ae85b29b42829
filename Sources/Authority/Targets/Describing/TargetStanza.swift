package import PolicyEngine
package import SSHWire
import StrictYAML

/// One target as the text of an inventory file.
package struct TargetStanza: Hashable, Sendable {
    /// A pinned key, as the file has it.
    package struct Key: Hashable, Sendable {
        let line: PublicKeyLine
        let validBeforeUnixSeconds: UInt64?

        package init(_ key: PublicKey, validBeforeUnixSeconds: UInt64? = nil) {
            line = PublicKeyLine(key)
            self.validBeforeUnixSeconds = validBeforeUnixSeconds
        }
    }

    package let name: TargetName
    package var address: NetworkAddress
    package var logins: [Login]
    package var labels: [String: String]
    package var keys: [Key]
    /// Whose other settings stay as they are.
    private let known: Target?

    package init(
        name: TargetName,
        address: NetworkAddress,
        logins: [Login],
        labels: [String: String] = [:],
        keys: [Key]
    ) {
        precondition(!logins.isEmpty, "a target has a login")
        self.name = name
        self.address = address
        self.logins = logins
        self.labels = labels
        self.keys = keys
        known = nil
    }

    /// A target of the inventory with other keys.
    package init(_ target: Target, keys: [Key]) {
        name = target.name
        address = target.address
        logins = target.logins
        labels = target.labels
        self.keys = keys
        known = target
    }

    /// The whole file: `targets`, and under it this one.
    package var text: String {
        (["targets:", "  \(YAMLText.plainOrQuoted(name.name)):"]
            + lines.map { $0.isEmpty ? $0 : "    " + $0 }).joined(separator: "\n") + "\n"
    }

    /// Its `host-keys` alone, as they stand under its name.
    var indentedKeyLines: String { keyLines.map { "    \($0)\n" }.joined() }

    /// What stands under the name, without its indentation.
    private var lines: [String] {
        var lines = [
            "address: \(YAMLText.quoted(address.description))",
            "logins: [\(logins.map { YAMLText.plainOrQuoted($0.name) }.joined(separator: ", "))]",
        ]
        if !labels.isEmpty {
            lines.append("labels:")
            for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
                lines.append(
                    "  \(YAMLText.plainOrQuoted(name)): \(YAMLText.plainOrQuoted(value))"
                )
            }
        }
        return lines + otherSettings + keyLines
    }

    /// What differs from its default, as `docs/formats/inventory.md` has them.
    private var otherSettings: [String] {
        guard let known else { return [] }
        var lines: [String] = []
        func add(_ key: String, _ value: String, unless isDefault: Bool) {
            if !isDefault { lines.append("\(key): \(value)") }
        }
        let shell = known.shell.description
        add("shell", shell, unless: shell == "/bin/bash")
        if let version = known.bashVersion {
            lines.append("bash-version: \(YAMLText.quoted("\(version)"))")
        }
        add("login-shell", known.loginShell.rawValue, unless: known.loginShell == .posix)
        let sftp = known.sftp.map(YAMLText.quoted) ?? "none"
        add("sftp", sftp, unless: known.sftp == "internal-sftp")
        add(
            "certificate-principal",
            YAMLText.quoted(known.certificatePrincipal.rawValue),
            unless: known.certificatePrincipal == .login
        )
        let seconds = known.certificateLifetime.components.seconds
        add("certificate-lifetime", "\(seconds)s", unless: seconds == 60)
        let sources = known.sourceAddresses.map { YAMLText.quoted($0.description) }
        add("source-address", "[\(sources.joined(separator: ", "))]", unless: sources.isEmpty)
        return lines
    }

    private var keyLines: [String] {
        guard !keys.isEmpty else { return [] }
        return ["host-keys:"]
            + keys.flatMap { key -> [String] in
                let line = key.line.description
                guard let end = key.validBeforeUnixSeconds.flatMap(InternetTime.text) else {
                    return ["  - \(line)"]
                }
                return ["  - key: \(line)", "    valid-before: \(end)"]
            }
    }
}
