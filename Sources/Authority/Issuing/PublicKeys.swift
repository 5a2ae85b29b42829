import SSHWire
import StrictYAML

/// The public halves of the authority's keys, for people and targets.
package enum PublicKeys {
    /// The line for `TrustedUserCAKeys`.
    package static func certificateAuthority(settingsPath: String) throws(StartError) -> String {
        try line(settingsPath, comment: "sallyport certificate authority") {
            $0.certificateAuthority
        }
    }

    /// The key and its type as in `known_hosts`, without a name before it.
    package static func host(settingsPath: String) throws(StartError) -> String {
        try line(settingsPath, comment: "sallyport host key") { $0.hostKey }
    }

    private static func line(
        _ settingsPath: String,
        comment: String,
        _ source: (Settings) -> KeySource
    ) throws(StartError) -> String {
        let settings: Settings
        do throws(RefusedFiles) {
            settings = try Settings.load(path: settingsPath).value
        } catch {
            throw .settings(error)
        }
        do throws(KeyLoadingError) {
            let key = try KeyLoading.load(source(settings)).publicKey
            return "\(key.type.rawValue) \(Base64.encode(key.blob)) \(comment)"
        } catch {
            throw .key(error)
        }
    }
}
