import SSH
import SessionProtocol

/// The life of one session, from its channel to its end: what is permitted next, without the sockets.
///
/// | state | event | next |
/// |---|---|---|
/// | preparing | terminal, variable | preparing |
/// | preparing | exec, shell, subsystem | deciding |
/// | preparing | exec, its command line too long | closing |
/// | deciding | permitted | starting |
/// | deciding | permitted, its input held back | holding |
/// | holding | the input is the promised one | starting |
/// | starting | target lost | waiting |
/// | waiting | retried | starting |
/// | starting | program runs | running |
/// | preparing | ended | closing |
/// | deciding, holding, starting, waiting, running | ended | closing, to be reported |
/// | closing | everything handed on, or the client is gone | closed |
/// | any | connection lost | closed; to be reported where it was not closing |
///
/// A session is reported once, and only where the authority was asked about it: the table says when.
struct RelayMachine: ~Copyable {
    private enum State {
        /// The client may still ask for a terminal and set variables.
        case preparing
        case deciding
        /// It is permitted for one input, which is not there yet.
        case holding
        /// The target's transport is coming up.
        case starting
        /// One transport was lost, and the authority may dial again.
        case waiting
        case running
        /// The report is sent; what is for the client still goes out.
        case closing
        case closed
    }

    /// LIMIT: signals of one session that are passed on; each is a connection to the target.
    static let maximumSignals = 100
    /// LIMIT: signals that wait for the program to run; further ones are dropped.
    static let maximumWaitingSignals = 8

    private var state = State.preparing
    private var signals = 0
    private var waitingSignals: [String] = []
    private(set) var preparation = SessionPreparation()
    /// A size of the terminal that neither the authority nor the target was told.
    private(set) var newSize: TerminalSize?
    /// INVARIANT: nil while it is prepared, and after that where nothing was asked of the authority.
    private(set) var program: ProgramRequest?

    // MARK: the client

    /// What to do about a request of the client.
    enum RequestAction: Equatable {
        case grant
        case refuse
        /// Refuse, and have it in the audit trail.
        case refuseAndTell(NoticeKind, detail: String)
        /// Grant, and ask the authority for this program.
        case open(ProgramRequest)
        /// Grant, and tell everybody who knows of the terminal.
        case resize(columns: UInt32, rows: UInt32)
        /// Grant, so that the client reads why it ends.
        case denyTooLong(bytes: Int)
    }

    mutating func requested(_ request: ChannelRequest) -> RequestAction {
        switch request {
        case .terminal(let type, let columns, let rows):
            guard case .preparing = state else { return .refuse }
            let isSet = preparation.setTerminal(type: type, columns: columns, rows: rows)
            return isSet ? .grant : .refuse
        case .environment(let name, let value):
            if case .preparing = state, preparation.set(name, to: value) { return .grant }
            let detail = name.clipped(to: FieldLimits.environmentName)
            return .refuseAndTell(.environmentRefused, detail: detail)
        case .exec(let commandLine):
            guard commandLine.count <= FieldLimits.commandLine else {
                return tooLong(commandLine.count)
            }
            return asked(for: .exec(commandLine: commandLine))
        case .shell:
            return asked(for: .shell)
        case .subsystem(let name):
            return name == "sftp" ? asked(for: .subsystem(name: name)) : .refuse
        case .windowChange(let columns, let rows):
            guard preparation.changeTerminal(columns: columns, rows: rows) else { return .refuse }
            if program != nil { newSize = TerminalSize(columns: columns, rows: rows) }
            return .resize(columns: columns, rows: rows)
        case .x11:
            return .refuseAndTell(.x11ForwardRefused, detail: "")
        case .unknown:
            return .refuseAndTell(.unknownRequestRefused, detail: "")
        }
    }

    private mutating func asked(for program: ProgramRequest) -> RequestAction {
        guard case .preparing = state else { return .refuse }
        self.program = program
        state = .deciding
        return .open(program)
    }

    private mutating func tooLong(_ count: Int) -> RequestAction {
        guard case .preparing = state else { return .refuse }
        state = .closing
        return .denyTooLong(bytes: count)
    }

    struct TerminalSize: Equatable {
        let columns: UInt32
        let rows: UInt32
    }

