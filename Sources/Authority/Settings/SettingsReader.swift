import PolicyEngine
import SessionProtocol
import StrictYAML

/// Reads `sallyport.yaml`.
struct SettingsReader {
    static let keys = [
        "listen", "state-directory", "host-key", "certificate-authority", "authority-id",
        "inventory", "policies", "client-environment", "limits", "penalties",
        "proxy-protocol", "recording", "disk-reserve", "export", "administrators", "admin-socket",
        "spares", "deciders", "process-account", "log-level",
    ]
    static let defaultPort: UInt16 = 2222
    static let maximumListenAddresses = 16
    static let maximumAdministrators = 256
    static let maximumPaths = 64

    let findings: Findings
    let paths: SettingsPaths

    func read(_ root: YAMLNode) -> Settings? {
        guard
            let file = YAMLField(root, name: "settings", findings: findings).mapping(Self.keys)
        else { return nil }
        let stateDirectory = stateDirectory(file)
        let settings = Settings(
            listen: listen(file.optional("listen")),
            stateDirectory: stateDirectory,
            hostKey: key(file.optional("host-key"), default: "keys/host_ed25519"),
            certificateAuthority: key(
                file.optional("certificate-authority"),
                default: "keys/ca_ed25519"
            ),
            authorityID: file.optional("authority-id")?.integer(in: 1...UInt16.max) ?? 1,
            inventoryPaths: configuredPaths(
                file.optional("inventory"),
                default: ["inventory.yaml": true, "inventory.d": false]
            ),
            policyPaths: configuredPaths(file.optional("policies"), default: ["policies": false]),
            clientEnvironment: clientEnvironment(file.optional("client-environment")),
            limits: file.optional("limits").flatMap(LimitsReader.read) ?? ConnectionLimits(),
            penalties: file.optional("penalties").flatMap(PenaltiesReader.read)
                ?? PenaltySettings(),
            proxies: file.optional("proxy-protocol").map(ProxyProtocolReader.read) ?? [],
            recording: file.optional("recording").flatMap(RecordingSettingsReader.read)
                ?? RecordingSettings(),
            diskReserve: file.optional("disk-reserve").flatMap(DiskReserveReader.read)
                ?? DiskReserveSettings(),
            export: file.optional("export").flatMap(ExportSettingsReader(paths: paths).read)
                ?? ExportSettings(),
            administrators: administrators(file.optional("administrators")),
            adminSocket: adminSocket(file.optional("admin-socket"), stateDirectory),
            spares: file.optional("spares")?.integer(in: 1...64) ?? 2,
            deciders: file.optional("deciders")?.integer(in: 1...16) ?? 2,
            processAccount: file.optional("process-account")
                .flatMap(AdministratorReader.processAccount)
                ?? .userName(ProcessAccount.defaultName),
            logLevel: file.optional("log-level")?.choice() ?? .info
        )
        if settings.hostKey == settings.certificateAuthority {
            findings.error(
                "`certificate-authority`: must be another key than `host-key`",
                at: (file.optional("certificate-authority") ?? file.field).location
            )
        }
        return settings
    }

    private func listen(_ field: YAMLField?) -> [NetworkAddress] {
        guard let field else {
            return [NetworkAddress("[::]", defaultPort: Self.defaultPort)].compactMap { $0 }
        }
        let addresses = list(field, maximumCount: Self.maximumListenAddresses) { item in
            item.text(NetworkAddress.expected) {
                NetworkAddress($0, defaultPort: Self.defaultPort, mayUsePortZero: true)
            }
        }
        if case .sequence([]) = field.node.content { field.refuse("expected at least one address") }
        return addresses
    }

    private func stateDirectory(_ file: YAMLMapping) -> String {
        guard let field = file.optional("state-directory") else { return paths.absolute("state") }
        let path = paths.path(field) ?? ""
        if path.utf8.count > SettingsPaths.maximumStateDirectoryBytes {
            field.refuse(
                "exceeds the limit of \(SettingsPaths.maximumStateDirectoryBytes) bytes: a socket "
                    + "is put into it"
            )
        }
        return path
    }

