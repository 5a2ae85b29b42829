/// A JSON value as read from a recording.
///
/// Numbers stay text until it is known what they are for, so that no digit is lost.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: JSONValue
    }

    /// The value of a key, the last one where it stands twice.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var boolean: Bool? {
        guard case .boolean(let value) = self else { return nil }
        return value
    }

    package var unsigned: UInt64? {
        guard case .number(let digits) = self else { return nil }
        return UInt64(digits)
    }

    /// A finite number.
    package var double: Double? {
        guard case .number(let digits) = self, let value = Double(digits), value.isFinite else {
            return nil
        }
        return value
    }

    /// A whole number; digits after the point are cut off, as some recorders write them.
    package var signed: Int64? {
        guard case .number(let digits) = self else { return nil }
        if let value = Int64(digits) { return value }
        // Behind 2^62 no digit is left that could be cut off.
        return double.flatMap { abs($0) < 0x1p62 ? Int64($0) : nil }
    }
}
