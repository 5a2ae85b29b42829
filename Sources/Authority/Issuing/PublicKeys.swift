import SSHWire
import StrictYAML

/// The public half of the authority's key, for people and targets.
package enum PublicKeys {
    /// The line for `TrustedUserCAKeys`.
    package static func certificateAuthority(settingsPath: String) throws(StartError) -> String {
        let settings: Settings
        do throws(RefusedFiles) {
            settings = try Settings.load(path: settingsPath).value
        } catch {
            throw .settings(error)
        }
        do throws(KeyLoadingError) {
            let key = try KeyLoading.load(settings.certificateAuthority).publicKey
            return "\(key.type.rawValue) \(Base64.encode(key.blob)) sallyport certificate authority"
        } catch {
            throw .key(error)
        }
    }
}
