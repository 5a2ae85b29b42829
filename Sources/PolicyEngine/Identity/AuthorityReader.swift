import SSHWire
import StrictYAML

/// Reads one entry of `certificate-authorities`.
enum AuthorityReader {
    static let keys = ["key", "principals"]
    /// LIMIT: a name in a certificate; sshd has none, nobody writes longer ones.
    static let maximumNameBytes = 256

    static func read(_ name: YAMLField, _ value: YAMLField) -> InventoryDraft.AuthorityEntry? {
        let authority = name.plainName("a name")
        guard let entry = value.mapping(keys) else { return nil }
        let key = entry.required("key")?.publicKey(mayNeedTouch: false)
        var principals: [String: Located<PrincipalName>] = [:]
        for (certified, ours) in entry.required("principals")?.entries() ?? [] {
            guard let certified = certified.text(maximumBytes: maximumNameBytes) else { continue }
            guard !certified.isEmpty else {
                ours.refuse("a certificate does not name nobody")
                continue
            }
            if let ours = ours.principalName() { principals[certified] = ours }
        }
        guard let authority, let key else { return nil }
        return InventoryDraft.AuthorityEntry(name: authority, key: key, principals: principals)
    }
}

/// Reads `revoked`.
enum RevocationReader {
    static let keys = ["keys", "serials"]

    static func read(_ field: YAMLField, into draft: inout InventoryDraft) {
        guard let revoked = field.mapping(keys) else { return }
        for item in revoked.optional("keys")?.items() ?? [] {
            guard let text = item.text() else { continue }
            if text.hasPrefix("SHA256:") {
                guard let digest = digest(text) else {
                    item.refuse("expected `SHA256:` and 43 digits of base64, found \(text.quoted)")
                    continue
                }
                draft.revokedFingerprints.append(Located(digest, at: item.location))
            } else {
                // Also of a kind that nobody may use any more.
                do throws(WireError) {
                    let blob = try PublicKeyLine(parsing: text).blob
                    draft.revokedKeys.append(Located(blob, at: item.location))
                } catch {
                    item.refuse("expected a line of a `.pub` file or `SHA256:…`: \(error)")
                }
            }
        }
        for (authority, serials) in revoked.optional("serials")?.entries() ?? [] {
            let ranges = serials.items { range($0) }
            guard let authority = authority.plainName("a certificate authority"), let ranges else {
                continue
            }
            draft.revokedSerials.append((authority, ranges))
        }
    }

    /// OpenSSH leaves the padding of a fingerprint away.
    private static func digest(_ text: String) -> [UInt8]? {
        let digits = text.dropFirst("SHA256:".count)
        guard digits.utf8.count == 43, let digest = Base64.decode(digits + "=") else { return nil }
        return digest.count == 32 ? digest : nil
    }

    /// `7` or `100-200`.
    private static func range(_ field: YAMLField) -> ClosedRange<UInt64>? {
        let expected = "a serial like `7` or a range like `100-200`"
        guard let text = field.written(expected) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt64(strictDecimal: String($0)) }
        guard (1...2).contains(parts.count), numbers.count == parts.count,
            let first = numbers.first, let last = numbers.last, first <= last
        else {
            field.refuse("expected \(expected), found \(text.quoted)")
            return nil
        }
        return first...last
    }
}
