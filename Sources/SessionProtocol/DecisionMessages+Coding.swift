package import SSHWire

extension DeciderOrder {
    private enum Kind: UInt8 {
        case load = 1
        case decide = 2
    }

    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        switch self {
        case .load(let version):
            writer.byte(Kind.load.rawValue)
            writer.uint64(version)
        case .decide(let question):
            writer.byte(Kind.decide.rawValue)
            writer.question(question)
        }
        return writer.bytes
    }

    package init(decoding bytes: some Sequence<UInt8>) throws(WireError) {
        self = try WireReader.message(bytes) {
            (kind: Kind, reader) throws(WireError) -> DeciderOrder in
            switch kind {
            case .load: .load(version: try reader.uint64("version"))
            case .decide: .decide(try reader.question())
            }
        }
    }
}

extension DeciderReport {
    private enum Kind: UInt8 {
        case loaded = 1
        case loadFailed = 2
        case answer = 3
    }

    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        switch self {
        case .loaded(let version):
            writer.byte(Kind.loaded.rawValue)
            writer.uint64(version)
        case .loadFailed(let reason):
            writer.byte(Kind.loadFailed.rawValue)
            writer.text(reason)
        case .answer(let answer):
            writer.byte(Kind.answer.rawValue)
            writer.answer(answer)
        }
        return writer.bytes
    }

    package init(decoding bytes: some Sequence<UInt8>) throws(WireError) {
        self = try WireReader.message(bytes) {
            (kind: Kind, reader) throws(WireError) -> DeciderReport in
            switch kind {
            case .loaded: .loaded(version: try reader.uint64("version"))
            case .loadFailed: .loadFailed(reason: try reader.prose("reason"))
            case .answer: .answer(try reader.answer())
            }
        }
    }
}

extension WireReader {
    fileprivate mutating func question() throws(WireError) -> DecisionQuestion {
        DecisionQuestion(
            number: try uint64("number"),
            digest: try bytes("digest", limit: FieldLimits.digest),
            principal: try text("principal", limit: FieldLimits.principalName),
            onBehalfOf: try optional("on behalf of") { reader throws(WireError) in
                try reader.text("on behalf of", limit: FieldLimits.principalName)
            },
            roles: try list("roles", limit: FieldLimits.roleCount) { reader throws(WireError) in
                try reader.text("role", limit: FieldLimits.principalName)
            },
            target: try text("target", limit: FieldLimits.targetName),
            login: try text("login", limit: FieldLimits.login),
            program: try program(),
            hasTerminal: try boolean("terminal"),
            environment: try environment(),
            input: try choice("input"),
            claims: try list("claims", limit: FieldLimits.claimCount) {
                reader throws(WireError) in
                ClientClaim(
                    name: try reader.text("claim", limit: FieldLimits.claimName),
                    value: try reader.text("claim's value", limit: FieldLimits.claimValue)
                )
            },
            sourceAddress: try text("source address", limit: FieldLimits.sourceAddress),
            unixSeconds: try uint64("time")
        )
    }
}

extension WireWriter {
    fileprivate mutating func question(_ question: DecisionQuestion) {
        uint64(question.number)
        string(question.digest)
        text(question.principal)
        optional(question.onBehalfOf) { writer, name in writer.text(name) }
        list(question.roles) { writer, role in writer.text(role) }
        text(question.target)
        text(question.login)
        program(question.program)
        boolean(question.hasTerminal)
        environment(question.environment)
        byte(question.input.rawValue)
        list(question.claims) { writer, claim in
            writer.text(claim.name)
            writer.text(claim.value)
        }
        text(question.sourceAddress)
        uint64(question.unixSeconds)
    }
}
