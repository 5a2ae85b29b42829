import AuditTrail
import Logging
import PolicyEngine
import SessionProtocol

/// Whether a session may be, and how that is recorded.
extension ServedSession {
    func begin() {
        for name in plan.refusedVariables.prefix(FieldLimits.environmentCount) {
            note(AuditEvent.Notice(.environmentRefused, name))
        }
        if let obstacle = obstacle() { return judged(.refused(obstacle)) }
        services.decide(plan) { [weak self] verdict in self?.decided(verdict) }
    }

    private func decided(_ verdict: DeciderPool.Verdict) {
        guard !isOver else { return }
        // What was asked of another inventory is not decided by this one.
        let isCurrent = snapshotVersion == services.snapshotVersion
        let reason = "inventory and policies were reloaded meanwhile"
        let judgement = SessionJudgement(
            plan,
            isCurrent ? verdict : .undecidable(reason: reason),
            Circumstances(
                locks: services.locks,
                revocations: services.snapshot.inventory.revocations,
                isDraining: connection.isDraining,
                moment: .now(),
                policyDigest: services.snapshot.policyDigest,
                approvalRequest: Identifier.approvalRequest(random: Randomness.number())
            ),
            breakerMilliseconds: { [services] address in
                services.breaker.admit(to: address, at: Services.milliseconds())
            }
        )
        judged(judgement)
    }

    private func judged(_ judgement: SessionJudgement) {
        switch connection.update(number, { $0.decided(judgement) }) {
        case .recordDenial(let refusal): record(denial: refusal)
        case .recordAdmission(let admitted): record(admission: admitted)
        case .ignore, nil: break
        }
    }

    private func record(denial refusal: SessionRefusal) {
        ownCause = (refusal.cause, refusal.reason)
        record(
            AuditEvent.Decided(
                effect: refusal.effect,
                reason: refusal.reason,
                determiningRules: refusal.determiningRules,
                commandDigest: commandDigest,
                judgement: refusal.judgement,
                approvalRequest: refusal.approvalRequest
            )
        )
    }

    private func record(admission admitted: AdmittedSession) {
        self.admitted = admitted
        record(
            AuditEvent.Decided(
                effect: .permit,
                reason: "permitted",
                determiningRules: admitted.determiningRules,
                commandDigest: commandDigest,
                recording: relativeRecordingPath,
                judgement: admitted.judgement
            )
        )
    }

    /// The opening and the decision are durable together, or neither is and nothing happens.
    private func record(_ decided: AuditEvent.Decided) {
        isOpened = true
        var entries: [Auditor.Entry] = [
            (.sessionOpened(plan.opened), plan.attribution), (.decided(decided), plan.attribution),
        ]
        if let replaced = plan.replacedProgram {
            let detail = "the client's certificate forces another program than \(replaced.summary)"
            entries.append((.notice(.init(.unknownRequestRefused, detail)), plan.attribution))
        }
        services.auditor.record(entries) { [weak self] result in
            guard let self, !isOver else { return }
            switch result {
            case .success(let committed):
                decision = committed.dropFirst().first.map { String($0.sequence) }
                recorded()
            case .failure(let error):
                isOpened = false
                refuse(.cannotRecord(error.description))
            }
        }
    }

    private func recorded() {
        switch connection.update(number, { $0.recorded() }) {
        case .refuse(let refusal):
            if let request = refusal.approvalRequest, let limit = plan.client.wait {
                awaitApproval(of: request, atMost: limit, orElse: refusal)
            } else {
                refuse(refusal)
            }
        case .prepare(let admitted):
            prepare(admitted)
            watchSetup()
        case .ignore, nil: break
        }
    }

    /// Waits for an approval as long as the client wants to, and refuses when none came.
    private func awaitApproval(
        of request: String,
        atMost limit: Duration,
        orElse refusal: SessionRefusal
    ) {
        logger.info("a session waits for an approval", metadata: ["request": "\(request)"])
        awaited = refusal
        if !plan.client.answersInJSON {
            connection.send(.notify(number: number, text: ClientText.waiting(request, limit)))
        }
        after(limit) { [weak self] in
            guard let self, !isOver else { return }
            refuse(refusal)
        }
    }

    /// Tells the client why and waits for the process to report the end.
    func refuse(_ refusal: SessionRefusal) {
        awaited = nil
        if ownCause == nil { ownCause = (refusal.cause, refusal.reason) }
        _ = connection.update(number) { $0.told() }
        closePreparation()
        logger.info("a session is refused", metadata: ["reason": "\(refusal.reason)"])
        let answer = refusal.answer(to: plan)
        connection.send(
            .refuse(number: number, exitStatus: answer.exitStatus, text: answer.text)
        )
        awaitEnd()
    }

    /// LIMIT: how much longer than the setup time the process itself is waited for.
    static let setupGrace = Duration.seconds(5)

    private func watchSetup() {
        let timeout = services.snapshot.settings.limits.setupTimeout + Self.setupGrace
        after(timeout) { [weak self] in
            guard let self, !isOver, !isStarted, let target = admitted?.address.target.name else {
                return
            }
            let reason = "it took too long"
            refuse(.unavailable(reason, saying: ClientText.unreachable(target.name, reason)))
        }
    }
}
