/// What we ask an ssh-agent.
package enum AgentRequest: Hashable, Sendable {
    case identities
    /// Sign `payload` with the key of `keyBlob`, an RSA key by the algorithm that is named.
    case sign(keyBlob: [UInt8], payload: [UInt8], algorithm: SignatureAlgorithm)

    private static let rsaSHA256Flag: UInt32 = 2
    private static let rsaSHA512Flag: UInt32 = 4

    /// The message with its length before it.
    package var bytes: [UInt8] {
        switch self {
        case .identities:
            AgentMessage.framed(AgentMessage.requestIdentities) { _ in }
        case .sign(let keyBlob, let payload, let algorithm):
            AgentMessage.framed(AgentMessage.signRequest) {
                $0.string(keyBlob)
                $0.string(payload)
                $0.uint32(Self.flags(of: algorithm))
            }
        }
    }

    /// Reads a message without its length, as an agent does.
    package init(parsing message: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(message)
        switch try reader.byte("agent message number") {
        case AgentMessage.requestIdentities:
            self = .identities
        case AgentMessage.signRequest:
            let blob = try reader.string("key blob", limit: PublicKey.maximumBlobBytes)
            let payload = try reader.string("payload", limit: AgentMessage.maximumBytes)
            let flags = try reader.uint32("flags")
            let key = try PublicKey(parsing: blob)
            let algorithms = key.type.signatureAlgorithms
            guard let algorithm = algorithms.first(where: { Self.flags(of: $0) == flags }) else {
                throw .malformed(field: "flags", reason: "name no algorithm of the key")
            }
            self = .sign(keyBlob: [UInt8](blob), payload: [UInt8](payload), algorithm: algorithm)
        case let number:
            throw .unsupported(field: "agent message number", name: String(number))
        }
        try reader.end()
    }

    private static func flags(of algorithm: SignatureAlgorithm) -> UInt32 {
        switch algorithm {
        case .rsaSHA256: rsaSHA256Flag
        case .rsaSHA512: rsaSHA512Flag
        case .ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521: 0
        case .securityKeyEd25519, .securityKeyECDSAP256: 0
        }
    }
}
