/// Certificates that the authority signed.
extension AuditEvent {
    /// A certificate is about to be signed: the record is durable first.
    package struct CertificateIssued: Hashable, Sendable, Codable {
        /// What it is for.
        package enum Purpose: String, Hashable, Sendable, CaseIterable, Codable {
            case session = "session"
            /// To end what a session left running.
            case termination = "termination"
            /// To look at a target without a client.
            case probe = "probe"
        }

        /// Without a number when it is submitted; the store gives it one.
        package internal(set) var serial: CertificateSerial
        package let keyID: String
        package let publicKeyFingerprint: String
        package let validAfter: Timestamp
        package let validBefore: Timestamp
        /// SHA-256 of the forced command, in hexadecimal.
        package let forceCommandDigest: String
        package let sourceAddress: String
        package let purpose: Purpose
        /// What it ends, where that is more than the session that the record is about.
        package let sessions: [String]?
        /// Of the transport that it was made for; what it starts there has them in its environment.
        ///
        /// Empty in records of releases that did not record it.
        package let transport: TransportEnds?

        package init(
            serial: CertificateSerial,
            keyID: String,
            publicKeyFingerprint: String,
            validAfter: Timestamp,
            validBefore: Timestamp,
            forceCommandDigest: String,
            sourceAddress: String,
            purpose: Purpose,
            sessions: [String]? = nil,
            transport: TransportEnds?
        ) {
            self.serial = serial
            self.keyID = keyID
            self.publicKeyFingerprint = publicKeyFingerprint
            self.validAfter = validAfter
            self.validBefore = validBefore
            self.forceCommandDigest = forceCommandDigest
            self.sourceAddress = sourceAddress
            self.purpose = purpose
            self.sessions = sessions
            self.transport = transport
        }
    }
}
