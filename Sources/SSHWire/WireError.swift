internal import PlainText

/// What is wrong with bytes that should be in the encoding of RFC 4251 §5.
package enum WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes end before the field does.
    case truncated(field: String)
    /// A field is longer than its named limit.
    case tooLong(field: String, limit: Int)
    /// Bytes are left over after the last field.
    case trailingBytes(count: Int)
    /// A field holds what it may not.
    case malformed(field: String, reason: String)
    /// A field names a type or an algorithm that is not accepted here.
    case unsupported(field: String, name: String)

    package var description: String {
        switch self {
        case .truncated(let field): "`\(field)` is cut short"
        case .tooLong(let field, let limit): "`\(field)` exceeds the limit of \(limit) bytes"
        case .trailingBytes(let count): "\(count) bytes follow the last field"
        case .malformed(let field, let reason): "`\(field)` \(reason)"
        case .unsupported(let field, let name):
            "`\(field)` `\(name.escapingControls())` is not accepted"
        }
    }
}
