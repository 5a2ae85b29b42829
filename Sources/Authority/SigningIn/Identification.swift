import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire

/// Whom a key or certificate stands for, and what that key may do.
struct Identity: Hashable, Sendable {
    let principal: Principal
    /// The key that must have signed.
    let publicKey: PublicKey
    /// What a security key must have seen.
    let gesture: SecurityKeyGesture
    /// Of a client's certificate.
    let restrictions: CertificateRestrictions?
    let method: AuditEvent.SignedIn.Method
    let certificate: AuditEvent.ClientCertificate?
    /// The same, to identify its bearer again.
    let signedCertificate: SignedCertificate?

    var fingerprint: String { SSHKeys.Fingerprint(of: publicKey).description }
}

/// Why a key or certificate signs nobody in: for the audit trail, never for the client.
enum IdentificationError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed(WireError)
    /// It can be read, and our library verifies nothing with it.
    case unusableKey(SignatureError)
    case algorithmNotForKey
    case unknownKey
    case revokedKey
    case certificate(CertificateError)
    case notMapped(CertificateAuthority.Resolution)
    case unknownPrincipal(PrincipalName)
    case disabled(PrincipalName, Principal.DisabledReason)
    case locked(String)
    case gesture(SignatureError)
    case userNameChanged
    case cannotRecord

    var description: String {
        switch self {
        case .malformed(let error): "the key or certificate cannot be read: \(error)"
        case .unusableKey(let error): "\(error)"
        case .algorithmNotForKey: "the algorithm is not for this key"
        case .unknownKey: "the key belongs to nobody in the inventory"
        case .revokedKey: "the key is revoked"
        case .certificate(let error): "\(error)"
        case .notMapped(let resolution): "\(resolution)"
        case .unknownPrincipal(let name): "`\(name)` is not in the inventory"
        case .disabled(let name, let reason): "`\(name)` may not sign in: \(reason)"
        case .locked(let reason): reason
        case .gesture(let error): "\(error)"
        case .userNameChanged: "the user name changed within the connection"
        case .cannotRecord: "the sign-in cannot be recorded"
        }
    }
}

/// Decides whom a key may sign in, by the inventory and the locks that are in force.
struct Identification: Sendable {
    let inventory: Inventory
    let locks: Locks
    private let certificates: UserCertificateVerification

    init(inventory: Inventory, locks: Locks) {
        self.inventory = inventory
        self.locks = locks
        var authorities: Set<PublicKey> = []
        for authority in inventory.certificateAuthorities {
            // The inventory refused what is no key; one that only this reader refuses is no CA.
            guard let key = Self.publicKey(authority.key.blob) else { continue }
            authorities.insert(key)
        }
        certificates = UserCertificateVerification(trustedAuthorities: authorities)
    }

    /// Whom the key or certificate in `keyBlob` stands for, if it may sign in at this moment.
    ///
    /// An offer names no algorithm that counts: the one of the signature does.
    func identify(
        algorithm name: String?,
        keyBlob: [UInt8],
        from peer: SSHWire.IPAddress,
        at moment: Timestamp
    ) throws(IdentificationError) -> Identity {
        let algorithm: AuthenticationAlgorithm
        do throws(WireError) {
            if let name {
                algorithm = try AuthenticationAlgorithm(parsing: name)
            } else {
                algorithm = try Self.anyAlgorithm(of: keyBlob)
            }
        } catch {
            throw .malformed(error)
        }
        return try admitted(
            algorithm.isCertificate
                ? certified(keyBlob, algorithm, from: peer, at: moment)
                : plain(keyBlob, algorithm),
            at: moment
        )
    }

    /// Whom the same key or certificate stands for now, after the inventory or the locks changed.
    ///
    /// No signature is verified: thousands may be asked about in one turn of the event loop.
    func identify(
        again identity: Identity,
        from peer: SSHWire.IPAddress,
        at moment: Timestamp
    ) throws(IdentificationError) -> Identity {
        guard let signed = identity.signedCertificate else {
            return try admitted(plain(identity.publicKey), at: moment)
        }
        let verified: VerifiedUserCertificate
        do {
            verified = try certificates.verify(again: signed, at: moment.wholeSeconds, from: peer)
        } catch {
            throw .certificate(error)
        }
        return try admitted(self.identity(of: verified), at: moment)
    }

    private func admitted(
        _ identity: Identity,
        at moment: Timestamp
    ) throws(IdentificationError) -> Identity {
        if let reason = identity.principal.disabledReason {
            throw .disabled(identity.principal.name, reason)
        }
        if let reason = locks.reason(against: identity.principal, at: moment) {
            throw .locked(reason)
        }
        return identity
    }

