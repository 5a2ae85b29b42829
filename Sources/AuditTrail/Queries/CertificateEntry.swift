/// An issued certificate.
package struct CertificateEntry: Hashable, Sendable, Codable {
    package let serial: CertificateSerial
    /// Of the record of its issue.
    package let sequence: Int64
    package let connection: String?
    package let session: String?
    package let principal: String?
    package let onBehalfOf: String?
    package let target: String?
    package let login: String?
    package let keyID: String
    package let publicKeyFingerprint: String
    package let validAfter: Timestamp
    package let validBefore: Timestamp
    package let purpose: AuditEvent.CertificateIssued.Purpose
    package let issuedAt: Timestamp
    /// Nil in what releases issued that did not record it.
    package let transport: TransportEnds?
}
