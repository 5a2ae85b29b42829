import SSHWire
import ShellSyntax
import StrictYAML

/// Reads one entry of `targets`.
enum TargetReader {
    static let keys = [
        "address", "host-keys", "logins", "labels", "shell", "bash-version", "login-shell", "sftp",
        "credential", "certificate-principal", "certificate-lifetime", "source-address",
    ]
    /// LIMIT: one key of each kind, and the same again while they are changed.
    static let maximumHostKeys = 16
    static let maximumLogins = 64
    /// LIMIT: the `source-address` of a certificate is read by sshd into a bounded list.
    static let maximumSourceAddresses = 16
    /// LIMIT: design: a certificate is needed only for the handshake.
    static let certificateLifetime: ClosedRange<Duration> = .seconds(5) ... .seconds(600)
    static let maximumSFTPBytes = 1024

    static func read(_ name: YAMLField, _ value: YAMLField) -> Located<Target>? {
        let targetName = name.targetName()
        guard let entry = value.mapping(keys) else { return nil }
        let address = entry.required("address")?.text(NetworkAddress.expected) {
            NetworkAddress($0, defaultPort: 22)
        }
        let logins = entry.required("logins")?.uniqueItems(maximumCount: maximumLogins) {
            $0.login()
        }
        if let field = entry.optional("logins"), let logins, logins.isEmpty,
            case .sequence([]) = field.node.content
        {
            field.refuse("expected at least one login")
        }
        let hostKeys = entry.optional("host-keys").map(hostKeys) ?? []
        let labels = entry.optional("labels").map(LabelReader.read) ?? [:]
        let shell = entry.optional("shell")?.text(TargetShell.expected, TargetShell.init)
        let bashVersion = entry.optional("bash-version").flatMap { version(of: shell, $0) }
        let sftp = entry.optional("sftp").map(sftp)
        let lifetime = entry.optional("certificate-lifetime")?.duration(in: certificateLifetime)
        let sources = entry.optional("source-address")?.uniqueItems(
            maximumCount: maximumSourceAddresses
        ) { field in
            field.text(SourceAddresses.expected, SourceAddresses.init).map {
                Located($0, at: field.location)
            }
        }
        let loginShell: LoginShellFamily? = entry.optional("login-shell")?.choice()
        let credential: Target.Credential? = entry.optional("credential")?.choice()
        let principal: Target.CertificatePrincipal? =
            entry.optional("certificate-principal")?.choice()
        // What was refused above has its finding already, so its default here is never used.
        guard let targetName, let address, let logins else { return nil }
        let target = Target(
            name: targetName.value,
            address: address,
            hostKeys: hostKeys,
            logins: logins.map(\.value),
            labels: labels,
            shell: shell ?? .program("/bin/bash"),
            bashVersion: bashVersion,
            loginShell: loginShell ?? .posix,
            sftp: sftp ?? "internal-sftp",
            credential: credential ?? .certificate,
            certificatePrincipal: principal ?? .login,
            certificateLifetime: lifetime ?? .seconds(60),
            sourceAddresses: sources?.map(\.value) ?? []
        )
        return Located(target, at: targetName.location)
    }

    /// Of a target whose shell is a bash; without `shell` it is one.
    private static func version(of shell: TargetShell?, _ field: YAMLField) -> BashVersion? {
        let version = field.text(BashVersion.expected, BashVersion.init(named:))
        if let shell, !shell.isBash {
            field.refuse("the shell of this target is no bash, but \(shell.description.quoted)")
        }
        return version
    }

    /// Each a line, or `{key: LINE, valid-before: TIME}`.
    private static func hostKeys(_ field: YAMLField) -> [Target.HostKey] {
        let keys = field.uniqueItems(maximumCount: maximumHostKeys) { item in
            hostKey(item).map { Located($0, at: item.location) }
        }
        var lines: [[UInt8]: Int] = [:]
        for key in keys {
            if let line = lines[key.value.line.blob] {
                field.findings.error(
                    "\(field.name.quoted): the same key is listed twice, first at line \(line)",
                    at: key.location
                )
            }
            lines[key.value.line.blob] = key.location.line
        }
        return keys.map(\.value)
    }

    private static func hostKey(_ item: YAMLField) -> Target.HostKey? {
        switch item.node.content {
        case .scalar, .sequence:
            return item.publicKey(mayNeedTouch: false).map {
                Target.HostKey(line: $0.value, validBeforeUnixSeconds: nil)
            }
        case .mapping:
            guard let entry = item.mapping(["key", "valid-before"]) else { return nil }
            let key = entry.required("key")?.publicKey(mayNeedTouch: false)
            let validBefore = entry.optional("valid-before").map { $0.unixSeconds() }
            guard let key else { return nil }
            return Target.HostKey(line: key.value, validBeforeUnixSeconds: validBefore ?? nil)
        }
    }

    /// The command verbatim; `none` gives nil.
    private static func sftp(_ field: YAMLField) -> String? {
        let expected = "a command of printable characters, or `none`"
        let command = field.text(expected) { (text: String) -> String? in
            let isPrintable = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            return isPrintable && !text.isEmpty && text.utf8.count <= maximumSFTPBytes ? text : nil
        }
        return command == "none" ? nil : command
    }
}

/// Reads `labels`, of a target or of a grant.
enum LabelReader {
    static let maximumCount = 64
    static let maximumBytes = 128

    static func read(_ field: YAMLField) -> [String: String] {
        guard let entries = field.entries() else { return [:] }
        guard entries.count <= maximumCount else {
            field.refuse("exceeds the limit of \(maximumCount) labels")
            return [:]
        }
        var labels: [String: String] = [:]
        for (key, value) in entries {
            let expected = "a label's name (`[a-z0-9][a-z0-9._/-]*`, at most 128 bytes)"
            let name = key.text(expected) { (text: String) -> String? in
                NameGrammar.isName(text, extra: "._/-", maximumBytes: maximumBytes) ? text : nil
            }
            let text = value.text(maximumBytes: maximumBytes)
            if let name, let text { labels[name] = text }
        }
        return labels
    }
}
