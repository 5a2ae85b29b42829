extension AuditEvent.Decided {
    /// What the program gets of what the client sends.
    package enum Input: Hashable, Sendable {
        /// As it comes: nobody knew it when it was decided.
        case unknown
        /// Nothing: it is thrown away.
        case discarded
        /// Exactly what has this SHA-256, in hexadecimal, or it does not start.
        case promised(digest: String)
    }
}

extension AuditEvent.Decided.Input: LosslessStringConvertible {
    /// What stands before a digest.
    ///
    /// Clients write it too where they promise what they send, so that they may copy what they read.
    package static let digestPrefix = "sha256:"

    package var description: String {
        switch self {
        case .unknown: "unknown"
        case .discarded: "discarded"
        case .promised(let digest): Self.digestPrefix + digest
        }
    }

    package init?(_ text: String) {
        switch text {
        case "unknown": self = .unknown
        case "discarded": self = .discarded
        default:
            guard text.hasPrefix(Self.digestPrefix) else { return nil }
            self = .promised(digest: String(text.dropFirst(Self.digestPrefix.count)))
        }
    }
}

extension AuditEvent.Decided.Input: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let input = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
        }
        self = input
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
