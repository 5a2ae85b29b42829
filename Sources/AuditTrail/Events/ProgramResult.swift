extension AuditEvent {
    /// How the remote program ended (RFC 4254 §6.10).
    ///
    /// In JSON `{"exitStatus":0}` or `{"coreDumped":false,"message":"","signal":"TERM"}`.
    package enum ProgramResult: Hashable, Sendable {
        case exitStatus(UInt32)
        /// `name` without `SIG`.
        case exitSignal(name: String, coreDumped: Bool, message: String)
    }

    /// What became of the program on the target when its session ended.
    ///
    /// In JSON `{"state":"left","processes":2}`.
    package enum RemoteEnd: Hashable, Sendable {
        /// It had ended by itself.
        case exited
        /// The authority ended it.
        case ended
        /// The target could not be asked: it may still run.
        case unreachable
        /// So many of its processes still ran when the authority had tried.
        case left(processes: UInt32)
        /// None is known to run. Of so many nothing tells of which session they are: they began
        /// since, and show no mark.
        case uncertain(processes: UInt32)

        /// The word for it in JSON and in the database.
        package enum State: String, Hashable, Sendable, CaseIterable {
            case exited, ended, unreachable, left, uncertain
        }
    }
}

extension AuditEvent.ProgramResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case exitStatus
        case signal
        case coreDumped
        case message
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let status = try container.decodeIfPresent(UInt32.self, forKey: .exitStatus) {
            self = .exitStatus(status)
            return
        }
        self = .exitSignal(
            name: try container.decode(String.self, forKey: .signal),
            coreDumped: try container.decode(Bool.self, forKey: .coreDumped),
            message: try container.decode(String.self, forKey: .message)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .exitStatus(let status):
            try container.encode(status, forKey: .exitStatus)
        case .exitSignal(let name, let coreDumped, let message):
            try container.encode(name, forKey: .signal)
            try container.encode(coreDumped, forKey: .coreDumped)
            try container.encode(message, forKey: .message)
        }
    }
}

extension AuditEvent.RemoteEnd: Codable {
    private enum CodingKeys: String, CodingKey {
        case state
        case processes
    }

    /// Without the number of its processes.
    package var state: State {
        switch self {
        case .exited: .exited
        case .ended: .ended
        case .unreachable: .unreachable
        case .left: .left
        case .uncertain: .uncertain
        }
    }

    /// How many processes were left or are in doubt, where that is known.
    var processes: UInt32? {
        switch self {
        case .exited, .ended, .unreachable: nil
        case .left(let processes), .uncertain(let processes): processes
        }
    }

    init?(state: String, processes: UInt32?) {
        switch (State(rawValue: state), processes) {
        case (.exited, .none): self = .exited
        case (.ended, .none): self = .ended
        case (.unreachable, .none): self = .unreachable
        case (.left, .some(let processes)): self = .left(processes: processes)
        case (.uncertain, .some(let processes)): self = .uncertain(processes: processes)
        default: return nil
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let state = try container.decode(String.self, forKey: .state)
        let processes = try container.decodeIfPresent(UInt32.self, forKey: .processes)
        guard let end = Self(state: state, processes: processes) else {
            throw DecodingError.dataCorruptedError(
                forKey: .state,
                in: container,
                debugDescription: "is no end of a remote program"
            )
        }
        self = end
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state.rawValue, forKey: .state)
        try container.encodeIfPresent(processes, forKey: .processes)
    }
}
