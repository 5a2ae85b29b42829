import AuditTrail
import Crypto
import PolicyEngine
import SSHWire

/// Proof that a session may begin: made of a verdict for its own question and nothing else.
struct AdmittedSession: Hashable, Sendable {
    let address: ResolvedAddress
    /// Of the certificate.
    let forceCommand: [UInt8]
    let permitsTerminal: Bool
    let determiningRules: [String]
    let judgement: AuditEvent.Decided.Judgement
    let input: AdmittedInput
    /// How long it may run; nil where no rule limits it.
    let timeLimit: Duration?
    /// The blobs of the host keys that count now.
    let pinnedKeys: Set<[UInt8]>
    let hostKeyAlgorithms: [String]

    fileprivate init(
        _ plan: SessionPlan,
        address: ResolvedAddress,
        forceCommand: [UInt8],
        decided: DecidedSession,
        pins: TargetPins
    ) {
        self.address = address
        self.forceCommand = forceCommand
        permitsTerminal = plan.terminal != nil
        determiningRules = decided.rules
        judgement = decided.judgement
        input = decided.input
        timeLimit = decided.timeLimit
        pinnedKeys = pins.blobs
        hostKeyAlgorithms = pins.algorithms
    }
}

/// What a permit of the policy does not speak of.
struct Circumstances: Sendable {
    let locks: Locks
    let revocations: Revocations
    /// Whether the bastion is being stopped.
    let isDraining: Bool
    let moment: Timestamp
    /// SHA-256 over policies and knowledge, in hexadecimal.
    let policyDigest: String
    /// By which an approval is asked for, where one is needed.
    let approvalRequest: String
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
        let decided: DecidedSession
        switch DecidedSession.Outcome(verdict, on: plan, circumstances) {
        case .refused(let refusal):
            self = .refused(refusal)
            return
        case .permitted(let permitted): decided = permitted
        }
        guard let address = plan.address, let kind = plan.kind else {
            self = .refused(.noGrant("a permit without a target: undecidable"))
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
                    plan,
                    address: address,
                    forceCommand: command,
                    decided: decided,
                    pins: pins
                )
            )
        } catch {
            self = .refused(.denied("\(error)"))
        }
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
            return .unavailable("the bastion is being stopped", cause: .drained)
        }
        if let reason = plan.restriction { return .denied(reason) }
        let (locks, moment) = (circumstances.locks, circumstances.moment)
        if let reason = locks.reason(against: plan.principal, at: moment)
            ?? locks.reason(against: target.name, at: moment)
        {
            return .denied(reason, cause: .locked)
        }
        guard !pins.blobs.isEmpty else {
            return .unavailable(
                "the target `\(target.name)` has no pinned host key that is still valid"
            )
        }
        return nil
    }

    private static func leftAlone(
        _ address: ResolvedAddress,
        _ milliseconds: UInt64
    ) -> SessionRefusal {
        .unavailable(
            "the target `\(address.target.name)` refused this bastion's certificates for "
                + "`\(address.login)`; it is left alone for another \(milliseconds / 1000 + 1) s"
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
