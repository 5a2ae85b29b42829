import SSHWire

/// What user and host certificates are checked for alike.
struct CertificateVerification: Hashable, Sendable {
    let trustedAuthorities: Set<PublicKey>

    /// Checks type, authority, validity and signature; the costly one last.
    func check(
        _ certificate: Certificate,
        isFor type: CertificateType,
        at seconds: UInt64
    ) throws(CertificateError) {
        let fields = certificate.fields
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
        do {
            try SignatureVerification.verify(
                certificate.signature,
                over: certificate.signedBytes,
                by: authority,
                demanding: .none
            )
        } catch {
            throw .signature(error)
        }
    }
}
