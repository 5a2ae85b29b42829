import TestSupport
import Testing

@testable import SSHWire

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "ProxyHeader.maximumBytes": WrittenLimit.bytes(ProxyHeader.maximumBytes),
        "PublicKey.modulusBits": WrittenLimit.counts(PublicKey.modulusBits),
        "PublicKey.maximumExponentBits": WrittenLimit.count(PublicKey.maximumExponentBits),
        "PublicKey.maximumApplicationBytes": WrittenLimit.bytes(PublicKey.maximumApplicationBytes),
        "PublicKey.maximumBlobBytes": WrittenLimit.bytes(PublicKey.maximumBlobBytes),
        "PublicKeyLine.maximumBlobBytes": WrittenLimit.bytes(PublicKeyLine.maximumBlobBytes),
        "SignatureAlgorithm.maximumNameBytes": WrittenLimit.bytes(
            SignatureAlgorithm.maximumNameBytes
        ),
        "SignatureBlob.maximumBytes": WrittenLimit.bytes(SignatureBlob.maximumBytes),
        "Certificate.maximumBytes": WrittenLimit.bytes(Certificate.maximumBytes),
        "CertificateFields.maximumNonceBytes": WrittenLimit.bytes(
            CertificateFields.maximumNonceBytes
        ),
        "CertificateFields.maximumKeyIDBytes": WrittenLimit.bytes(
            CertificateFields.maximumKeyIDBytes
        ),
        "CertificateFields.maximumPrincipals": WrittenLimit.count(
            CertificateFields.maximumPrincipals
        ),
        "CertificateFields.maximumPrincipalBytes": WrittenLimit.bytes(
            CertificateFields.maximumPrincipalBytes
        ),
        "CertificateFields.maximumPrincipalListBytes": WrittenLimit.bytes(
            CertificateFields.maximumPrincipalListBytes
        ),
        "CertificateFields.maximumCriticalOptionBytes": WrittenLimit.bytes(
            CertificateFields.maximumCriticalOptionBytes
        ),
        "CertificateFields.maximumExtensionBytes": WrittenLimit.bytes(
            CertificateFields.maximumExtensionBytes
        ),
        "CertificateOption.maximumCount": WrittenLimit.count(CertificateOption.maximumCount),
        "CertificateOption.maximumNameBytes": WrittenLimit.bytes(
            CertificateOption.maximumNameBytes
        ),
        "AddressRange.maximumListCount": WrittenLimit.count(AddressRange.maximumListCount),
        "PrivateKeyFile.maximumTextBytes": WrittenLimit.bytes(PrivateKeyFile.maximumTextBytes),
        "PrivateKeyFile.maximumCommentBytes": WrittenLimit.bytes(
            PrivateKeyFile.maximumCommentBytes
        ),
        "UserAuthenticationRequest.maximumSessionIdentifierBytes": WrittenLimit.bytes(
            UserAuthenticationRequest.maximumSessionIdentifierBytes
        ),
        "UserAuthenticationRequest.maximumUserBytes": WrittenLimit.bytes(
            UserAuthenticationRequest.maximumUserBytes
        ),
        "AgentMessage.maximumBytes": WrittenLimit.bytes(AgentMessage.maximumBytes),
        "AgentMessage.maximumIdentities": WrittenLimit.count(AgentMessage.maximumIdentities),
        "AgentMessage.maximumCommentBytes": WrittenLimit.bytes(AgentMessage.maximumCommentBytes),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Keys and certificates as bytes")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "SSHWire").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
