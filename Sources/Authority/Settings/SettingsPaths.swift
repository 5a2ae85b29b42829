import SSHWire
import StrictYAML

/// Makes the paths of a settings file absolute.
struct SettingsPaths {
    /// LIMIT: `PATH_MAX` without its NUL.
    static let maximumBytes = 4095
    /// LIMIT: `sun_path` of a Unix socket without its NUL.
    static let maximumSocketBytes = 107
    /// LIMIT: `/admin.sock` comes behind it.
    static let maximumStateDirectoryBytes = maximumSocketBytes - "/admin.sock".utf8.count

    /// Where the settings file is, absolute.
    let directory: String

    func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        return directory.hasSuffix("/") ? directory + path : directory + "/" + path
    }

    /// The absolute path that a field says, or nil with a finding.
    func path(_ field: YAMLField) -> String? {
        field.text("a path without control characters") { (text: String) -> String? in
            let isPrintable = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            let path = absolute(text)
            return isPrintable && !text.isEmpty && path.utf8.count <= Self.maximumBytes ? path : nil
        }
    }

    /// The same for a socket; empty with a finding.
    func socketPath(_ field: YAMLField) -> String {
        let path = path(field) ?? ""
        if path.utf8.count > Self.maximumSocketBytes {
            field.refuse("exceeds the limit of \(Self.maximumSocketBytes) bytes")
        }
        return path
    }
}

/// The way OpenSSH writes the SHA-256 of a key.
enum Fingerprint {
    /// The 32 bytes behind `SHA256:…`, which has no padding.
    static func sha256(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("SHA256:"), text.utf8.count == 50,
            let digest = Base64.decode(text.dropFirst(7) + "="), digest.count == 32
        else { return nil }
        return digest
    }
}
