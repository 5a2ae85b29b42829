/// What Sallyport writes into the key id of a certificate, for the target's own log.
///
/// A free text would forge lines there, so each value has an alphabet without blank, `;`, `=`,
/// quotes and parentheses. A colon is permitted, because principals have one, and harmless: it
/// delimits nothing behind the fixed first 13 bytes, so the text reads back in one way only.
package struct CertificateKeyID: Hashable, Sendable {
    /// The facts, in the order in which they are written.
    package enum Field: String, Hashable, Sendable, CaseIterable {
        case connection
        case session
        case principal
        case onBehalfOf
        case target
        case decision
        case approval
    }

    /// `sallyport:v1:` and `key=value`, joined by `;`.
    package let text: String

    /// LIMIT: syslog lines of sshd are cut at about 1 KiB, with the rest of the line in it.
    package static let maximumBytes = 512
    private static let prefix = "sallyport:v1:"

    package init(
        connection: String?,
        session: String?,
        principal: String,
        onBehalfOf: String?,
        target: String,
        decision: String?,
        approval: String?
    ) throws(CertificateRequestError) {
        let values: [(Field, String?)] = [
            (.connection, connection), (.session, session), (.principal, principal),
            (.onBehalfOf, onBehalfOf), (.target, target), (.decision, decision),
            (.approval, approval),
        ]
        var parts: [String] = []
        for case (let field, let value?) in values {
            guard !value.isEmpty, value.utf8.allSatisfy(Self.isPermitted) else {
                throw .keyIDValue(field)
            }
            parts.append("\(field.rawValue)=\(value)")
        }
        text = Self.prefix + parts.joined(separator: ";")
        guard text.utf8.count <= Self.maximumBytes else { throw .keyIDTooLong(text.utf8.count) }
    }

    /// Reads back what a certificate says, or nil where it is not by Sallyport.
    package static func values(in text: String) -> [Field: String]? {
        guard text.hasPrefix(prefix), text.utf8.count <= maximumBytes else { return nil }
        var values: [Field: String] = [:]
        let parts = text.dropFirst(prefix.count)
            .split(separator: ";", omittingEmptySubsequences: false)
        for part in parts {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let field = Field(rawValue: String(pair[0])),
                values[field] == nil, !pair[1].isEmpty, pair[1].utf8.allSatisfy(isPermitted)
            else { return nil }
            values[field] = String(pair[1])
        }
        return values
    }

    private static func isPermitted(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "._@/+:-".utf8.contains(byte)
    }
}

extension UInt8 {
    var isASCIILetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
