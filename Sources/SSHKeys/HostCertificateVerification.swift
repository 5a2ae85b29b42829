package import SSHWire

/// What a target's host certificate proves.
package struct VerifiedHostCertificate: Hashable, Sendable {
    /// The key to pin.
    package let publicKey: PublicKey
    /// Seconds since 1970: until then the key may stay pinned.
    package let validBefore: UInt64
    package let keyID: String
    package let serial: UInt64
    package let authority: PublicKey
}

/// Decides whether a target's host certificate names the target, for enrolment.
package struct HostCertificateVerification: Hashable, Sendable {
    private let common: CertificateVerification
    private let revokedKeys: Set<PublicKey>

    /// `revokedKeys` are refused as a host's key and as an authority's.
    package init(trustedAuthorities: Set<PublicKey>, revokedKeys: Set<PublicKey>) {
        common = CertificateVerification(trustedAuthorities: trustedAuthorities)
        self.revokedKeys = revokedKeys
    }

    /// Verifies `certificate` for the host `name` at a time in seconds since 1970.
    ///
    /// Names are compared byte for byte, so the caller writes them in lower case as authorities do;
    /// a pattern (`*.example.org`) names no host.
    package func verify(
        _ certificate: Certificate,
        name: String,
        at seconds: UInt64
    ) throws(CertificateError) -> VerifiedHostCertificate {
        _ = try common.check(certificate, isFor: .host, at: seconds)
        let fields = certificate.fields
        guard !revokedKeys.contains(fields.signatureKey) else {
            throw .authorityRevoked(Fingerprint(of: fields.signatureKey))
        }
        guard !revokedKeys.contains(fields.publicKey) else {
            throw .keyRevoked(Fingerprint(of: fields.publicKey))
        }
        // Host certificates have no critical options that anybody defined.
        if let option = fields.criticalOptions.first { throw .unknownCriticalOption(option.name) }
        guard fields.validPrincipals.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
            throw .nameNotCovered(name)
        }
        return VerifiedHostCertificate(
            publicKey: fields.publicKey,
            validBefore: fields.validBefore,
            keyID: fields.keyID,
            serial: fields.serial,
            authority: fields.signatureKey
        )
    }
}
