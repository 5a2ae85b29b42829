import AuditTrail
import Crypto
import PolicyEngine
import SSHKeys
import SSHWire

/// For whom and for what a certificate is.
struct CertificateTerms: Sendable {
    /// Connection, session, principal and on whose behalf.
    let attribution: Attribution
    let target: Target
    let login: Login
    /// Of the audit record that holds the decision.
    let decision: String?
    let forceCommand: [UInt8]
    let permitsTerminal: Bool
    /// The connected socket.
    let transport: RemoteScript.Transport
    let purpose: AuditEvent.CertificateIssued.Purpose
    /// Those that it ends, where the attribution does not name the only one.
    var sessions: [String] = []
    var validity = CertificateValidity.session
}

/// How long a certificate lasts, and how far back.
enum CertificateValidity: Hashable, Sendable {
    /// What the target has in its settings: enough for a handshake between clocks that agree.
    case session
    /// To find out whether a target refuses because of its clock: five minutes in both directions.
    case tolerant

    /// LIMIT: how far back the certificate of a session is valid, for clocks that differ.
    static let sessionBackdatingSeconds: UInt64 = 30
    /// LIMIT: how far back, and how far ahead, one is valid that looks for such a difference.
    static let tolerantSeconds: UInt64 = 300

    var backdatingSeconds: UInt64 {
        switch self {
        case .session: Self.sessionBackdatingSeconds
        case .tolerant: Self.tolerantSeconds
        }
    }

    func lifetimeSeconds(on target: Target) -> UInt64 {
        switch self {
        case .session: UInt64(max(1, target.certificateLifetime.components.seconds))
        case .tolerant: Self.tolerantSeconds
        }
    }
}

/// A certificate that lacks its number and its signature.
struct CertificateDraft: Sendable {
    let key: Ed25519SigningKey
    private let terms: CertificateTerms
    private let keyID: CertificateKeyID
    private let sourceAddresses: [AddressRange]
    private let validAfter: UInt64
    private let validBefore: UInt64
    private let nonce: [UInt8]

    /// `key` was made for this certificate and is used for one signature.
    init(
        _ terms: CertificateTerms,
        key: Ed25519SigningKey,
        nonce: [UInt8],
        at moment: Timestamp
    ) throws(IssuingError) {
        self.terms = terms
        self.key = key
        self.nonce = nonce
        do {
            keyID = try CertificateKeyID(
                connection: terms.attribution.connection,
                session: terms.attribution.session,
                principal: terms.attribution.principal ?? "sallyport",
                onBehalfOf: terms.attribution.onBehalfOf,
                target: terms.target.name.name,
                decision: terms.decision,
                approval: nil
            )
        } catch {
            throw .request(error)
        }
        sourceAddresses = try Self.sourceAddresses(terms)
        let now = moment.wholeSeconds
        validAfter = now - min(now, terms.validity.backdatingSeconds)
        validBefore = now + terms.validity.lifetimeSeconds(on: terms.target)
    }

    private static func sourceAddresses(
        _ terms: CertificateTerms
    ) throws(IssuingError) -> [AddressRange] {
        let configured = terms.target.sourceAddresses
        do {
            guard configured.isEmpty else {
                var ranges: [AddressRange] = []
                for range in configured { ranges.append(try AddressRange(parsing: "\(range)")) }
                return ranges
            }
            return [AddressRange(try SSHWire.IPAddress(parsing: terms.transport.client.host))]
        } catch {
            throw .sourceAddress(error)
        }
    }

    /// What must be durable before anything is signed.
    func record(authority: UInt16) -> AuditEvent {
        .certificateIssued(
            AuditEvent.CertificateIssued(
                serial: .unnumbered(authority: authority),
                keyID: keyID.text,
                publicKeyFingerprint: SSHKeys.Fingerprint(of: key.publicKey).description,
                validAfter: Timestamp(secondsSince1970: validAfter),
                validBefore: Timestamp(secondsSince1970: validBefore),
                forceCommandDigest: Hexadecimal.text(SHA256.hash(data: terms.forceCommand)),
                sourceAddress: sourceAddresses.map(\.description).joined(separator: ","),
                purpose: terms.purpose,
                sessions: terms.sessions.count > 1 ? terms.sessions : nil,
                transport: terms.transport.recorded
            )
        )
    }

    /// The request for the certificate authority, once there is a number.
    func request(serial: CertificateSerial) throws(IssuingError) -> UserCertificateRequest {
        do {
            return try UserCertificateRequest(
                publicKey: key.publicKeyBytes,
                serial: serial.value,
                keyID: keyID,
                validPrincipal: terms.target.validPrincipal(for: terms.login),
                validAfter: validAfter,
                validBefore: validBefore,
                forceCommand: terms.forceCommand,
                sourceAddresses: sourceAddresses,
                permitsTerminal: terms.permitsTerminal,
                nonce: nonce
            )
        } catch {
            throw .request(error)
        }
    }
}

/// Why there is no certificate.
enum IssuingError: Error, Hashable, Sendable, CustomStringConvertible {
    case request(CertificateRequestError)
    case sourceAddress(WireError)
    case notRecorded(StoreError)
    case signing(SigningError)
    case signature(SignatureError)

    var description: String {
        switch self {
        case .request(let error): "no certificate can say this: \(error)"
        case .sourceAddress(let error): "the source address: \(error)"
        case .notRecorded(let error): "the certificate cannot be recorded: \(error)"
        case .signing(let error): "\(error)"
        case .signature(let error): "the certificate authority's signature: \(error)"
        }
    }
}
