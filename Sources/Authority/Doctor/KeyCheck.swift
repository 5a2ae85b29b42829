import SSHKeys
import SSHWire

/// Whether the two keys of the bastion are there, ours alone, and different.
enum KeyCheck {
    static func run(_ settings: Settings) -> (findings: [Diagnosis], hostKey: PublicKey?) {
        let host = load("host-key", settings.hostKey)
        let authority = load("certificate-authority", settings.certificateAuthority)
        var findings = [host.finding, authority.finding]
        if let key = host.key, key == authority.key {
            findings.append(
                .error(
                    "certificate-authority",
                    "it is the same key as the host key",
                    "make another one: `ssh-keygen -t ed25519 -N '' -f …`"
                )
            )
        }
        return (findings, host.key)
    }

    private static func load(
        _ subject: String,
        _ source: KeySource
    ) -> (finding: Diagnosis, key: PublicKey?) {
        do throws(KeyLoadingError) {
            let key = try KeyLoading.load(source).publicKey
            let place =
                switch source {
                case .file(let path): path
                case .agent(let path, _): "the agent at \(path)"
                }
            let fingerprint = SSHKeys.Fingerprint(of: key)
            return (.ok(subject, "\(key.type.rawValue) \(fingerprint) in \(place)"), key)
        } catch {
            return (.error(subject, error.description, remedy(error)), nil)
        }
    }

    private static func remedy(_ error: KeyLoadingError) -> String {
        switch error {
        case .unreadable: "`sallyport init` makes keys; run this as the account that serves"
        case .notRegular: "name the file itself"
        case .exposed: "anybody who could read it may have it: consider another key"
        case .foreign: "run this as the account that serves, or give it the file"
        case .malformed: "only unencrypted Ed25519 keys of OpenSSH's format are read"
        case .agent: "check that the agent runs, its socket, and `ssh-add -l`"
        case .agentKeyType: "put an Ed25519 key into the agent"
        }
    }
}
