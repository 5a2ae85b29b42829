import AuditTrail
import PolicyEngine
import SessionProtocol

/// Probes one account of one target, by certificates of its own, and says what it found.
///
/// | probe | forced command | asked for |
/// |---|---|---|
/// | session | as of a session: wrapped | exec |
/// | session, tolerant | the same, valid for five minutes each way; only after a refusal | exec |
/// | login shell | read by the login shell itself | exec |
/// | file transfer | the target's `sftp` | subsystem `sftp` |
final class TargetExamination {
    /// LIMIT: of each probe; all four together take less than an administrator's socket may be
    /// silent (`AdminLimits.idleTimeout`).
    static let timeout = Duration.seconds(12)

    private let address: ResolvedAddress
    private let services: Services
    private let attribution: Attribution
    private var evidence: TargetEvidence
    private let completion: (HealthReport) -> Void

    /// `completion` runs on the loop, once; `principal` is who asks, for the certificates' record.
    static func run(
        _ address: ResolvedAddress,
        for principal: String?,
        _ services: Services,
        completion: @escaping (HealthReport) -> Void
    ) {
        TargetExamination(address, principal, services, completion).examineSession()
    }

    private init(
        _ address: ResolvedAddress,
        _ principal: String?,
        _ services: Services,
        _ completion: @escaping (HealthReport) -> Void
    ) {
        self.address = address
        self.services = services
        self.completion = completion
        attribution = Attribution(
            principal: principal,
            target: address.target.name.name,
            login: address.login.name
        )
        evidence = TargetEvidence(
            target: address.target,
            login: address.login,
            text: ProbeText(nonce: Randomness.bytes(ProbeText.nonceBytes))
        )
    }

    // MARK: The probes, in their order

    private func examineSession() {
        switch address.target.shell {
        // Nothing stands around a command line there: what the login shell says is all.
        case .none: examineLoginShell()
        case .program:
            ask(.wrapped(evidence.text.session)) { [self] outcome in
                evidence.session = outcome
                guard Self.isRefusal(outcome) else { return examineLoginShell() }
                examineTolerantly()
            }
        }
    }

    /// A clock that is wrong looks like an authority that is not trusted, until it is asked so.
    private func examineTolerantly() {
        evidence.neededTolerance = true
        ask(.wrapped(evidence.text.session)) { [self] outcome in
            switch outcome {
            case .success:
                evidence.session = outcome
                examineLoginShell()
            case .failure:
                evidence.neededTolerance = false
                finish()
            }
        }
    }

    private func examineLoginShell() {
        if let session = evidence.session, session.performance == nil { return finish() }
        let text = evidence.text.login(shell: address.target.shell)
        ask(.plain(text)) { [self] outcome in
            evidence.loginShell = outcome
            examineFileTransfer()
        }
    }

    private func examineFileTransfer() {
        guard let sftp = address.target.sftp, evidence.entrance?.performance != nil else {
            return finish()
        }
        ask(.fileTransfer(sftp)) { [self] outcome in
            evidence.fileTransfer = outcome
            finish()
        }
    }

    private func finish() { completion(HealthReport(evidence.findings)) }

    // MARK: Asking

    private enum Question {
        case wrapped(String)
        case plain(String)
        case fileTransfer(String)
    }

    private func ask(_ question: Question, _ answer: @escaping (RemoteErrand.Outcome) -> Void) {
        let command: RemoteCommand
        do throws(WrappingError) {
            command = try remoteCommand(question)
        } catch {
            preconditionFailure("a probe can be wrapped for every target: \(error)")
        }
        RemoteErrand.run(command, at: address, about: attribution, services, completion: answer)
    }

    private func remoteCommand(_ question: Question) throws(WrappingError) -> RemoteCommand {
        let forceCommand: [UInt8]
        var program = ProgramRequest.exec(commandLine: Array("sallyport doctor".utf8))
        switch question {
        case .wrapped(let text):
            forceCommand = try CommandWrapping.exec(
                Array(text.utf8),
                environment: [],
                on: address.target
            )
        case .plain(let text): forceCommand = Array(text.utf8)
        case .fileTransfer(let sftp):
            forceCommand = Array(sftp.utf8)
            program = .subsystem(name: "sftp")
        }
        return RemoteCommand(
            forceCommand: forceCommand,
            program: program,
            purpose: .probe,
            validity: evidence.neededTolerance ? .tolerant : .session,
            timeout: Self.timeout
        )
    }

    private static func isRefusal(_ outcome: RemoteErrand.Outcome) -> Bool {
        switch outcome {
        case .failure(let error):
            if case .transport(.authentication, _) = error.failure { true } else { false }
        case .success: false
        }
    }
}
