import Foundation

/// JSON with one text for one value: keys sorted by their bytes, no blanks, no escaped slashes, no
/// fractions.
package enum CanonicalJSON {
    /// One line without its newline: control characters are escaped inside JSON texts.
    package static func line(_ value: some Encodable) throws(StoreError) -> String {
        String(decoding: try bytes(value), as: UTF8.self)
    }

    package static func value<Value: Decodable>(
        _ type: Value.Type,
        from text: String
    ) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw .unreadable(what: "\(type)", reason: "\(error)")
        }
    }

    static func bytes(_ value: some Encodable) throws(StoreError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(value)
        } catch {
            throw .unexpected(code: 0, reason: "cannot write JSON: \(error)")
        }
    }

    /// Reads a payload as the store keeps it.
    static func event(_ kind: AuditKind, from payload: Data, sequence: Int64) throws(StoreError)
        -> AuditEvent
    {
        do {
            return try JSONDecoder().decode(StoredEvent.self, from: payload, configuration: kind)
                .event
        } catch {
            throw .unreadable(what: "audit record \(sequence)", reason: "\(error)")
        }
    }
}

/// A payload, whose kind stands in another column.
private struct StoredEvent: DecodableWithConfiguration {
    let event: AuditEvent

    init(from decoder: any Decoder, configuration kind: AuditKind) throws {
        event = try AuditEvent(kind: kind, from: decoder)
    }
}
