/// Whom a certificate is for (draft-ietf-sshm-cert).
package enum CertificateType: UInt32, Hashable, Sendable, CaseIterable {
    case user = 1
    case host = 2
}

/// All that a certificate authority signs.
///
/// The times are seconds since 1970; a certificate is valid from `validAfter` to the second before
/// `validBefore`.
package struct CertificateFields: Hashable, Sendable {
    package var nonce: [UInt8]
    package var publicKey: PublicKey
    package var serial: UInt64
    package var type: CertificateType
    package var keyID: String
    package var validPrincipals: [String]
    package var validAfter: UInt64
    package var validBefore: UInt64
    package var criticalOptions: [CertificateOption]
    package var extensions: [CertificateOption]
    package var signatureKey: PublicKey

    /// LIMIT: 32 bytes are usual.
    package static let maximumNonceBytes = 64
    /// LIMIT: other authorities write whole sentences here; ours writes at most 512 bytes.
    package static let maximumKeyIDBytes = 4096
    /// LIMIT: OpenSSH's `SSHKEY_CERT_MAX_PRINCIPALS`.
    package static let maximumPrincipals = 256
    /// LIMIT: a principal is a login, a host name, or a mail address.
    package static let maximumPrincipalBytes = 256
    package static let maximumPrincipalListBytes = 16 * 1024
    /// LIMIT: the longest forced command, 127 KiB, and 4 KiB for everything else.
    package static let maximumCriticalOptionBytes = 131 * 1024
    package static let maximumExtensionBytes = 16 * 1024

    package init(
        nonce: [UInt8],
        publicKey: PublicKey,
        serial: UInt64,
        type: CertificateType,
        keyID: String,
        validPrincipals: [String],
        validAfter: UInt64,
        validBefore: UInt64,
        criticalOptions: [CertificateOption],
        extensions: [CertificateOption],
        signatureKey: PublicKey
    ) {
        self.nonce = nonce
        self.publicKey = publicKey
        self.serial = serial
        self.type = type
        self.keyID = keyID
        self.validPrincipals = validPrincipals
        self.validAfter = validAfter
        self.validBefore = validBefore
        self.criticalOptions = criticalOptions
        self.extensions = extensions
        self.signatureKey = signatureKey
    }

    /// The bytes that the authority signs; with the signature after them they are the certificate.
    ///
    /// The caller keeps the options in ascending order.
    package var toBeSigned: [UInt8] {
        let options = criticalOptions.reduce(0) { $0 + $1.encodedBytes }
        var writer = WireWriter(
            reserving: options + keyID.utf8.count + Self.roomForOtherFields
        )
        writer.text(publicKey.type.certificateName)
        writer.string(nonce)
        publicKey.write(fieldsTo: &writer)
        writer.uint64(serial)
        writer.uint32(type.rawValue)
        writer.text(keyID)
        writer.uint32(UInt32(validPrincipals.reduce(0) { $0 + 4 + $1.utf8.count }))
        for principal in validPrincipals { writer.text(principal) }
        writer.uint64(validAfter)
        writer.uint64(validBefore)
        CertificateOption.write(criticalOptions, to: &writer)
        CertificateOption.write(extensions, to: &writer)
        writer.uint32(0)
        writer.string(signatureKey.blob)
        return writer.bytes
    }

    /// Names, numbers, an Ed25519 key twice and its signature: what most certificates need.
    private static let roomForOtherFields = 1024

    init(from reader: inout WireReader) throws(WireError) {
        let name = try reader.text(
            "certificate type",
            limit: SignatureAlgorithm.maximumNameBytes
        )
        guard let keyType = PublicKeyType(certificateName: name) else {
            throw .unsupported(field: "certificate type", name: name)
        }
        nonce = [UInt8](try reader.string("nonce", limit: Self.maximumNonceBytes))
        publicKey = try PublicKey(keyType, fieldsFrom: &reader)
        serial = try reader.uint64("serial")
        let number = try reader.uint32("type")
        guard let type = CertificateType(rawValue: number) else {
            throw .malformed(field: "type", reason: "is \(number), neither user nor host")
        }
        self.type = type
        keyID = try reader.text("key id", limit: Self.maximumKeyIDBytes)
        guard !keyID.utf8.contains(0) else {
            throw .malformed(field: "key id", reason: "holds a NUL")
        }
        validPrincipals = try Self.principals(from: &reader)
        validAfter = try reader.uint64("valid after")
        validBefore = try reader.uint64("valid before")
        criticalOptions = try CertificateOption.readSequence(
            "critical options",
            limit: Self.maximumCriticalOptionBytes,
            from: &reader
        )
        extensions = try CertificateOption.readSequence(
            "extensions",
            limit: Self.maximumExtensionBytes,
            from: &reader
        )
        guard try reader.string("reserved", limit: 0).isEmpty else {
            throw .malformed(field: "reserved", reason: "is not empty")
        }
        // A nested certificate has a type name that no plain key has, so it ends here.
        let signatureKey = try reader.string("signature key", limit: PublicKey.maximumBlobBytes)
        self.signatureKey = try PublicKey(parsing: signatureKey)
    }

    private static func principals(from reader: inout WireReader) throws(WireError) -> [String] {
        let field = "valid principals"
        var list = WireReader(try reader.string(field, limit: maximumPrincipalListBytes))
        var principals: [String] = []
        while !list.isAtEnd {
            let principal = try list.printableText(field, limit: maximumPrincipalBytes)
            guard !principal.isEmpty else { throw .malformed(field: field, reason: "has no name") }
            guard !principals.contains(principal) else {
                throw .malformed(field: field, reason: "names one twice")
            }
            guard principals.count < maximumPrincipals else {
                throw .tooLong(field: field, limit: maximumPrincipalListBytes)
            }
            principals.append(principal)
        }
        return principals
    }
}
