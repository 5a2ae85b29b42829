package import SSHWire

extension SessionRequest {
    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.byte(kind.rawValue)
        switch self {
        case .ready(let version, let library):
            writer.uint32(version)
            writer.text(library)
        case .startFailed(let reason):
            writer.text(reason)
        case .signExchangeHash(let hash):
            writer.string(hash)
        case .offerKey(let user, let algorithm, let keyBlob):
            writer.text(user)
            writer.text(algorithm)
            writer.string(keyBlob)
        case .signIn(let proof):
            writer.signInProof(proof)
        case .openSession(let opening):
            writer.opening(opening)
        case .proveHostKey(let proof):
            writer.uint32(proof.number.value)
            writer.string(proof.keyBlob)
            writer.text(proof.algorithm)
            writer.string(proof.exchangeHash)
            writer.string(proof.signature)
        case .signUserAuthentication(let number, let request):
            writer.uint32(number.value)
            writer.string(request)
        case .targetLost(let number, let phase, let reason):
            writer.uint32(number.value)
            writer.byte(phase.rawValue)
            writer.text(reason)
        case .started(let number):
            writer.uint32(number.value)
        case .notice(let kind, let detail):
            writer.byte(kind.rawValue)
            writer.text(detail)
        case .signal(let number, let name):
            writer.uint32(number.value)
            writer.text(name)
        case .sessionEnded(let report):
            writer.report(report)
        case .performed(let result, let output):
            writer.result(result)
            writer.string(output)
        case .connectionEnded(let cause, let detail):
            writer.byte(cause.rawValue)
            writer.text(detail)
        }
        return writer.bytes
    }

    package init(decoding bytes: some Sequence<UInt8>) throws(WireError) {
        self = try WireReader.message(bytes) { kind, reader throws(WireError) in
            try reader.sessionRequest(kind)
        }
    }
}

extension WireReader {
    fileprivate mutating func sessionRequest(
        _ kind: SessionRequestKind
    ) throws(WireError) -> SessionRequest {
        switch kind {
        case .ready:
            .ready(version: try uint32("version"), library: try prose("library"))
        case .startFailed:
            .startFailed(reason: try prose("reason"))
        case .signExchangeHash:
            .signExchangeHash(try bytes("exchange hash", limit: FieldLimits.exchangeHash))
        case .offerKey:
            .offerKey(
                user: try text("user name", limit: FieldLimits.userName),
                algorithm: try text("algorithm", limit: FieldLimits.algorithm),
                keyBlob: try bytes("key blob", limit: FieldLimits.keyBlob)
            )
        case .signIn:
            .signIn(try signInProof())
        case .openSession:
            .openSession(try opening())
        case .proveHostKey:
            .proveHostKey(
                HostKeyProof(
                    number: try number(),
                    keyBlob: try bytes("key blob", limit: FieldLimits.keyBlob),
                    algorithm: try text("algorithm", limit: FieldLimits.algorithm),
                    exchangeHash: try bytes("exchange hash", limit: FieldLimits.exchangeHash),
                    signature: try bytes("signature", limit: FieldLimits.signature)
                )
            )
        case .signUserAuthentication:
            .signUserAuthentication(
                number: try number(),
                request: try bytes(
                    "user authentication request",
                    limit: FieldLimits.userAuthenticationRequest
                )
            )
        case .targetLost:
            .targetLost(
                number: try number(),
                phase: try choice("phase"),
                reason: try prose("reason")
            )
        case .started:
            .started(number: try number())
        case .notice:
            .notice(try choice("notice"), detail: try prose("detail"))
        case .signal:
            .signal(
                number: try number(),
                name: try text("signal", limit: FieldLimits.signalName)
            )
        case .sessionEnded:
            .sessionEnded(try report())
        case .performed:
            .performed(
                result: try result(),
                output: try bytes("output", limit: FieldLimits.probeOutput)
            )
        case .connectionEnded:
            .connectionEnded(try choice("cause"), detail: try prose("detail"))
        }
    }

    mutating func number() throws(WireError) -> SessionNumber {
        SessionNumber(try uint32("session number"))
    }

    mutating func prose(_ field: String) throws(WireError) -> String {
        try text(field, limit: FieldLimits.prose)
    }

    private mutating func signInProof() throws(WireError) -> SignInProof {
        SignInProof(
            user: try text("user name", limit: FieldLimits.userName),
            algorithm: try text("algorithm", limit: FieldLimits.algorithm),
            keyBlob: try bytes("key blob", limit: FieldLimits.keyBlob),
            signature: try bytes("signature", limit: FieldLimits.signature),
            authenticator: try optional("authenticator") { reader throws(WireError) in
                SignInProof.Authenticator(
                    flags: try reader.byte("flags"),
                    counter: try reader.uint32("counter")
                )
            }
        )
    }

