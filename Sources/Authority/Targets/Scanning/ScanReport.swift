import PolicyEngine
import StrictYAML

/// What `target scan` shows: comments, and YAML that can be copied.
struct ScanReport: Hashable, Sendable {
    static let nothingWritten =
        "nothing is written and nothing is trusted: compare the fingerprints, then say --expect"

    let address: NetworkAddress
    let scan: TargetScan
    /// The keys of the stanza.
    let pinned: [ScannedKey]
    let stanza: TargetStanza

    /// Nobody vouched for these keys.
    var unverified: String {
        """
        # \(address) showed these host keys:
        \(table)
        # Nobody vouches for them yet. Compare each fingerprint with the host's own, on its console:
        #   ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub
        # Then pin it: sallyport target scan … --expect SHA256:… --write FILE

        """ + stanza.text
    }

    func verified(at now: UInt64) -> String { comment(at: now) + stanza.text }

    /// The head of the file.
    func comment(at now: UInt64) -> String {
        let others = scan.keys.filter { !pinned.contains($0) }.map(\.name)
        let left =
            others.isEmpty
            ? "" : "# Shown too, and not expected: \(others.joined(separator: ", ")).\n"
        return """
            # \(address) showed these host keys at \(InternetTime.text(unixSeconds: now) ?? "?").
            # Their fingerprints are the ones that the operator expected:
            \(table(of: pinned))
            \(left)
            """
    }

    private var table: String { table(of: scan.keys) }

    private func table(of keys: [ScannedKey]) -> String {
        Self.rows(keys) { _ in nil }.joined(separator: "\n")
    }

    /// A comment for each key; `remark` is what stands behind it.
    static func rows(_ keys: [ScannedKey], remark: (ScannedKey) -> String?) -> [String] {
        let width = keys.map(\.name.count).max() ?? 0
        return keys.map { key in
            let padding = String(repeating: " ", count: width - key.name.count)
            let remark = remark(key).map { "  \($0)" } ?? ""
            return "#   \(key.name)\(padding)  \(key.fingerprint)\(remark)"
        }
    }
}
