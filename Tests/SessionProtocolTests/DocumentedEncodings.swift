import SSHWire

/// Something in a message that has a limit, and the message with so much of it and nothing else.
struct LimitedField: Sendable {
    let name: String
    let limit: String
    let encoded: @Sendable (Int) -> [UInt8]

    fileprivate func wrapped(_ before: [UInt8], _ after: [UInt8] = []) -> LimitedField {
        LimitedField(name: name, limit: limit) { before + encoded($0) + after }
    }
}

extension DocumentedFields {
    /// What a part of a message can be: the least that can be said, and each limited field in it.
    private typealias Encodings = (least: [UInt8], limited: [LimitedField])

    /// Every field of a message that has a limit, as the document has them.
    func limitedFields(of message: String, number: UInt8) -> [LimitedField] {
        composed(message).limited.map { $0.wrapped([number]) }
    }

    private func composed(_ part: String) -> Encodings {
        let parts = (fields[part] ?? []).map { (field: $0, encodings: encodings($0)) }
        var limited: [LimitedField] = []
        for (place, (field, encodings)) in parts.enumerated() {
            let before = parts[..<place].flatMap(\.encodings.least)
            let after = parts[(place + 1)...].flatMap(\.encodings.least)
            limited += encodings.limited.map {
                let inner = $0.wrapped(before, after)
                let name = "\(part), \(field.name)" + ($0.name.isEmpty ? "" : ": \($0.name)")
                return LimitedField(name: name, limit: inner.limit, encoded: inner.encoded)
            }
        }
        return (parts.flatMap(\.encodings.least), limited)
    }

    private func encodings(_ field: Field) -> Encodings {
        switch field.type {
        case "byte": return ([1], [])
        case "boolean": return ([0], [])
        case "nothing": return ([], [])
        case "uint64": return ([UInt8](repeating: 0, count: 8), [])
        case "uint32": return limited(field) { Self.number($0) }
        case "string", "text":
            return limited(field) { Self.number($0) + [UInt8](repeating: 97, count: $0) }
        default: break
        }
        if let element = field.type.suffix(behind: "list of ") {
            let item = encodings(Field(name: "", type: element, limit: field.itemLimit))
            let all = limited(field) { count in
                Self.number(count) + (0..<count).flatMap { _ in item.least }
            }
            return (all.least, all.limited + item.limited.map { $0.wrapped(Self.number(1)) })
        }
        if let value = field.type.suffix(behind: "optional ") {
            let value = encodings(Field(name: "", type: value, limit: field.limit))
            return ([0], value.limited.map { $0.wrapped([1]) })
        }
        if let choice = field.type.suffix(behind: "one ") {
            let choices = (UInt8(0)...3).filter { fields["\(choice) \($0)"] != nil }
                .map { (number: $0, encodings: composed("\(choice) \($0)")) }
            return (
                choices.first.map { [$0.number] + $0.encodings.least } ?? [],
                choices.flatMap { choice in
                    choice.encodings.limited.map { $0.wrapped([choice.number]) }
                }
            )
        }
        return composed(field.type)
    }

    private func limited(
        _ field: Field,
        _ encoded: @escaping @Sendable (Int) -> [UInt8]
    ) -> Encodings {
        guard !field.limit.isEmpty else { return (encoded(0), []) }
        return (encoded(0), [LimitedField(name: "", limit: field.limit, encoded: encoded)])
    }

    private static func number(_ value: Int) -> [UInt8] {
        var writer = WireWriter()
        writer.uint32(UInt32(value))
        return writer.bytes
    }
}