    /// The size to tell the target, once there is a program to hear of it.
    mutating func takeNewSize() -> TerminalSize? {
        guard case .running = state else { return nil }
        defer { newSize = nil }
        return newSize
    }

    /// Whether a signal of the client is passed on now.
    ///
    /// Before the program runs there is nothing to signal: it waits for that.
    mutating func signalled(_ name: String) -> Bool {
        switch state {
        case .deciding, .holding, .starting, .waiting:
            if waitingSignals.count < Self.maximumWaitingSignals { waitingSignals.append(name) }
            return false
        case .running:
            guard signals < Self.maximumSignals else { return false }
            signals += 1
            return true
        case .preparing, .closing, .closed:
            return false
        }
    }

    // MARK: the authority and the target

    /// What to do with a socket that leads to the target.
    enum SocketAction: Equatable {
        case start(ProgramRequest)
        /// Keep it until the input is there.
        case hold
        /// The session ended while it was on its way.
        case ignore
    }

    mutating func permitted(holdsInput: Bool) -> SocketAction {
        switch state {
        case .deciding:
            guard holdsInput else { return start() }
            state = .holding
            return .hold
        case .preparing, .holding, .starting, .waiting, .running, .closing, .closed:
            return .ignore
        }
    }

    mutating func inputIsThere() -> SocketAction {
        switch state {
        case .holding: start()
        case .preparing, .deciding, .starting, .waiting, .running, .closing, .closed: .ignore
        }
    }

    mutating func retried() -> SocketAction {
        switch state {
        case .waiting: start()
        case .preparing, .deciding, .holding, .starting, .running, .closing, .closed: .ignore
        }
    }

    private mutating func start() -> SocketAction {
        guard let program else { preconditionFailure("what was decided is a program") }
        state = .starting
        // The target gets the terminal as it is now.
        newSize = nil
        return .start(program)
    }

    mutating func targetLost() {
        guard case .starting = state else {
            preconditionFailure("only a transport that comes up is dialled again")
        }
        state = .waiting
    }

    /// The signals that waited for it, which are passed on now.
    mutating func programRuns() -> [String] {
        guard case .starting = state else {
            preconditionFailure("a program runs once, and after it was permitted")
        }
        state = .running
        signals += waitingSignals.count
        defer { waitingSignals.removeAll() }
        return waitingSignals
    }

    // MARK: the end

    /// What to do about an end.
    enum EndAction: Equatable {
        /// Close, and tell the authority how it ended.
        case report
        /// Close; the authority does not know of it.
        case close
        /// It is closing already.
        case ignore
    }

    /// The program, the client, the authority or a failure ends it.
    mutating func ended() -> EndAction {
        switch state {
        case .preparing:
            state = .closing
            return .close
        case .deciding, .holding, .starting, .waiting, .running:
            state = .closing
            return .report
        case .closing, .closed:
            return .ignore
        }
    }

    /// Why it ends, where the client is gone or has closed its channel.
    ///
    /// A process that was kept from running may find both ends gone in one turn. What a client does
    /// never loses a target: one that is lost as well was lost by itself, and that is the cause.
    func causeWithoutClient(
        _ cause: SessionEndCause,
        isTargetLost: Bool
    ) -> SessionEndCause {
        switch state {
        case .running: isTargetLost ? .targetLost : cause
        case .preparing, .deciding, .holding, .starting, .waiting, .closing, .closed: cause
        }
    }

    /// Nobody is there any more to hand something on to.
    mutating func connectionLost() -> EndAction {
        let action = ended()
        state = .closed
        return action
    }

    /// The client has everything that was for it, or takes no more.
    mutating func handedOn() {
        guard case .closing = state else { return }
        state = .closed
    }
}

/// What its owner may ask.
extension RelayMachine {
    var isDeciding: Bool { if case .deciding = state { true } else { false } }

    var isStarting: Bool { if case .starting = state { true } else { false } }

    /// Whether nothing is being set up.
    var isSetUp: Bool {
        switch state {
        case .running, .closing, .closed: true
        case .preparing, .deciding, .holding, .starting, .waiting: false
        }
    }

    var isClosed: Bool { if case .closed = state { true } else { false } }
}
