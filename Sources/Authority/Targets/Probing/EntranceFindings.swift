import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol

/// Whether the bastion gets into an account of a target, and what keeps it out.
enum EntranceFindings {
    /// LIMIT: an sshd that looks up names or asks a directory server needs seconds, and every session
    /// waits for it.
    static let slowMilliseconds: UInt64 = 3000

    static func entered(
        _ performance: RemotePerformance,
        _ evidence: TargetEvidence
    ) -> [Diagnosis] {
        let target = evidence.target
        var findings: [Diagnosis] = [
            .ok("reachable", "\(target.address) answers"),
            .ok("host-key", "it has the key that is pinned"),
        ]
        if !evidence.neededTolerance {
            findings.append(.ok("authentication", "it takes certificates for `\(evidence.login)`"))
        }
        let running = performance.milliseconds[.running] ?? 0
        if running > slowMilliseconds {
            findings.append(
                .warning(
                    "speed",
                    "it needs \(seconds(running)) s from the connection to the command",
                    "look at UseDNS, GSSAPIAuthentication and PAM modules of its sshd"
                )
            )
        } else {
            findings.append(.ok("speed", "\(running) ms from the connection to the command"))
        }
        return findings
    }

    static func findings(
        _ failure: RemoteFailure,
        _ evidence: TargetEvidence
    ) -> [Diagnosis] {
        let target = evidence.target
        switch failure {
        case .noPinnedKey:
            return [noPinnedKey(target)]
        case .unreachable(let reason):
            return [
                .error(
                    "reachable",
                    "\(target.address) cannot be connected to: \(PrintableText.escaped(reason))",
                    "check address and port in the inventory, sshd on the target, and the way there"
                )
            ]
        case .hostKey(let fingerprint):
            return [reachable(target), changedKey(fingerprint, target)]
        case .timedOut(let step): return timedOut(step, evidence)
        case .transport(let phase, let reason): return lost(phase, reason, evidence)
        case .noProcess, .notIssued, .processLied, .processLost:
            return [
                .error(
                    "bastion",
                    "the bastion could not ask: \(failure)",
                    "see `sallyport doctor` and the log of the bastion"
                )
            ]
        }
    }

    static func seconds(_ milliseconds: UInt64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"
    }

    private static func reachable(_ target: Target) -> Diagnosis {
        .ok("reachable", "\(target.address) answers")
    }

    // MARK: Host keys

    private static func noPinnedKey(_ target: Target) -> Diagnosis {
        let isExpired = !target.hostKeys.isEmpty
        return .error(
            "host-key",
            isExpired
                ? "the pinned keys are no longer valid: their certificates ended"
                : "no host key is pinned, so nobody is connected",
            isExpired
                ? "`sallyport target enroll \(target.name) … --replace`"
                : "`sallyport target scan \(target.name)` or `sallyport target enroll \(target.name)`"
        )
    }

    private static func changedKey(_ fingerprint: String, _ target: Target) -> Diagnosis {
        let pinned = target.hostKeys.map {
            SSHKeys.Fingerprint(ofBlob: $0.line.blob).description
        }
        return .error(
            "host-key",
            "it proved the key \(fingerprint), and pinned is \(pinned.joined(separator: ", "))",
            "find out from its owner whether the key was changed; if nobody knows, it is another "
                + "machine; then `sallyport target scan \(target.name) --expect …`"
        )
    }

    // MARK: Losses

    private static func timedOut(_ step: RemoteStep, _ evidence: TargetEvidence) -> [Diagnosis] {
        let time = "\(TargetExamination.timeout.components.seconds) s"
        let target = evidence.target
        switch step {
        case .connecting:
            return [
                .error(
                    "reachable",
                    "\(target.address) did not answer within \(time)",
                    "check address and port in the inventory, and firewalls on the way"
                )
            ]
        case .exchangingKeys, .signingIn:
            return [
                .error(
                    "speed",
                    "its sshd did not let `\(evidence.login)` in within \(time)",
                    "look at the load of the target, and at UseDNS and PAM modules of its sshd"
                )
            ]
        case .running:
            return [
                .error(
                    "start-up",
                    "a command of `\(evidence.login)` did not end within \(time), so something "
                        + "runs before it that waits",
                    "look at the start-up files of the account and at ForceCommand in sshd_config"
                )
            ]
        }
    }

    private static func lost(
        _ phase: OutboundPhase,
        _ reason: String,
        _ evidence: TargetEvidence
    ) -> [Diagnosis] {
        let target = evidence.target
        switch phase {
        case .keyExchange:
            // libssh: "kex error : no match for method server host key algo: server […], client […]".
            if reason.contains("host key algo") {
                return [
                    reachable(target),
                    .error(
                        "host-key",
                        "it offers no key of a kind that is pinned: \(reason)",
                        "find out from its owner whether its keys were changed, then "
                            + "`sallyport target scan \(target.name) --expect …`"
                    ),
                ]
            }
            return [
                .error(
                    "reachable",
                    "what answers at \(target.address) does not finish a key exchange: \(reason)",
                    "check that it is sshd; MaxStartups, PerSourcePenalties and firewalls drop "
                        + "connections like this"
                )
            ]
        case .authentication: return [reachable(target), refused(reason, evidence)]
        case .unanswered:
            return [
                reachable(target),
                .error(
                    "authentication",
                    "it did not answer the certificate: \(reason)",
                    "look at the log of sshd; PAM modules and name services that hang keep it from "
                        + "answering"
                ),
            ]
        case .channel:
            return [
                reachable(target),
                .error(
                    "session",
                    "it takes the certificate and refuses the session: \(reason)",
                    "look at MaxSessions, at the account's shell and home, and at the log of sshd"
                ),
            ]
        }
    }

    private static func refused(_ reason: String, _ evidence: TargetEvidence) -> Diagnosis {
        let target = evidence.target
        let principal = target.validPrincipal(for: evidence.login)
        return .error(
            "authentication",
            "it refuses the certificate for `\(principal)`, with five minutes of tolerance for "
                + "its clock, too: \(reason)",
            "`sallyport target snippet \(target.name)` shows what its sshd needs: TrustedUserCAKeys "
                + "with this bastion's key (`sallyport ca public-key`), a name `\(principal)` that "
                + "counts for `\(evidence.login)`, an account that is not locked, no AllowUsers "
                + "without it, and `source-address` where addresses are translated; the log of "
                + "sshd says which"
        )
    }
}
