import CommandAnalysis
import PolicyEngine
import SSHWire
import SessionProtocol

/// Turns a question of the protocol into one for the policy, and the decision into an answer.
enum Answering {
    /// Nil where a name in the question is none.
    static func decision(
        on question: SessionProtocol.DecisionQuestion,
        by decider: CommandDecider
    ) -> Decision? {
        request(question, decider.grants.snapshotVersion).map(decider.decide)
    }

    static func answer(
        _ question: SessionProtocol.DecisionQuestion,
        by decision: Decision?
    ) -> SessionProtocol.DecisionAnswer {
        guard let decision else {
            return SessionProtocol.DecisionAnswer(
                number: question.number,
                digest: question.digest,
                effect: .noGrant,
                determiningRules: [],
                obligations: [],
                reason: "a name in the question is none"
            )
        }
        return decision.answer(to: question)
    }

    /// Nil where a name is none: of a target that does not exist, for one.
    private static func request(
        _ question: SessionProtocol.DecisionQuestion,
        _ version: UInt64
    ) -> AuthorizationRequest? {
        guard let subject = PrincipalName(question.principal),
            let target = TargetName(question.target), let login = Login(question.login),
            let (kind, commandLine) = program(question)
        else { return nil }
        let onBehalfOf = question.onBehalfOf.flatMap(PrincipalName.init)
        let roles = Set(question.roles.compactMap(Role.init))
        guard (onBehalfOf == nil) == (question.onBehalfOf == nil),
            roles.count == question.roles.count
        else { return nil }
        return AuthorizationRequest(
            subject: subject,
            roles: roles,
            onBehalfOf: onBehalfOf,
            target: target,
            login: login,
            kind: kind,
            commandLine: commandLine,
            environment: question.environment.map {
                EnvironmentAssignment(name: $0.name, value: $0.value)
            },
            hasTerminal: question.hasTerminal,
            input: question.input.value,
            sourceAddress: try? SSHWire.IPAddress(parsing: question.sourceAddress),
            unixSeconds: question.unixSeconds,
            claims: Dictionary(
                question.claims.map { ($0.name, $0.value) },
                uniquingKeysWith: { _, last in last }
            ),
            digest: question.digest,
            snapshotVersion: version
        )
    }

    private static func program(
        _ question: SessionProtocol.DecisionQuestion
    ) -> (RequestKind, commandLine: [UInt8])? {
        switch question.program {
        case .exec(let commandLine): (.exec, commandLine)
        case .shell: (question.hasTerminal ? .terminal : .shell, [])
        case .subsystem("sftp"): (.sftp, [])
        case .subsystem: nil
        }
    }
}

extension SessionProtocol.KnownInput {
    fileprivate var value: ClientInput {
        switch self {
        case .unknown: .unknown
        case .nothing: .nothing
        }
    }
}
