/// A key that an agent holds.
package struct AgentIdentity: Hashable, Sendable {
    /// As the agent names it: a key of any type, or a certificate.
    package let keyBlob: [UInt8]
    package let comment: String

    package init(keyBlob: [UInt8], comment: String) {
        self.keyBlob = keyBlob
        self.comment = comment
    }
}

/// What an ssh-agent answers.
package enum AgentAnswer: Hashable, Sendable {
    /// The agent will not or cannot, and does not say why.
    case failure
    case identities([AgentIdentity])
    case signature(SignatureBlob)

    /// Reads a message without its length.
    package init(parsing message: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(message)
        switch try reader.byte("agent message number") {
        case AgentMessage.failure:
            self = .failure
        case AgentMessage.identitiesAnswer:
            self = .identities(try Self.identities(from: &reader))
        case AgentMessage.signResponse:
            let blob = try reader.string("signature", limit: SignatureBlob.maximumBytes)
            self = .signature(try SignatureBlob(parsing: blob))
        case let number:
            throw .unsupported(field: "agent message number", name: String(number))
        }
        try reader.end()
    }

    /// The message with its length before it, as an agent sends it.
    package var bytes: [UInt8] {
        switch self {
        case .failure:
            AgentMessage.framed(AgentMessage.failure) { _ in }
        case .identities(let identities):
            AgentMessage.framed(AgentMessage.identitiesAnswer) {
                $0.uint32(UInt32(identities.count))
                for identity in identities {
                    $0.string(identity.keyBlob)
                    $0.text(identity.comment)
                }
            }
        case .signature(let signature):
            AgentMessage.framed(AgentMessage.signResponse) { $0.string(signature.bytes) }
        }
    }

    private static func identities(
        from reader: inout WireReader
    ) throws(WireError) -> [AgentIdentity] {
        let count = Int(try reader.uint32("number of identities"))
        guard count <= AgentMessage.maximumIdentities else {
            throw .tooLong(field: "number of identities", limit: AgentMessage.maximumIdentities)
        }
        var identities: [AgentIdentity] = []
        for _ in 0..<count {
            let blob = try reader.string("key blob", limit: Certificate.maximumBytes)
            let comment = try reader.string("comment", limit: AgentMessage.maximumCommentBytes)
            // Comments are free bytes; they are shown to people and compared with nothing.
            identities.append(
                AgentIdentity(
                    keyBlob: [UInt8](blob),
                    comment: String(decoding: comment, as: UTF8.self)
                )
            )
        }
        return identities
    }
}
