import AuditTrail
import Crypto
import PolicyEngine
import SSHKeys
import SessionProtocol

/// What a client's session would be, before anybody decided it.
///
/// Known and unknown targets take the same way through it: nobody learns from the time or the text
/// of an answer which targets exist.
struct SessionPlan: Sendable {
    /// What is asked of the decider, in its own words; nil where the name leads nowhere.
    enum Destination: Hashable, Sendable {
        case resolved(ResolvedAddress)
        case nowhere(AddressRefusal)
    }

    let connection: String
    let session: String
    let number: SessionNumber
    let principal: Principal
    let destination: Destination
    /// What the user name asks for, whether it leads anywhere or not: for the audit trail.
    let requested: AddressedTarget?
    /// What runs: the client's, or what the client's certificate forces.
    let program: ProgramRequest
    let terminal: TerminalRequest?
    let environment: [EnvironmentAssignment]
    let refusedVariables: [String]
    /// How the client wants its answers, and what it claims.
    let client: ClientContext
    /// From where it comes, as text.
    let sourceAddress: String
    /// Nil where the program is of no kind that can be granted.
    let kind: RequestKind?
    /// Why the client's own certificate forbids it; nil where it does not.
    let restriction: String?
    /// What the client asked for where its certificate forces something else.
    let replacedProgram: ProgramRequest?

    init(
        _ opening: SessionOpening,
        connection: String,
        session: String,
        userName: String,
        from sourceAddress: String,
        identity: Identity,
        in inventory: Inventory,
        allowing environment: EnvironmentAllowList,
        running place: ResolvedAddress? = nil
    ) {
        self.connection = connection
        self.session = session
        number = opening.number
        principal = identity.principal
        requested = AddressedTarget(userName: userName)
        destination = Self.destination(place, userName, identity.principal.name, inventory)
        if let forced = identity.restrictions?.forceCommand {
            program = .exec(commandLine: forced)
            replacedProgram = program == opening.program ? nil : opening.program
        } else {
            program = opening.program
            replacedProgram = nil
        }
        terminal = opening.terminal
        let variables = opening.environment.map {
            EnvironmentAssignment(name: $0.name, value: $0.value)
        }
        client = ClientContext(variables)
        let filtered = environment.filter(
            variables.filter { !$0.name.hasPrefix(ClientContext.prefix) }
        )
        self.environment = filtered.allowed
        refusedVariables = filtered.refused + client.refused
        self.sourceAddress = sourceAddress
        kind = Self.kind(of: program, hasTerminal: opening.terminal != nil)
        let forbidsTerminal = identity.restrictions?.permitsTerminal == false
        restriction =
            forbidsTerminal && opening.terminal != nil
            ? "your certificate does not permit a terminal" : nil
    }

    /// Where it runs already, whatever its name would lead to now.
    private static func destination(
        _ place: ResolvedAddress?,
        _ userName: String,
        _ principal: PrincipalName,
        _ inventory: Inventory
    ) -> Destination {
        if let place { return .resolved(place) }
        switch inventory.resolve(userName: userName, for: principal) {
        case .success(let address): return .resolved(address)
        case .failure(let refusal): return .nowhere(refusal)
        }
    }

    private static func kind(of program: ProgramRequest, hasTerminal: Bool) -> RequestKind? {
        switch program {
        case .exec: .exec
        case .shell: hasTerminal ? .terminal : .shell
        case .subsystem(let name): name == "sftp" ? .sftp : nil
        }
    }

    var address: ResolvedAddress? {
        switch destination {
        case .resolved(let address): address
        case .nowhere: nil
        }
    }

    /// The question for the decider.
    func question(number: UInt64, at moment: Timestamp) -> SessionProtocol.DecisionQuestion {
        let unnumbered = question(number: 0, digest: [], unixSeconds: 0)
        // The number, the time and the digest itself are no part of what is asked.
        let digest = SHA256.hash(data: DeciderOrder.decide(unnumbered).encoded())
        return question(number: number, digest: [UInt8](digest), unixSeconds: moment.wholeSeconds)
    }

    private func question(
        number: UInt64,
        digest: [UInt8],
        unixSeconds: UInt64
    ) -> SessionProtocol.DecisionQuestion {
        SessionProtocol.DecisionQuestion(
            number: number,
            digest: digest,
            principal: principal.name.description,
            onBehalfOf: principal.owner?.description,
            roles: principal.roles.map(\.name),
            target: address?.target.name.name ?? "",
            login: address?.login.name ?? "",
            program: program,
            hasTerminal: terminal != nil,
            environment: environment.map { EnvironmentVariable(name: $0.name, value: $0.value) },
            input: throwsInputAway ? .nothing : .unknown,
            claims: client.messageClaims,
            sourceAddress: sourceAddress,
            unixSeconds: unixSeconds
        )
    }

    /// Whether the client promised to send nothing, which is held to its word.
    private var throwsInputAway: Bool { promise == .nothing }

    /// What the client promised to send, where it can be held to its word.
    var promise: InputPromise? { hasPlainInput ? client.promise : nil }

    /// Whether what the client sends is an input like a file: what is typed into a terminal is more.
    var hasPlainInput: Bool { kind == .exec && terminal == nil }

    /// The command line that was decided: of an exec alone.
    var commandLine: [UInt8] {
        switch program {
        case .exec(let commandLine): commandLine
        case .shell, .subsystem: []
        }
    }

    /// Of what runs, not of what the client asked for.
    var recordedContent: RecordedContent {
        switch kind {
        case .sftp: .files
        case .exec, .shell, .terminal, nil: .streams
        }
    }

    var attribution: Attribution {
        Attribution(
            connection: connection,
            session: session,
            principal: principal.name.description,
            onBehalfOf: principal.owner?.description,
            target: (address?.target.name ?? requested?.target)?.name,
            login: (address?.login ?? requested?.login)?.name
        )
    }

    var opened: AuditEvent.SessionOpened {
        let request: AuditEvent.SessionOpened.Request
        let command: [UInt8]
        switch program {
        case .exec(let commandLine): (request, command) = (.exec, commandLine)
        case .shell: (request, command) = (.shell, [])
        case .subsystem(let name): (request, command) = (.subsystem, Array(name.utf8))
        }
        return AuditEvent.SessionOpened(
            number: number.value,
            request: request,
            command: RecordedBytes(command),
            hasTerminal: terminal != nil,
            environment: environment.map {
                AuditEvent.EnvironmentVariable(name: $0.name, value: RecordedBytes($0.value))
            },
            claims: client.claims.isEmpty ? nil : client.claims
        )
    }
}
