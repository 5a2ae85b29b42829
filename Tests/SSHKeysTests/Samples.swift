import SSHKeys
import SSHWire

/// Requests and certificates that are all right, for tests to spoil one thing at a time.
enum Samples {
    static let now: UInt64 = 1_800_000_000
    static let message = Array("what is signed".utf8)

    static func keyID(
        connection: String? = "c-0123456789ab",
        principal: String = "agent:copilot"
    ) throws -> CertificateKeyID {
        try CertificateKeyID(
            connection: connection,
            session: "s-0123456789ab",
            principal: principal,
            onBehalfOf: "human:alice",
            target: "web1",
            decision: "d-7f3a",
            approval: nil
        )
    }

    static func request(
        publicKey: [UInt8] = Array(repeating: 7, count: 32),
        serial: UInt64 = 0x0001_0000_0000_0007,
        validPrincipal: String = "deploy@web1",
        validAfter: UInt64 = now - 30,
        validBefore: UInt64 = now + 60,
        forceCommand: [UInt8] = Array("uptime".utf8),
        sourceAddresses: [String] = ["10.0.0.1", "2001:db8::/32"],
        permitsTerminal: Bool = false,
        nonce: [UInt8] = Array(0..<32)
    ) throws -> UserCertificateRequest {
        try UserCertificateRequest(
            publicKey: publicKey,
            serial: serial,
            keyID: keyID(),
            validPrincipal: validPrincipal,
            validAfter: validAfter,
            validBefore: validBefore,
            forceCommand: forceCommand,
            sourceAddresses: sourceAddresses.map { try AddressRange(parsing: $0) },
            permitsTerminal: permitsTerminal,
            nonce: nonce
        )
    }

    static func fields(
        of key: PublicKey,
        type: CertificateType = .user,
        principals: [String] = ["alice"],
        options: [CertificateOption] = [],
        extensions: [CertificateOption] = [],
        authority: Ed25519SigningKey
    ) -> CertificateFields {
        CertificateFields(
            nonce: Array(0..<32),
            publicKey: key,
            serial: 7,
            type: type,
            keyID: "alice's laptop",
            validPrincipals: principals,
            validAfter: now - 10,
            validBefore: now + 10,
            criticalOptions: options,
            extensions: extensions,
            signatureKey: authority.publicKey
        )
    }

    static func certificate(
        _ fields: CertificateFields,
        signedBy authority: Ed25519SigningKey
    ) throws -> Certificate {
        let toBeSigned = fields.toBeSigned
        let signature = try authority.signatureBlob(over: toBeSigned[...])
        return try Certificate(
            parsing: Certificate.blob(toBeSigned: toBeSigned, signature: signature)
        )
    }
}
