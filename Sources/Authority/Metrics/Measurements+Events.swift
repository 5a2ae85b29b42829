import AuditTrail

extension Measurements {
    /// Counts what was committed, so that numbers and audit trail say the same.
    func count(_ event: AuditEvent) {
        for step in Self.steps(of: event) { count(step) }
    }

    static func steps(of event: AuditEvent) -> [Step] {
        [Step(.auditRecords, [event.kind.rawValue])] + ownSteps(of: event)
    }

    private static func ownSteps(of event: AuditEvent) -> [Step] {
        switch event {
        case .connectionOpened: [Step(.connections)]
        case .connectionEnded(let end): [Step(.connectionsEnded, [end.cause.rawValue])]
        case .signedIn(let signIn): [Step(.signIns, [signIn.method.rawValue])]
        case .sessionOpened(let opening): [Step(.sessions, [opening.request.rawValue])]
        case .decided(let decision): [Step(.decisions, [decision.effect.rawValue])]
        case .certificateIssued(let certificate):
            [Step(.certificates, [certificate.purpose.rawValue])]
        case .sessionStarted: [Step(.sessionsStarted)]
        case .sessionEnded(let end): steps(of: end)
        case .notice(let notice): [Step(.notices, [notice.topic.rawValue])]
        case .protocolViolation: [Step(.protocolViolations)]
        case .processDied(let death): [Step(.processDeaths, [death.process.rawValue])]
        case .reloaded: [Step(.reloads, [ReloadResult.inForce.rawValue])]
        case .reloadRefused: [Step(.reloads, [ReloadResult.refused.rawValue])]
        // The kind of a refused sign-in is counted where it is known.
        case .signInRefused, .locked, .unlocked, .terminated, .replayed, .served,
            .recordingRecovered:
            []
        }
    }

    private static func steps(of end: AuditEvent.SessionEnded) -> [Step] {
        var steps = [Step(.sessionsEnded, [end.cause.rawValue])]
        if let bytes = end.bytes {
            steps += [
                Step(.streamBytes, [StreamName.input.rawValue], by: bytes.input),
                Step(.streamBytes, [StreamName.output.rawValue], by: bytes.output),
                Step(.streamBytes, [StreamName.error.rawValue], by: bytes.error),
                Step(.recordedBytes, by: bytes.recorded),
            ]
        }
        if let remoteEnd = end.remoteEnd {
            steps.append(Step(.remoteEnds, [remoteEnd.state.rawValue]))
        }
        return steps
    }
}

extension Measurements {
    /// Counts each limit that refused or ended something since an earlier count.
    func count(_ limits: LimitCounts, since earlier: LimitCounts) {
        for (name, count) in limits.all where count != earlier[name] {
            self.count(.limitHits, name.rawValue, by: count &- earlier[name])
        }
    }
}