    private func adminSocket(_ field: YAMLField?, _ stateDirectory: String) -> AdminSocketPlace {
        guard let field else { return .closed(path: stateDirectory + "/admin.sock") }
        let path = paths.socketPath(field)
        if path.hasPrefix(stateDirectory + "/") {
            field.refuse(
                "must not be in the state directory, where nobody else gets: leave it out, or name "
                    + "a folder of its own"
            )
        }
        return .open(path: path)
    }

    /// `{file: PATH}` or `{agent: SOCKET, fingerprint: SHA256:…}`.
    private func key(_ field: YAMLField?, default path: String) -> KeySource {
        let byDefault = KeySource.file(path: paths.absolute(path))
        guard let field, let entry = field.mapping(["file", "agent", "fingerprint"]) else {
            return byDefault
        }
        switch (entry.optional("file"), entry.optional("agent")) {
        case (let file?, nil):
            entry.optional("fingerprint")?.refuse("belongs to a key in an `agent`")
            return .file(path: paths.path(file) ?? "")
        case (nil, let agent?):
            let socket = paths.socketPath(agent)
            let sha256 = entry.required("fingerprint")?.text(
                "`SHA256:` and 43 digits of base64",
                Fingerprint.sha256
            )
            return .agent(socketPath: socket, sha256: sha256 ?? [])
        case (nil, nil), (_?, _?):
            field.refuse("expected either `file`, or `agent` and `fingerprint`")
            return byDefault
        }
    }

    /// Files and directories; by default these names beside the settings, and whether each must be
    /// there.
    private func configuredPaths(
        _ field: YAMLField?,
        default byDefault: KeyValuePairs<String, Bool>
    ) -> [ConfiguredPath] {
        guard let field else {
            return byDefault.map { name, isRequired in
                ConfiguredPath(path: paths.absolute(name), isDefault: !isRequired)
            }
        }
        if case .sequence([]) = field.node.content { field.refuse("expected at least one path") }
        return list(field, maximumCount: Self.maximumPaths, paths.path).map {
            ConfiguredPath(path: $0, isDefault: false)
        }
    }

    private func clientEnvironment(_ field: YAMLField?) -> EnvironmentAllowList {
        guard let field else { return EnvironmentAllowList() }
        let patterns = list(field, maximumCount: CommandLimits.environmentCount) { item in
            let pattern = item.text(
                "a variable's name, or the beginning of one and `*`",
                EnvironmentAllowList.Pattern.init
            )
            guard let pattern else { return nil as EnvironmentAllowList.Pattern? }
            guard !EnvironmentAllowList.isRefused(pattern) else {
                item.refuse(
                    "`\(pattern)` can never be allowed: it runs code, finds programs or changes "
                        + "how a shell reads"
                )
                return nil
            }
            return pattern
        }
        return EnvironmentAllowList(adding: patterns)
    }

    private func administrators(_ field: YAMLField?) -> [Administrator] {
        guard let field else { return [] }
        var lines: [Administrator.Account: Int] = [:]
        return list(field, maximumCount: Self.maximumAdministrators) { item in
            guard let administrator = AdministratorReader.read(item) else { return nil }
            if let line = lines[administrator.account] {
                item.refuse("`\(administrator.account)` is listed twice, first at line \(line)")
            }
            lines[administrator.account] = item.location.line
            return administrator
        }
    }

    /// The items of a list of bounded length, each once.
    private func list<Value: Hashable>(
        _ field: YAMLField,
        maximumCount: Int,
        _ read: (YAMLField) -> Value?
    ) -> [Value] {
        guard let items = field.items() else { return [] }
        guard items.count <= maximumCount else {
            field.refuse("exceeds the limit of \(maximumCount) items")
            return []
        }
        var seen: [Value: Int] = [:]
        return items.compactMap { item in
            guard let value = read(item) else { return nil }
            if let line = seen[value] {
                item.refuse("is listed twice, first at line \(line)")
                return nil
            }
            seen[value] = item.location.line
            return value
        }
    }
}
