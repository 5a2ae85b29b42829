import SSHWire

/// What the messages are made of, beside the types of RFC 4251.
extension WireReader {
    /// Reads a message as a whole: its kind, what the closure reads of it, and nothing behind that.
    static func message<Kind: RawRepresentable<UInt8>, Message>(
        _ bytes: some Sequence<UInt8>,
        _ body: (Kind, inout WireReader) throws(WireError) -> Message
    ) throws(WireError) -> Message {
        var reader = WireReader([UInt8](bytes))
        let message = try body(try reader.choice("message kind"), &reader)
        try reader.end()
        return message
    }

    mutating func bytes(_ field: String, limit: Int) throws(WireError) -> [UInt8] {
        [UInt8](try string(field, limit: limit))
    }

    mutating func list<Element>(
        _ field: String,
        limit: Int,
        _ element: (inout WireReader) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        let count = Int(try uint32(field))
        guard count <= limit else { throw .tooLong(field: field, limit: limit) }
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    mutating func optional<Value>(
        _ field: String,
        _ value: (inout WireReader) throws(WireError) -> Value
    ) throws(WireError) -> Value? {
        switch try byte(field) {
        case 0: nil
        case 1: try value(&self)
        default: throw .malformed(field: field, reason: "is neither absent nor present")
        }
    }

    mutating func choice<Value: RawRepresentable<UInt8>>(
        _ field: String
    ) throws(WireError) -> Value {
        guard let value = Value(rawValue: try byte(field)) else {
            throw .malformed(field: field, reason: "has an unknown value")
        }
        return value
    }
}

extension WireWriter {
    mutating func list<Element>(
        _ elements: [Element],
        _ write: (inout WireWriter, Element) -> Void
    ) {
        uint32(UInt32(elements.count))
        for element in elements { write(&self, element) }
    }

    mutating func optional<Value>(
        _ value: Value?,
        _ write: (inout WireWriter, Value) -> Void
    ) {
        guard let value else { return byte(0) }
        byte(1)
        write(&self, value)
    }
}
