// Compiled by scripts/fuzz on the modules of Sources.

import CommandAnalysis
import ShellSyntax

/// Analyses any bytes as a command line: the first byte chooses the circumstances.
///
/// What does not parse has no actions that could be permitted, and what can be analysed has one action
/// at least for each program that runs.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCommandAnalysis(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let choice = bytes[0]
    let text = Array(bytes.dropFirst())
    let request = AnalysisRequest(
        dialect: choice & 1 == 0 ? .bash : .posix,
        login: choice & 2 == 0 ? nil : "deploy",
        input: choice & 4 == 0 ? .unknown : .nothing,
        hasTerminal: choice & 8 != 0
    )
    let analysis = Interpreter.analyze(text, for: request, with: SampleKnowledge.base)
    let program = Program(text, dialect: request.dialect)
    if program.status != .accepted, program.hasCertainSettings {
        precondition(analysis.failure != nil, "a text that does not parse was analysed")
    }
    if analysis.failure == nil {
        precondition(
            analysis.invocations.isEmpty || !analysis.actions.isEmpty,
            "a program runs and does nothing"
        )
    }
    for action in analysis.actions {
        precondition(
            action.range.lowerBound >= 0 && Int(action.range.upperBound) <= text.count,
            "an action stands where no text is"
        )
    }
    return 0
}

/// A few programs of each kind: wrappers, shells, writers, programs with readers.
private enum SampleKnowledge {
    static let base: KnowledgeBase = {
        var programs: [ShellText: ProgramKnowledge] = [:]
        for name in ["sh", "bash"] as [ShellText] {
            programs[name] = program(
                [option(["-c"], .required(.shell)), option(["-s"], .none)],
                operands(repeated: .script),
                input: .codeWithoutScript(.shell)
            )
        }
        programs["rm"] = program(
            [option(["-r", "-R"], .none, tag: "recursive"), option(["-f"], .none)],
            operands(repeated: .delete)
        )
        programs["cat"] = program([], operands(repeated: .read), input: .dataWithoutFiles)
        programs["ln"] = program(
            [option(["-s"], .none, tag: "symbolic")],
            OperandPattern(leading: [], repeated: .path, trailing: [.write])
        )
        programs["sudo"] = program(
            [option(["-u"], .required(.account))],
            OperandPattern(leading: [.assignment], repeated: .command, trailing: []),
            style: .posix
        )
        programs["ssh"] = program(
            [],
            OperandPattern(leading: [.host], repeated: .shell, trailing: []),
            runs: RunContext(
                identity: .same,
                location: .within(.host, .host),
                addsOperands: false
            )
        )
        programs["xargs"] = program(
            [option(["-I"], .required(.text), tag: "replace")],
            operands(repeated: .command),
            input: .operands,
            reader: .xargs
        )
        for (name, reader) in [
            ("find", .find), ("env", .env), ("dd", .dd), ("tar", .tar), ("git", .git),
            ("curl", .curl), ("test", .test),
        ] as [(ShellText, ArgumentReader)] {
            programs[name] = program([], operands(repeated: .command), reader: reader)
        }
        for (name, type) in [
            ("awk", .awk), ("sed", .sed), ("python3", .python), ("perl", .perl), ("psql", .sql),
            ("redis-cli", .redis), ("mongosh", .mongo), ("node", .node), ("ruby", .ruby),
            ("php", .php), ("lua", .lua), ("vim", .editor),
        ] as [(ShellText, ValueType)] {
            programs[name] = program(
                [option(["-e", "-c"], .required(type))],
                operands(repeated: type),
                input: .codeWithoutScript(type)
            )
        }
        return KnowledgeBase(
            programs: programs,
            paths: [:],
            variables: [VariablePattern(name: "LD_*", value: .library, programs: nil)],
            programDirectories: []
        )
    }()

    private static func option(
        _ spellings: [ShellText],
        _ value: KnownOption.Value,
        tag: ShellText? = nil
    ) -> KnownOption {
        KnownOption(
            spellings: spellings,
            value: value,
            match: nil,
            tags: tag.map { [Tag($0)] } ?? []
        )
    }

    private static func operands(repeated: ValueType) -> OperandPattern {
        OperandPattern(leading: [], repeated: repeated, trailing: [])
    }

    private static func program(
        _ options: [KnownOption],
        _ operands: OperandPattern,
        style: OptionStyle = .gnu,
        input: InputUse = .ignored,
        runs: RunContext = .same,
        reader: ArgumentReader? = nil
    ) -> ProgramKnowledge {
        ProgramKnowledge(
            style: style,
            options: options,
            commands: [],
            usages: [
                Usage(
                    conditions: [],
                    operands: operands,
                    effects: [],
                    input: input,
                    runs: runs,
                    output: .unknown(.text)
                )
            ],
            reader: reader
        )
    }
}
