/// The bytes that a client signs to sign in with a key (RFC 4252 §7).
///
/// Who can read these bytes back exactly knows what the signature says: over which connection, as
/// which user, with which key.
package struct UserAuthenticationRequest: Hashable, Sendable {
    /// The first exchange hash of the connection (RFC 4253 §7.2).
    package let sessionIdentifier: [UInt8]
    package let user: String
    package let algorithm: AuthenticationAlgorithm
    /// A public key, or a certificate where `algorithm` says so.
    package let keyBlob: [UInt8]

    /// LIMIT: SHA-512 is the longest hash of any key exchange.
    package static let maximumSessionIdentifierBytes = 64
    /// LIMIT: RFC 4252 sets none; `login@target` needs no more.
    package static let maximumUserBytes = 320

    private static let messageNumber: UInt8 = 50
    private static let service = "ssh-connection"
    private static let method = "publickey"

    package init(
        sessionIdentifier: [UInt8],
        user: String,
        algorithm: AuthenticationAlgorithm,
        keyBlob: [UInt8]
    ) {
        self.sessionIdentifier = sessionIdentifier
        self.user = user
        self.algorithm = algorithm
        self.keyBlob = keyBlob
    }

    package init(parsing bytes: [UInt8]) throws(WireError) {
        var reader = WireReader(bytes)
        sessionIdentifier = [UInt8](
            try reader.string("session identifier", limit: Self.maximumSessionIdentifierBytes)
        )
        guard try reader.byte("message number") == Self.messageNumber else {
            throw .malformed(field: "message number", reason: "is not that of USERAUTH_REQUEST")
        }
        user = try reader.text("user name", limit: Self.maximumUserBytes)
        guard try reader.text("service", limit: Self.service.utf8.count) == Self.service else {
            throw .malformed(field: "service", reason: "is not `\(Self.service)`")
        }
        guard try reader.text("method", limit: Self.method.utf8.count) == Self.method else {
            throw .malformed(field: "method", reason: "is not `\(Self.method)`")
        }
        // One exact byte, though a boolean may be any but zero: so these bytes have one form.
        guard try reader.byte("has signature") == 1 else {
            throw .malformed(field: "has signature", reason: "is not TRUE")
        }
        let name = try reader.text(
            "public key algorithm",
            limit: SignatureAlgorithm.maximumNameBytes
        )
        algorithm = try AuthenticationAlgorithm(parsing: name)
        keyBlob = [UInt8](try reader.string("key blob", limit: Certificate.maximumBytes))
        try reader.end()
    }

    /// The bytes that `init(parsing:)` reads.
    package var bytes: [UInt8] {
        var writer = WireWriter(reserving: 256 + user.utf8.count + keyBlob.count)
        writer.string(sessionIdentifier)
        writer.byte(Self.messageNumber)
        writer.text(user)
        writer.text(Self.service)
        writer.text(Self.method)
        writer.boolean(true)
        writer.text(algorithm.name)
        writer.string(keyBlob)
        return writer.bytes
    }
}
