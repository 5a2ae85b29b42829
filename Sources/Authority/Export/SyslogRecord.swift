import AuditTrail
import Crypto
import Recording

/// An audit record as the text of a syslog message: whole where it fits, shortened where it does
/// not.
///
/// Receivers cut what is too long for them, and half an object is no JSON. So texts and lists of
/// `event` are shortened here, and `cut` says how long the whole line is and its digest: it stands
/// in the audit trail, and in the file of an export.
enum SyslogRecord {
    /// Lengths that are tried, one after the other; multiples of four, so that base64 stays base64.
    private static let textBytes = [16_384, 4096, 2048, 1024, 512, 256, 64, 16]
    /// As many items of a list as are tried with the longest and the shortest of them.
    private static let bytesOfItem = 32

    static func text(_ record: AuditRecord, atMost limit: Int) throws(StoreError) -> [UInt8] {
        let whole = Array(try CanonicalJSON.line(record).utf8)
        guard whole.count > limit else { return whole }
        let digest = Hexadecimal.text(SHA256.hash(data: whole))
        let cut = JSONTree.object([
            "bytes": .integer(Int64(whole.count)), "sha256": .text(digest),
        ])
        if case .object(let members)? = tree(whole), let event = members["event"] {
            for length in textBytes {
                var members = members
                members["cut"] = cut
                members["event"] = event.shortened(
                    textBytes: length,
                    items: max(length / bytesOfItem, 2)
                )
                let line = Array(try CanonicalJSON.line(JSONTree.object(members)).utf8)
                if line.count <= limit { return line }
            }
        }
        return try withoutEvent(record, cut)
    }

    /// Names have 256 bytes at most, so this fits every message that the settings permit.
    private static func withoutEvent(
        _ record: AuditRecord,
        _ cut: JSONTree
    ) throws(StoreError) -> [UInt8] {
        var members: [String: JSONTree] = [
            "sequence": .integer(record.sequence), "time": .text(record.time.description),
            "kind": .text(record.kind.rawValue), "version": .integer(Int64(AuditEvent.version)),
            "cut": cut, "event": .object([:]),
        ]
        for (name, value) in record.attribution.parts {
            if let value { members[name] = .text(value) }
        }
        return Array(try CanonicalJSON.line(JSONTree.object(members)).utf8)
    }

    /// Nil where it has more values than are read: then all of `event` is left out.
    private static func tree(_ line: [UInt8]) -> JSONTree? {
        do {
            return JSONTree(try JSONParser.parse(line[...]))
        } catch {
            return nil
        }
    }
}