    /// One of those by which the key in a blob may sign, from the type with which the blob begins.
    private static func anyAlgorithm(
        of blob: [UInt8]
    ) throws(WireError) -> AuthenticationAlgorithm {
        var reader = WireReader(blob)
        let name = try reader.text("key type", limit: SignatureAlgorithm.maximumNameBytes)
        let certified = PublicKeyType(certificateName: name)
        guard let type = certified ?? PublicKeyType(rawValue: name) else {
            throw .unsupported(field: "key type", name: name)
        }
        return AuthenticationAlgorithm(
            type.signatureAlgorithms[0],
            isCertificate: certified != nil
        )
    }

    private func plain(
        _ blob: [UInt8],
        _ algorithm: AuthenticationAlgorithm
    ) throws(IdentificationError) -> Identity {
        let key: PublicKey
        do {
            key = try PublicKey(parsing: blob)
        } catch {
            throw .malformed(error)
        }
        try check(key, signsBy: algorithm)
        return try plain(key)
    }

    private func plain(_ key: PublicKey) throws(IdentificationError) -> Identity {
        guard let principal = inventory.principal(forKey: key.blob) else { throw .unknownKey }
        guard !inventory.revocations.contains(key) else { throw .revokedKey }
        return Identity(
            principal: principal,
            publicKey: key,
            gesture: .presence,
            restrictions: nil,
            method: .publicKey,
            certificate: nil,
            signedCertificate: nil
        )
    }

    private func certified(
        _ blob: [UInt8],
        _ algorithm: AuthenticationAlgorithm,
        from peer: SSHWire.IPAddress,
        at moment: Timestamp
    ) throws(IdentificationError) -> Identity {
        let certificate: Certificate
        do {
            certificate = try Certificate(parsing: blob)
        } catch {
            throw .malformed(error)
        }
        try check(certificate.fields.publicKey, signsBy: algorithm)
        let verified: VerifiedUserCertificate
        do {
            verified = try certificates.verify(certificate, at: moment.wholeSeconds, from: peer)
        } catch {
            throw .certificate(error)
        }
        return try identity(of: verified)
    }

    private func identity(
        of verified: VerifiedUserCertificate
    ) throws(IdentificationError) -> Identity {
        for key in [verified.publicKey, verified.authority]
        where inventory.revocations.contains(key) {
            throw .revokedKey
        }
        let blob = verified.authority.blob
        guard let authority = inventory.certificateAuthority(forKey: blob) else {
            throw .certificate(.authorityNotTrusted(SSHKeys.Fingerprint(of: verified.authority)))
        }
        guard !authority.isRevoked(serial: verified.serial) else {
            throw .certificate(.serialRevoked(verified.serial))
        }
        return Identity(
            principal: try principal(authority.resolve(verified.validPrincipals)),
            publicKey: verified.publicKey,
            gesture: verified.restrictions.gesture,
            restrictions: verified.restrictions,
            method: .certificate,
            certificate: AuditEvent.ClientCertificate(
                serial: CertificateSerial(verified.serial),
                keyID: PrintableText.escaped(verified.keyID, limit: 256),
                authorityFingerprint: SSHKeys.Fingerprint(of: verified.authority).description
            ),
            signedCertificate: verified.signed
        )
    }

    private func principal(
        _ resolution: CertificateAuthority.Resolution
    ) throws(IdentificationError) -> Principal {
        switch resolution {
        case .principal(let name):
            guard let principal = inventory.principal(named: name) else {
                throw .unknownPrincipal(name)
            }
            return principal
        case .none, .several: throw .notMapped(resolution)
        }
    }

    private func check(
        _ key: PublicKey,
        signsBy algorithm: AuthenticationAlgorithm
    ) throws(IdentificationError) {
        guard key.type.signatureAlgorithms.contains(algorithm.signature) else {
            throw .algorithmNotForKey
        }
    }

    private static func publicKey(_ blob: [UInt8]) -> PublicKey? {
        do {
            return try PublicKey(parsing: blob)
        } catch {
            return nil
        }
    }
}

extension Revocations {
    /// Whether a key of anybody or anything is revoked, by itself or by its fingerprint.
    func contains(_ key: PublicKey) -> Bool {
        contains(keyBlob: key.blob, sha256: SSHKeys.Fingerprint(of: key).digest)
    }
}

extension Timestamp {
    /// Seconds since 1970, none of them negative.
    var wholeSeconds: UInt64 { UInt64(max(0, microsecondsSince1970) / 1_000_000) }
}
