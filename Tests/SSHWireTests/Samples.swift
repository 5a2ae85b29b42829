import SSHWire

/// Keys that are well encoded; nobody holds their private halves.
enum Samples {
    static let edwards = PublicKey.ed25519(Array(repeating: 7, count: 32))

    static let all: [PublicKey] = [
        edwards,
        point(.p256), point(.p384), point(.p521),
        rsa(bits: 2048),
        .securityKeyEd25519(Array(repeating: 9, count: 32), application: "ssh:"),
        .securityKeyECDSAP256(
            point: [4] + Array(repeating: 5, count: 64),
            application: "ssh:laptop"
        ),
    ]

    static func point(_ curve: EllipticCurve) -> PublicKey {
        .ecdsa(curve, point: [4] + Array(repeating: 3, count: 2 * curve.coordinateBytes))
    }

    static func rsa(bits: Int) -> PublicKey {
        .rsa(exponent: [1, 0, 1], modulus: modulus(bits: bits))
    }

    static func modulus(bits: Int) -> [UInt8] {
        let top: UInt8 = 1 << UInt8((bits - 1) % 8)
        return [top] + Array(repeating: 1, count: (bits + 7) / 8 - 1)
    }

    static func signature(_ algorithm: SignatureAlgorithm) throws -> SignatureBlob {
        let count = algorithm.curve.map { 2 * $0.coordinateBytes } ?? 64
        let isRSA = algorithm == .rsaSHA256 || algorithm == .rsaSHA512
        return try SignatureBlob(
            algorithm,
            value: Array(repeating: 0x81, count: isRSA ? 256 : count),
            authenticator: algorithm.isSecurityKey ? .init(flags: 1, counter: 77) : nil
        )
    }

    static func fields(
        key: PublicKey = edwards,
        type: CertificateType = .user,
        principals: [String] = ["deploy"],
        options: [CertificateOption] = [
            CertificateOption(name: "force-command", value: Array("uptime".utf8)),
            CertificateOption(name: "source-address", value: Array("10.0.0.1/32".utf8)),
        ],
        extensions: [CertificateOption] = [CertificateOption(flag: "permit-pty")],
        authority: PublicKey = edwards
    ) -> CertificateFields {
        CertificateFields(
            nonce: Array(0..<32),
            publicKey: key,
            serial: 0x0102_0304_0506_0708,
            type: type,
            keyID: "somebody",
            validPrincipals: principals,
            validAfter: 1000,
            validBefore: 2000,
            criticalOptions: options,
            extensions: extensions,
            signatureKey: authority
        )
    }

    static func certificate(_ fields: CertificateFields = fields()) throws -> [UInt8] {
        let algorithm = fields.signatureKey.type.signatureAlgorithms[0]
        return Certificate.blob(
            toBeSigned: fields.toBeSigned,
            signature: try signature(algorithm)
        )
    }

    /// The field names of certificates, each a `string` or a number, for hand-made ones.
    static func wire(_ write: (inout WireWriter) -> Void) -> [UInt8] {
        var writer = WireWriter()
        write(&writer)
        return writer.bytes
    }
}
