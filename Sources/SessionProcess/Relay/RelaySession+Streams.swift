import Recording
import SSH
import SessionProtocol

/// What crosses between the client and its program.
extension RelaySession {
    /// Takes what came from both sides and records it; nothing is forwarded before `flush`.
    func collect(now: UInt64) throws(LinkError) {
        try collectFromClient(now: now)
        if machine.isStarting, let leg { try step(leg, now: now) }
        try collectFromTarget(now: now)
    }

    private func step(_ leg: TargetLeg, now: UInt64) throws(LinkError) {
        do throws(TargetLegFailure) {
            try leg.step(now: now)
        } catch {
            return try lost(error)
        }
        guard leg.channel != nil else { return }
        lastActivity = now
        let signals = machine.programRuns()
        try context.link.send(.started(number: number))
        for name in signals { try signal(name) }
    }

    private func signal(_ name: String) throws(LinkError) {
        let name = name.clipped(to: FieldLimits.signalName)
        try context.link.send(.signal(number: number, name: name))
    }

    private func collectFromClient(now: UInt64) throws(LinkError) {
        for name in client.takeSignals() where machine.signalled(name) { try signal(name) }
        if client.isClosedByPeer, !streams.awaitsExit {
            _ = try close(causeWithoutClient(.clientClosed), now: now)
        }
        guard let recorder else { return }
        let hasMore =
            held == nil ? streams.takeFromClient() : try collectHeldInput(now: now)
        guard hasMore else { return }
        lastActivity = now
        var verdict = SessionRecorder.Verdict.forward
        streams.toTarget.forEachRun { bytes, _ in
            if recorder.input(bytes, now: now) == .end { verdict = .end }
            files?.clientSent(bytes)
        }
        if verdict == .end { return try limitReached(now: now) }
        try recordTransfers(now: now)
    }

    /// Records what the files observed say; strict, it ends a session that cannot be followed.
    private func recordTransfers(now: UInt64) throws(LinkError) {
        guard let facts = files?.takeFacts(), let recorder else { return }
        recorder.transferred(facts, now: now)
        for case .unfollowed(_, let reason) in facts where recorder.isStrict {
            try context.notices.send(.recordingFailed, reason, on: context.link)
            return try cannotRecord("its transfer cannot be followed: \(reason)", now: now)
        }
    }

    /// Ends the session, of which nothing crosses that is not recorded.
    private func cannotRecord(_ reason: String, now: UInt64) throws(LinkError) {
        streams.dropOutput()
        guard try close(.recordingFailed, now: now) else { return }
        conclude("sallyport: the session ended: \(reason)\n", exit: .status(74))
    }

    private func collectFromTarget(now: UInt64) throws(LinkError) {
        guard let leg, let target, let recorder else { return }
        if let misbehaviour = leg.misbehaviour { return try cutOff(misbehaviour, now: now) }
        if streams.takeFromTarget(target) {
            lastActivity = now
            var verdict = SessionRecorder.Verdict.forward
            streams.toClient.forEachRun { bytes, isError in
                if recorder.output(bytes, isError: isError, now: now) == .end { verdict = .end }
                if !isError { files?.targetSent(bytes) }
            }
            if verdict == .end { return try limitReached(now: now) }
            try recordTransfers(now: now)
        }
        guard self.recorder != nil else { return }
        if let exit = target.exit, result == .none, target.isDrained {
            streams.ended(exit)
            result = exit.result
            recorder.ended(result, now: now)
        }
        guard target.isDrained, streams.toClient.isEmpty else { return }
        if target.isClosedByPeer || !leg.isConnected { try programEnded(leg, now: now) }
    }

    /// Ends the session of a target that does what no target does.
    private func cutOff(_ misbehaviour: String, now: UInt64) throws(LinkError) {
        try targetGone(.targetLost, "is ended: \(misbehaviour)", now: now)
    }

    /// Ends the session where its target is silent for too long.
    func watchTarget(now: UInt64) throws(LinkError) {
        guard let leg, leg.isSilent(now: now) else { return }
        try targetGone(.targetSilent, "was lost: \(KeepaliveMachine.silence)", now: now)
    }

    /// Ends it where it runs and nothing crossed it for so long; what is set up has other limits.
    func watchIdleness(_ seconds: UInt32, now: UInt64) throws(LinkError) {
        guard seconds > 0, isRunning, now >= lastActivity + Clock.seconds(seconds) else { return }
        try end(
            .idle,
            text: "sallyport: session ended: it was idle for too long "
                + "(`limits.session-idle-timeout`)\n",
            now: now
        )
    }

    private func targetGone(
        _ cause: SessionEndCause,
        _ what: String,
        now: UInt64
    ) throws(LinkError) {
        guard try close(cause, now: now) else { return }
        conclude("sallyport: the connection to the target \(what)\n", exit: .status(255))
    }

    /// Everything that the program wrote is handed on, and nothing more will come.
    private func programEnded(_ leg: TargetLeg, now: UInt64) throws(LinkError) {
        if !leg.isConnected, result == .none || isOutputCut(leg) {
            return try targetGone(.targetLost, "was lost: \(leg.endReason)", now: now)
        }
        guard try close(.finished, now: now) else { return }
        streams.closeClient()
    }

    /// Whether the target was lost between a program's status and the end of what it wrote.
    ///
    /// sshd tells the status as soon as the program is through; the last of its output may follow.
    private func isOutputCut(_ leg: TargetLeg) -> Bool {
        guard leg.isCutOff, let target else { return false }
        return !target.hasEnded && !target.isClosedByPeer
    }

    private func limitReached(now: UInt64) throws(LinkError) {
        try context.notices.send(.recordingLimitReached, "", on: context.link)
        // The last of it did not fit the recording.
        streams.dropOutput()
        try end(
            .recordingLimit,
            text: "sallyport: the session ended: its recording reached the limit "
                + "(`recording.maximum-bytes`)\n",
            now: now
        )
    }

    /// Puts on disk what was collected; in strict mode nothing crosses before.
    func flush(now: UInt64) throws(LinkError) {
        guard let recorder else { return }
        if recorder.isOver { return try limitReached(now: now) }
        do throws(RecordingFailure) {
            recorder.giveUpTail(now: now, lastActivity: lastActivity)
            try recorder.flush()
        } catch {
            try context.notices.send(.recordingFailed, error.reason, on: context.link)
            guard error.isFatal else { return }
            try cannotRecord("its recording cannot be written", now: now)
        }
    }

    /// Whether there is something to collect that no event of a socket will tell of.
    var hasMoreToCollect: Bool {
        guard let target else { return held != nil && streams.hasMoreToHold }
        return streams.hasMoreToTake(target)
    }

    /// Whether `flush` is to be called again after a pause.
    var waitsForPause: Bool { recorder?.holdsTail ?? false }

    /// Hands on what is recorded.
    func forward(now: UInt64) {
        if let target {
            if let size = machine.takeNewSize() {
                target.changeTerminal(columns: size.columns, rows: size.rows)
            }
            streams.forwardToTarget(target)
        }
        streams.forwardToClient(from: target)
        // A closed peer takes nothing any more.
        guard client.isClosedByPeer || streams.hasClosedClient else { return }
        machine.handedOn()
    }
}
