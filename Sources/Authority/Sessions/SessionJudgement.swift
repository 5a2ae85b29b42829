import AuditTrail
import Crypto
import PolicyEngine
import SSHWire
import SessionProtocol

/// Proof that a session may begin: made of a verdict for its own question and nothing else.
struct AdmittedSession: Hashable, Sendable {
    let address: ResolvedAddress
    /// Of the certificate.
    let forceCommand: [UInt8]
    let permitsTerminal: Bool
    let determiningRules: [String]
    /// The blobs of the host keys that count now.
    let pinnedKeys: Set<[UInt8]>
    let hostKeyAlgorithms: [String]

    fileprivate init(
        address: ResolvedAddress,
        forceCommand: [UInt8],
        permitsTerminal: Bool,
        determiningRules: [String],
        pins: TargetPins
    ) {
        self.address = address
        self.forceCommand = forceCommand
        self.permitsTerminal = permitsTerminal
        self.determiningRules = determiningRules
        pinnedKeys = pins.blobs
        hostKeyAlgorithms = pins.algorithms
    }
}

/// Why a session does not begin.
struct SessionRefusal: Hashable, Sendable {
    let exitStatus: UInt32
    /// For the client.
    let text: String
    /// For the audit trail.
    let reason: String
    let determiningRules: [String]
    let cause: AuditEvent.SessionEnded.Cause

    init(
        exitStatus: UInt32 = ClientText.deniedStatus,
        text: String,
        reason: String,
        determiningRules: [String] = [],
        cause: AuditEvent.SessionEnded.Cause = .denied
    ) {
        self.exitStatus = exitStatus
        self.text = text
        self.reason = reason
        self.determiningRules = determiningRules
        self.cause = cause
    }
}

/// What a permit of the policy does not speak of.
struct Circumstances: Sendable {
    let locks: Locks
    let revocations: Revocations
    /// Whether the bastion is being stopped.
    let isDraining: Bool
    let moment: Timestamp
}

/// What becomes of a plan once the decider has answered.
enum SessionJudgement: Hashable, Sendable {
    case admitted(AdmittedSession)
    case refused(SessionRefusal)

    init(
        _ plan: SessionPlan,
        _ verdict: DeciderPool.Verdict,
        _ circumstances: Circumstances,
        breakerMilliseconds: (ResolvedAddress) -> UInt64?
    ) {
        let rules: [String]
        switch verdict {
        case .permitted(let determining, let obligations):
            rules = determining
            if let unknown = obligations.first {
                self = .refused(Self.noGrant("the obligation `\(unknown)` is not known here"))
                return
            }
        case .denied(let determining, let reason):
            self = .refused(Self.noGrant(Self.reason(plan) ?? reason, determining))
            return
        case .undecidable(let reason):
            self = .refused(Self.noGrant("undecidable: \(reason)"))
            return
        }
        guard let address = plan.address, let kind = plan.kind else {
            self = .refused(Self.noGrant("a permit without a target: undecidable"))
            return
        }
        let pins = TargetPins(
            of: address.target,
            without: circumstances.revocations,
            at: circumstances.moment
        )
        if let obstacle = Self.obstacle(plan, address, pins, circumstances) {
            self = .refused(obstacle)
            return
        }
        do throws(WrappingError) {
            let command = try CommandWrapping.forcedCommand(
                for: kind,
                commandLine: plan.commandLine,
                environment: plan.environment,
                on: address.target
            )
            // Last, because it lets one through: that one must be admitted.
            if let wait = breakerMilliseconds(address) {
                self = .refused(Self.leftAlone(address, wait))
                return
            }
            self = .admitted(
                AdmittedSession(
                    address: address,
                    forceCommand: command,
                    permitsTerminal: plan.terminal != nil,
                    determiningRules: rules,
                    pins: pins
                )
            )
        } catch {
            self = .refused(
                SessionRefusal(text: ClientText.denied("\(error)"), reason: "\(error)")
            )
        }
    }

    /// Why the name led nowhere, which says more than the decider could.
    private static func reason(_ plan: SessionPlan) -> String? {
        switch plan.destination {
        case .resolved: nil
        case .nowhere(let refusal): refusal.description
        }
    }

    /// One text for an unknown target, a forbidden one and a login that is not granted.
    private static func noGrant(_ reason: String, _ rules: [String] = []) -> SessionRefusal {
        SessionRefusal(text: ClientText.noGrant, reason: reason, determiningRules: rules)
    }

    /// What keeps a granted session from beginning; the client may know it.
    private static func obstacle(
        _ plan: SessionPlan,
        _ address: ResolvedAddress,
        _ pins: TargetPins,
        _ circumstances: Circumstances
    ) -> SessionRefusal? {
        let target = address.target
        guard !circumstances.isDraining else {
            let reason = "the bastion is being stopped"
            return SessionRefusal(
                exitStatus: ClientText.unavailableStatus,
                text: ClientText.unavailable(reason),
                reason: reason,
                cause: .drained
            )
        }
        if let reason = plan.restriction {
            return SessionRefusal(text: ClientText.denied(reason), reason: reason)
        }
        let (locks, moment) = (circumstances.locks, circumstances.moment)
        if let reason = locks.reason(against: plan.principal, at: moment)
            ?? locks.reason(against: target.name, at: moment)
        {
            return SessionRefusal(
                text: ClientText.denied(reason),
                reason: reason,
                cause: .locked
            )
        }
        guard !pins.blobs.isEmpty else {
            let reason = "the target `\(target.name)` has no pinned host key that is still valid"
            return SessionRefusal(
                exitStatus: ClientText.unavailableStatus,
                text: ClientText.unavailable(reason),
                reason: reason,
                cause: .notStarted
            )
        }
        return nil
    }

    private static func leftAlone(
        _ address: ResolvedAddress,
        _ milliseconds: UInt64
    ) -> SessionRefusal {
        let reason =
            "the target `\(address.target.name)` refused this bastion's certificates for "
            + "`\(address.login)`; it is left alone for another \(milliseconds / 1000 + 1) s"
        return SessionRefusal(
            exitStatus: ClientText.unavailableStatus,
            text: ClientText.unavailable(reason),
            reason: reason,
            cause: .notStarted
        )
    }
}

/// The host keys of a target that count at a moment: pinned, not run out, not revoked.
struct TargetPins: Hashable, Sendable {
    let blobs: Set<[UInt8]>
    /// The algorithms by which a host with these keys may sign, the preferred one first.
    let algorithms: [String]

    init(of target: Target, without revocations: Revocations, at moment: Timestamp) {
        var keys: [PublicKey] = []
        for pinned in target.hostKeys(atUnixSeconds: moment.wholeSeconds) {
            // The inventory accepted it; what this reader refuses cannot prove anything.
            do { keys.append(try PublicKey(parsing: pinned.line.blob)) } catch { continue }
        }
        keys.removeAll { revocations.contains($0) }
        blobs = Set(keys.map(\.blob))
        let preference: [PublicKeyType] = [.ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521, .rsa]
        let types = preference.filter { type in keys.contains { $0.type == type } }
        algorithms = types.flatMap(\.signatureAlgorithms).map(\.rawValue)
    }
}
