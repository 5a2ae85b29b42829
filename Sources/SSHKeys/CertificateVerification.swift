package import SSHWire

/// A certificate that the authority it names did sign, which stays true; whether that authority is
/// trusted, now and for this, is another question.
package struct SignedCertificate: Hashable, Sendable {
    package let certificate: Certificate

    fileprivate init(verifying certificate: Certificate) throws(CertificateError) {
        do {
            try SignatureVerification.verify(
                certificate.signature,
                over: certificate.signedBytes,
                by: certificate.fields.signatureKey,
                demanding: .none
            )
        } catch {
            throw .signature(error)
        }
        self.certificate = certificate
    }
}

/// What user and host certificates are checked for alike.
struct CertificateVerification: Hashable, Sendable {
    let trustedAuthorities: Set<PublicKey>

    /// Checks type, authority, validity and signature; the costly one last.
    func check(
        _ certificate: Certificate,
        isFor type: CertificateType,
        at seconds: UInt64
    ) throws(CertificateError) -> SignedCertificate {
        try checkClaims(certificate.fields, isFor: type, at: seconds)
        return try SignedCertificate(verifying: certificate)
    }

    /// Checks what the certificate says: all but its signature.
    func checkClaims(
        _ fields: CertificateFields,
        isFor type: CertificateType,
        at seconds: UInt64
    ) throws(CertificateError) {
        guard fields.type == type else { throw .wrongType(fields.type) }
        let authority = fields.signatureKey
        guard trustedAuthorities.contains(authority) else {
            throw .authorityNotTrusted(Fingerprint(of: authority))
        }
        guard seconds >= fields.validAfter else {
            throw .notYetValid(validAfter: fields.validAfter)
        }
        guard seconds < fields.validBefore else {
            throw .expired(validBefore: fields.validBefore)
        }
        // To a target's sshd an empty list may mean everybody; here it means nobody.
        guard !fields.validPrincipals.isEmpty else { throw .noPrincipals }
    }
}
