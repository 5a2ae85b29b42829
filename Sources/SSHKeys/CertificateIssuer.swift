package import SSHWire

/// Makes certificates of requests, in two steps, so that the authority's key may live elsewhere.
package struct CertificateIssuer: Hashable, Sendable {
    /// The certificate authority's public key.
    package let authority: PublicKey

    package init(authority: PublicKey) {
        self.authority = authority
    }

    package func prepare(_ request: UserCertificateRequest) -> UnsignedCertificate {
        UnsignedCertificate(
            toBeSigned: request.fields(signedBy: authority).toBeSigned,
            authority: authority
        )
    }
}

/// A certificate that lacks its signature only.
package struct UnsignedCertificate: Hashable, Sendable {
    package let toBeSigned: [UInt8]
    private let authority: PublicKey

    fileprivate init(toBeSigned: [UInt8], authority: PublicKey) {
        self.toBeSigned = toBeSigned
        self.authority = authority
    }

    /// The certificate, after it is sure that the authority's key made this signature over it.
    package func sealed(with signature: SignatureBlob) throws(SignatureError) -> [UInt8] {
        try SignatureVerification.verify(
            signature,
            over: toBeSigned[...],
            by: authority,
            demanding: .none
        )
        return Certificate.blob(toBeSigned: toBeSigned, signature: signature)
    }
}
