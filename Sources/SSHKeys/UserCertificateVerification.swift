package import SSHWire

/// What a client's certificate says, once it is sure that a trusted authority says it.
package struct VerifiedUserCertificate: Hashable, Sendable {
    package let publicKey: PublicKey
    /// Never empty.
    package let validPrincipals: [String]
    package let keyID: String
    package let serial: UInt64
    /// Seconds since 1970.
    package let validBefore: UInt64
    /// The authority that signed it: whom it may speak for is for the caller to say.
    package let authority: PublicKey
    package let restrictions: CertificateRestrictions
    /// To verify it again later, without its signature.
    package let signed: SignedCertificate
}

/// Decides whether a client's certificate is what it looks like.
///
/// That its bearer holds the private key is another question: `SignatureVerification`, with
/// `publicKey` and `restrictions.gesture` of the answer. Whether keys or serial are revoked is for
/// the caller to say, too.
package struct UserCertificateVerification: Hashable, Sendable {
    private let common: CertificateVerification

    package init(trustedAuthorities: Set<PublicKey>) {
        common = CertificateVerification(trustedAuthorities: trustedAuthorities)
    }

    /// Verifies `certificate` at a time in seconds since 1970, for a client at `peer`.
    package func verify(
        _ certificate: Certificate,
        at seconds: UInt64,
        from peer: IPAddress
    ) throws(CertificateError) -> VerifiedUserCertificate {
        try answer(try common.check(certificate, isFor: .user, at: seconds), peer)
    }

    /// Verifies again what was verified before, of these or of other authorities.
    ///
    /// That it is signed stays true, so this costs no signature.
    package func verify(
        again signed: SignedCertificate,
        at seconds: UInt64,
        from peer: IPAddress
    ) throws(CertificateError) -> VerifiedUserCertificate {
        try common.checkClaims(signed.certificate.fields, isFor: .user, at: seconds)
        return try answer(signed, peer)
    }

    private func answer(
        _ signed: SignedCertificate,
        _ peer: IPAddress
    ) throws(CertificateError) -> VerifiedUserCertificate {
        let fields = signed.certificate.fields
        let restrictions = try CertificateRestrictions(of: fields)
        if let ranges = restrictions.sourceAddresses {
            guard ranges.contains(where: { $0.contains(peer) }) else {
                throw .sourceAddressExcluded(peer)
            }
        }
        return VerifiedUserCertificate(
            publicKey: fields.publicKey,
            validPrincipals: fields.validPrincipals,
            keyID: fields.keyID,
            serial: fields.serial,
            validBefore: fields.validBefore,
            authority: fields.signatureKey,
            restrictions: restrictions,
            signed: signed
        )
    }
}