    private mutating func opening() throws(WireError) -> SessionOpening {
        SessionOpening(
            number: try number(),
            program: try program(),
            terminal: try optional("terminal") { reader throws(WireError) in
                TerminalRequest(
                    type: try reader.text("terminal type", limit: FieldLimits.terminalType),
                    columns: try reader.cells("columns"),
                    rows: try reader.cells("rows")
                )
            },
            environment: try environment()
        )
    }

    mutating func environment() throws(WireError) -> [EnvironmentVariable] {
        let variables = try list("environment", limit: FieldLimits.environmentCount) {
            reader throws(WireError) in
            EnvironmentVariable(
                name: try reader.text("variable", limit: FieldLimits.environmentName),
                value: try reader.bytes("value", limit: FieldLimits.environmentValue)
            )
        }
        let bytes = variables.reduce(0) { $0 + $1.name.utf8.count + $1.value.count }
        guard bytes <= FieldLimits.environmentBytes else {
            throw .tooLong(field: "environment", limit: FieldLimits.environmentBytes)
        }
        return variables
    }

    private mutating func cells(_ field: String) throws(WireError) -> UInt32 {
        let count = try uint32(field)
        guard count <= FieldLimits.terminalCells else {
            throw .malformed(field: field, reason: "exceeds \(FieldLimits.terminalCells)")
        }
        return count
    }

    mutating func program() throws(WireError) -> ProgramRequest {
        switch try byte("program") {
        case 1: .exec(commandLine: try bytes("command line", limit: FieldLimits.commandLine))
        case 2: .shell
        case 3: .subsystem(name: try text("subsystem", limit: FieldLimits.subsystem))
        default: throw .malformed(field: "program", reason: "has an unknown value")
        }
    }

    private mutating func result() throws(WireError) -> ProgramResult {
        switch try byte("result") {
        case 0: .none
        case 1: .exitStatus(try uint32("exit status"))
        case 2:
            .exitSignal(
                name: try text("signal", limit: FieldLimits.signalName),
                coreDumped: try boolean("core dumped"),
                message: try prose("message")
            )
        default: throw .malformed(field: "result", reason: "has an unknown value")
        }
    }

    private mutating func report() throws(WireError) -> SessionReport {
        SessionReport(
            number: try number(),
            cause: try choice("cause"),
            result: try result(),
            inputBytes: try uint64("input bytes"),
            outputBytes: try uint64("output bytes"),
            errorBytes: try uint64("error bytes"),
            recordedBytes: try uint64("recorded bytes")
        )
    }
}

extension WireWriter {
    fileprivate mutating func signInProof(_ proof: SignInProof) {
        text(proof.user)
        text(proof.algorithm)
        string(proof.keyBlob)
        string(proof.signature)
        optional(proof.authenticator) { writer, authenticator in
            writer.byte(authenticator.flags)
            writer.uint32(authenticator.counter)
        }
    }

    fileprivate mutating func opening(_ opening: SessionOpening) {
        uint32(opening.number.value)
        program(opening.program)
        optional(opening.terminal) { writer, terminal in
            writer.text(terminal.type)
            writer.uint32(terminal.columns)
            writer.uint32(terminal.rows)
        }
        environment(opening.environment)
    }

    mutating func program(_ program: ProgramRequest) {
        switch program {
        case .exec(let commandLine):
            byte(1)
            string(commandLine)
        case .shell:
            byte(2)
        case .subsystem(let name):
            byte(3)
            text(name)
        }
    }

    mutating func environment(_ environment: [EnvironmentVariable]) {
        list(environment) { writer, variable in
            writer.text(variable.name)
            writer.string(variable.value)
        }
    }

    fileprivate mutating func result(_ result: ProgramResult) {
        switch result {
        case .none:
            byte(0)
        case .exitStatus(let status):
            byte(1)
            uint32(status)
        case .exitSignal(let name, let coreDumped, let message):
            byte(2)
            text(name)
            boolean(coreDumped)
            text(message)
        }
    }

    fileprivate mutating func report(_ report: SessionReport) {
        uint32(report.number.value)
        byte(report.cause.rawValue)
        result(report.result)
        uint64(report.inputBytes)
        uint64(report.outputBytes)
        uint64(report.errorBytes)
        uint64(report.recordedBytes)
    }
}
