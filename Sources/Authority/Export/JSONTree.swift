import Recording

/// A JSON value of any shape, with one text by `CanonicalJSON`.
indirect enum JSONTree: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    /// What an audit record writes has whole numbers, and no null.
    init?(_ value: JSONValue) {
        switch value {
        case .null: return nil
        case .boolean(let value): self = .boolean(value)
        case .number(let digits):
            if let value = Int64(digits) {
                self = .integer(value)
            } else if let value = UInt64(digits) {
                self = .unsigned(value)
            } else {
                return nil
            }
        case .string(let text): self = .text(text)
        case .array(let items):
            let list = items.compactMap(JSONTree.init)
            guard list.count == items.count else { return nil }
            self = .list(list)
        case .object(let members):
            var object: [String: JSONTree] = [:]
            for member in members {
                guard let value = JSONTree(member.value) else { return nil }
                object[member.key] = value
            }
            self = .object(object)
        }
    }

    /// The same with texts of at most so many bytes and lists of at most so many items.
    func shortened(textBytes: Int, items: Int) -> JSONTree {
        switch self {
        case .boolean, .integer, .unsigned: self
        case .text(let text): .text(Self.prefix(of: text, textBytes))
        case .list(let list):
            .list(list.prefix(items).map { $0.shortened(textBytes: textBytes, items: items) })
        case .object(let members):
            .object(members.mapValues { $0.shortened(textBytes: textBytes, items: items) })
        }
    }

    /// Cut between scalars.
    private static func prefix(of text: String, _ limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let bytes = Array(text.utf8)
        var end = limit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}

extension JSONTree: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .unsigned(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
