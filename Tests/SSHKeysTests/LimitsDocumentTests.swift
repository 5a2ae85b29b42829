import TestSupport
import Testing

@testable import SSHKeys

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "UserCertificateRequest.maximumForceCommandBytes": WrittenLimit.bytes(
            UserCertificateRequest.maximumForceCommandBytes
        ),
        "UserCertificateRequest.maximumValiditySeconds": WrittenLimit.seconds(
            UserCertificateRequest.maximumValiditySeconds
        ),
        "UserCertificateRequest.maximumSourceAddresses": WrittenLimit.count(
            UserCertificateRequest.maximumSourceAddresses
        ),
        "UserCertificateRequest.maximumPrincipalBytes": WrittenLimit.bytes(
            UserCertificateRequest.maximumPrincipalBytes
        ),
        "CertificateKeyID.maximumBytes": WrittenLimit.bytes(CertificateKeyID.maximumBytes),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Certificates of ours")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "SSHKeys").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
