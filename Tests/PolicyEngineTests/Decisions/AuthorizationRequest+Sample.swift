import CommandAnalysis
import PolicyEngine

extension AuthorizationRequest {
    /// A question that `Samples.inventory` grants, of its snapshot 5.
    static func sample(
        _ subject: String = "human:bob",
        roles: [String] = ["sre"],
        onBehalfOf: String? = nil,
        target name: String = "web1",
        login account: String = "deploy",
        kind: RequestKind = .exec,
        commandLine: [UInt8] = Array("uptime".utf8),
        hasTerminal: Bool = false,
        input: ClientInput = .unknown,
        claims: [String: String] = [:],
        digest: [UInt8] = [UInt8](repeating: 7, count: 32),
        version: UInt64 = 5
    ) -> AuthorizationRequest {
        AuthorizationRequest(
            subject: principal(subject),
            roles: Set(roles.compactMap(Role.init)),
            onBehalfOf: onBehalfOf.map(principal),
            target: PolicyEngineTests.target(name),
            login: PolicyEngineTests.login(account),
            kind: kind,
            commandLine: commandLine,
            environment: [],
            hasTerminal: hasTerminal,
            input: input,
            sourceAddress: nil,
            unixSeconds: 1_800_000_000,
            claims: claims,
            digest: digest,
            snapshotVersion: version
        )
    }
}
