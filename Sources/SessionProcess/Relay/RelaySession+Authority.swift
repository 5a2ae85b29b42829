import CSystem
import MessageSockets
import SSH
import SessionProtocol

/// What the authority says.
extension RelaySession {
    func permitted(
        _ permit: SessionPermit,
        socket: Descriptor,
        recording: Descriptor,
        now: UInt64
    ) throws(LinkError) {
        let newSize = machine.newSize
        sp_allow_file_size(SessionRecorder.fileBytes(permit.recording))
        let promised: PromisedInput? =
            if case .hold(let promised) = permit.input { promised } else { nil }
        let action = machine.permitted(holdsInput: promised != nil)
        guard action != .ignore else { return }
        self.permit = permit
        recorder = SessionRecorder(
            file: recording,
            order: permit.recording,
            hasTerminal: machine.preparation.terminal != nil
        )
        if let newSize {
            recorder?.resize(columns: newSize.columns, rows: newSize.rows, now: now)
        }
        // What the client asked for says nothing: its certificate may have forced something else.
        if permit.recording.content == .files { files = FileTransferObserver() }
        if permit.input == .discard { streams.discardInput() }
        if let promised { held = HeldStart(promised, on: socket, now: now) }
        try start(action, on: socket, now: now)
    }

    func retried(on socket: Descriptor, now: UInt64) throws(LinkError) {
        try start(machine.retried(), on: socket, now: now)
    }

    /// Starts what is permitted on a socket that leads to the target.
    func start(
        _ action: RelayMachine.SocketAction,
        on socket: Descriptor,
        now: UInt64
    ) throws(LinkError) {
        guard let permit, case .start(let program) = action else { return }
        let legProgram: LegProgram =
            switch program {
            case .subsystem(let name) where permit.recording.content == .files: .subsystem(name)
            // The certificate's forced command is what runs; this only names the session.
            case .exec, .subsystem: .exec("sallyport \(permit.session)")
            case .shell: .shell
            }
        do throws(TargetLegFailure) {
            leg = try TargetLeg(
                number: number,
                socket: socket,
                order: permit.transport,
                program: legProgram,
                terminal: machine.preparation.terminal,
                link: context.link,
                seam: context.seam,
                loop: context.loop,
                now: now
            )
        } catch {
            try lost(error)
        }
    }

    func lost(_ failure: TargetLegFailure) throws(LinkError) {
        machine.targetLost()
        dropTarget()
        try context.link.send(
            .targetLost(
                number: number,
                phase: failure.phase,
                reason: failure.reason.clippedProse
            )
        )
    }

    func certificateArrived(_ blob: [UInt8], publicKey: [UInt8]) throws(LinkError) {
        guard machine.isStarting, let leg else { return }
        do throws(TargetLegFailure) {
            try leg.certificateArrived(blob, publicKey: publicKey)
        } catch {
            try lost(error)
        }
    }

    /// Tells the client something while its session waits for the decision.
    func notified(_ text: String) {
        guard machine.isDeciding else { return }
        say(text)
    }

    func refused(exitStatus: UInt32, text: String, now: UInt64) throws(LinkError) {
        guard try close(.notStarted, now: now) else { return }
        conclude(text, exit: .status(exitStatus))
    }

    /// The authority, or we, end the session before its program did.
    func end(_ cause: SessionEndCause, text: String, now: UInt64) throws(LinkError) {
        recorder?.marker(text, now: now)
        guard try close(cause, now: now) else { return }
        conclude(text, exit: .signal(name: "TERM", coreDumped: false, message: text.clippedProse))
    }
}
