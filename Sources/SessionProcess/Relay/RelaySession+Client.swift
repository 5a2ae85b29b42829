import SSH
import SessionProtocol

/// What the client asks for.
extension RelaySession {
    /// Whether a request of the client is granted.
    func requested(_ request: ChannelRequest, now: UInt64) throws(LinkError) -> Bool {
        switch request {
        case .terminal(let type, let columns, let rows):
            guard case .preparing = state else { return false }
            return preparation.setTerminal(type: type, columns: columns, rows: rows)
        case .environment(let name, let value):
            return try set(name, value)
        case .exec(let commandLine):
            guard commandLine.count <= FieldLimits.commandLine else {
                try refuseCommandLine(of: commandLine.count)
                return true
            }
            return try open(.exec(commandLine: commandLine))
        case .shell:
            return try open(.shell)
        case .subsystem(let name):
            guard name == "sftp" else { return false }
            return try open(.subsystem(name: name))
        case .windowChange(let columns, let rows):
            return changeTerminal(columns, rows, now)
        case .x11:
            try context.notices.send(.x11ForwardRefused, "", on: context.link)
            return false
        case .unknown:
            try context.notices.send(.unknownRequestRefused, "", on: context.link)
            return false
        }
    }

    private func set(_ name: String, _ value: [UInt8]) throws(LinkError) -> Bool {
        if case .preparing = state, preparation.set(name, to: value) { return true }
        try context.notices.send(
            .environmentRefused,
            name.clipped(to: FieldLimits.environmentName),
            on: context.link
        )
        return false
    }

    private func refuseCommandLine(of count: Int) throws(LinkError) {
        guard case .preparing = state else { return }
        state = .deciding
        try context.notices.send(
            .commandLineTooLong,
            "\(count) bytes",
            on: context.link
        )
        let limit = FieldLimits.commandLine / 1024
        conclude(
            "sallyport: denied: the command line exceeds the limit of \(limit) KiB\n",
            exit: .status(77)
        )
    }

    private func open(_ program: ProgramRequest) throws(LinkError) -> Bool {
        guard case .preparing = state else { return false }
        self.program = program
        state = .deciding
        try context.link.send(
            .openSession(
                SessionOpening(
                    number: number,
                    program: program,
                    terminal: preparation.terminal,
                    environment: preparation.environment
                )
            )
        )
        return true
    }

    private func changeTerminal(_ columns: UInt32, _ rows: UInt32, _ now: UInt64) -> Bool {
        guard preparation.changeTerminal(columns: columns, rows: rows) else { return false }
        recorder?.resize(columns: columns, rows: rows, now: now)
        if case .running(_, let target) = state {
            target.changeTerminal(columns: columns, rows: rows)
        }
        return true
    }
}
