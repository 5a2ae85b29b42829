import SessionProtocol

extension DecisionQuestion {
    /// One that nothing is special about: Alice wants a shell.
    static func sample(number: UInt64 = 1, digest: [UInt8] = []) -> DecisionQuestion {
        DecisionQuestion(
            number: number,
            digest: digest,
            principal: "human:alice",
            onBehalfOf: nil,
            roles: [],
            target: "web1",
            login: "deploy",
            program: .shell,
            hasTerminal: false,
            environment: [],
            input: .unknown,
            claims: [],
            sourceAddress: "192.0.2.7",
            unixSeconds: 1
        )
    }
}
