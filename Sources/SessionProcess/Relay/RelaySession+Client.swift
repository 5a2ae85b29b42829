import SSH
import SessionProtocol

/// What the client asks for.
extension RelaySession {
    /// Whether a request of the client is granted.
    func requested(_ request: ChannelRequest, now: UInt64) throws(LinkError) -> Bool {
        switch machine.requested(request) {
        case .grant:
            return true
        case .refuse:
            return false
        case .refuseAndTell(let notice, let detail):
            try context.notices.send(notice, detail, on: context.link)
            return false
        case .open(let program):
            try context.link.send(.openSession(opening(program)))
            return true
        case .resize(let columns, let rows):
            // The target hears of it when this is recorded, and when there is one.
            recorder?.resize(columns: columns, rows: rows, now: now)
            return true
        case .denyTooLong(let bytes):
            try denyTooLong(bytes)
            return true
        }
    }

    private func opening(_ program: ProgramRequest) -> SessionOpening {
        SessionOpening(
            number: number,
            program: program,
            terminal: machine.preparation.terminal,
            environment: machine.preparation.environment
        )
    }

    private func denyTooLong(_ bytes: Int) throws(LinkError) {
        try context.notices.send(.commandLineTooLong, "\(bytes) bytes", on: context.link)
        let limit = FieldLimits.commandLine / 1024
        conclude(
            "sallyport: denied: the command line exceeds the limit of \(limit) KiB\n",
            exit: .status(77)
        )
    }
}
