/// Connections and who they belong to.
extension AuditEvent {
    /// A client connected; nothing is known of it yet but its address.
    package struct ConnectionOpened: Hashable, Sendable, Codable {
        package let peerAddress: String
        package let peerPort: UInt16
        /// The address and port that it came to.
        package let listener: String
        /// The listed proxy that says whose connection it is, with its port; nil where there is none.
        package let proxy: String?
        /// The version of Landlock that confines its process; 0 where the kernel has none.
        ///
        /// Nil in records of releases without a sandbox.
        package let landlock: Int?

        package init(
            peerAddress: String,
            peerPort: UInt16,
            listener: String,
            proxy: String? = nil,
            landlock: Int? = nil
        ) {
            self.peerAddress = peerAddress
            self.peerPort = peerPort
            self.listener = listener
            self.proxy = proxy
            self.landlock = landlock
        }
    }

    /// A connection is over.
    package struct ConnectionEnded: Hashable, Sendable, Codable {
        /// Why it ended, in the words of who ended it.
        package enum Cause: String, Hashable, Sendable, CaseIterable, Codable {
            case clientClosed = "client-closed"
            /// The client left keepalives unanswered.
            case clientSilent = "client-silent"
            case keyExchangeFailed = "key-exchange-failed"
            case notSignedIn = "not-signed-in"
            case transportFailed = "transport-failed"
            case idle = "idle"
            /// It lasted for as long as the settings let it.
            case timeLimit = "time-limit"
            case terminated = "terminated"
            case locked = "locked"
            /// The principal, or its key, is no longer in the inventory.
            case removed = "removed"
            /// A limit on connections was reached.
            case refused = "refused"
            case drained = "drained"
            case protocolViolation = "protocol-violation"
            case processDied = "process-died"
            /// The authority died; found open at the next start.
            ///
            /// The true end is not known.
            case recovered = "recovered"
        }

        package let cause: Cause
        package let detail: String?

        package init(cause: Cause, detail: String? = nil) {
            self.cause = cause
            self.detail = detail
        }
    }

    /// What a client's user certificate says of itself.
    package struct ClientCertificate: Hashable, Sendable, Codable {
        package let serial: CertificateSerial
        package let keyID: String
        /// `SHA256:…` of the CA key.
        package let authorityFingerprint: String

        package init(serial: CertificateSerial, keyID: String, authorityFingerprint: String) {
            self.serial = serial
            self.keyID = keyID
            self.authorityFingerprint = authorityFingerprint
        }
    }

    /// A client proved that it holds a key, and the key names one principal.
    package struct SignedIn: Hashable, Sendable, Codable {
        /// How the principal was found.
        package enum Method: String, Hashable, Sendable, CaseIterable, Codable {
            /// The key is in the inventory.
            case publicKey = "publickey"
            /// A trusted CA signed the key.
            case certificate = "certificate"
        }

        package let method: Method
        /// `SHA256:…` of the key that signed.
        package let fingerprint: String
        package let certificate: ClientCertificate?
        /// As the client sent it.
        package let userName: String

        package init(
            method: Method,
            fingerprint: String,
            certificate: ClientCertificate? = nil,
            userName: String
        ) {
            self.method = method
            self.fingerprint = fingerprint
            self.certificate = certificate
            self.userName = userName
        }
    }

    /// A client asked to sign in and may not.
    ///
    /// Offers of keys are no sign-ins and are not recorded each.
    package struct SignInRefused: Hashable, Sendable, Codable {
        package let reason: String
        /// As the client sent it.
        package let userName: String?
        package let fingerprint: String?
        package let certificate: ClientCertificate?

        package init(
            reason: String,
            userName: String? = nil,
            fingerprint: String? = nil,
            certificate: ClientCertificate? = nil
        ) {
            self.reason = reason
            self.userName = userName
            self.fingerprint = fingerprint
            self.certificate = certificate
        }
    }
}
