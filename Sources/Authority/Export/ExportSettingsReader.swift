import PolicyEngine
import StrictYAML

/// Reads `export`.
struct ExportSettingsReader {
    static let keys = ["file", "syslog"]
    static let syslogKeys = ["socket", "tcp", "format", "facility", "message-bytes"]
    static let defaultPort: UInt16 = 601
    /// Below it not even the names of a record fit; above it no receiver is known to follow.
    static let messageBytes: ClosedRange<UInt64> = 4096...256 << 10
    /// rsyslog cuts what is longer than 8,096 bytes, unless it is told otherwise.
    static let defaultMessageBytes = 7 << 10

    let paths: SettingsPaths

    func read(_ field: YAMLField) -> ExportSettings? {
        guard let entry = field.mapping(Self.keys) else { return nil }
        var settings = ExportSettings()
        settings.filePath = entry.optional("file").flatMap(paths.path)
        settings.syslog = entry.optional("syslog").flatMap(syslog)
        return settings
    }

    private func syslog(_ field: YAMLField) -> SyslogSettings? {
        guard let entry = field.mapping(Self.syslogKeys) else { return nil }
        let destination: SyslogSettings.Destination
        let usual: SyslogSettings.Format
        switch (entry.optional("socket"), entry.optional("tcp")) {
        case (let socket?, nil):
            destination = .socket(path: paths.socketPath(socket))
            usual = .local
        case (nil, let tcp?):
            let address = tcp.text(NetworkAddress.expected) {
                NetworkAddress($0, defaultPort: Self.defaultPort)
            }
            guard let address else { return nil }
            destination = .tcp(address)
            usual = .rfc5424
        case (nil, nil), (_?, _?):
            field.refuse("expected either `socket` or `tcp`")
            return nil
        }
        let bytes = entry.optional("message-bytes")?.byteSize(in: Self.messageBytes)
        return SyslogSettings(
            destination: destination,
            format: entry.optional("format")?.choice() ?? usual,
            facility: entry.optional("facility")?.choice() ?? .authpriv,
            messageBytes: bytes.map { Int($0) } ?? Self.defaultMessageBytes
        )
    }
}
