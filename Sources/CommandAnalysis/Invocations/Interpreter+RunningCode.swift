import ShellSyntax

// Scripts, and code of other languages.

extension Interpreter {
    /// A script file that the program runs.
    mutating func runScript(
        _ file: AbstractText,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        work.didAnything = true
        if file.literal == "-" || file.isStandardInput {
            work.readsInput = true
            work.readsScript = true
            return
        }
        work.hasCode = true
        access(.read, file, &state, frame, program: work.program, at: work.range)
        if let language = work.usage.input.language ?? work.program.language {
            if case .text(let text) = content(of: file, state, frame) {
                try runCode(text, language, &work, &state, frame)
                return
            }
            if let text = perhapsContent(of: file, state) {
                try runCode(text, language, &work, &state, frame)
                work.printed = nil
            }
        }
        emit(
            .codeRun,
            frame,
            program: work.program,
            [.init(.path, .paths(paths(of: file, state)))],
            at: work.range
        )
    }

    /// Code in a language: what can be told of it, and whether that is all.
    mutating func runCode(
        _ code: AbstractText,
        _ language: ValueType,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        if language == .shell {
            work.didAnything = true
            work.printed = try runShell(code, work, &state, try context(work, frame))
            return
        }
        noteObeying(code, frame, at: work.range)
        if language == .nft, let commands = code.commandsOfNFT {
            work.didAnything = true
            var inner = try frame.nested()
            inner.input = .nothing
            inner.collects = false
            for command in commands {
                _ = try runVector(command, &state, inner, at: work.range)
            }
            return
        }
        if language == .python, !sources.brought.isEmpty, sources.brought.mayHave(state.directories)
        {
            // Modules are looked for where it runs.
            emit(.codeRun, frame, program: work.program, certainty: .possible, at: work.range)
        }
        let text =
            language.isOfTexts && request.profile == .exec ? code.withSettingsAsNames : code
        let findings = Languages.findings(
            in: text,
            language,
            program: work.program,
            options: CodeOptions(isLoop: language == .perl && work.parsed.has(Tag("loop")))
        )
        guard let relay = RelayingCode(text) else {
            try perform(findings, language, &work, &state, frame)
            return
        }
        let first = actions.count
        // What it starts may read what comes over its connection, or be that.
        try perform(findings, language, &work, &state, frame.reading(.unknown(.fromElsewhere)))
        let isDynamic = actions[first...].contains { $0.action == .commandDynamic }
        if isDynamic || !findings.isComplete && relay.namesShell {
            noteObeying(frame, at: work.range)
        }
    }

    /// Does what code was found to do.
    mutating func perform(
        _ findings: CodeFindings,
        _ language: ValueType,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        if !findings.isComplete {
            work.didAnything = true
            emit(
                .codeRun,
                frame,
                program: work.program,
                [
                    .init(
                        .language,
                        .texts([AbstractText(ShellText(language.rawValue.lowercased()))])
                    )
                ],
                at: work.range
            )
        }
        for effect in findings.effects {
            work.didAnything = true
            try perform(effect, work, &state, frame)
        }
    }

    private mutating func perform(
        _ effect: CodeEffect,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        var frame = frame
        if effect.certainty == .possible { frame.isCertain = false }
        let program = work.program
        switch effect.kind {
        case .readFile(let file):
            access(.read, file, &state, frame, program: program, at: work.range)
        case .writeFile(let file):
            access(.write, file, &state, frame, program: program, at: work.range)
        case .lockFile(let file):
            access(
                .write,
                file,
                &state,
                frame,
                program: program,
                attributes: [.init(.verb, .texts(["lock"]))],
                at: work.range
            )
        case .deleteFile(let file, let isRecursive):
            access(
                isRecursive ? .deleteTree : .delete,
                file,
                &state,
                frame,
                program: program,
                at: work.range
            )
        case .changePermission(let file):
            access(.permission, file, &state, frame, program: program, at: work.range)
        case .shell(let text):
            _ = try runShell(text, work, &state, try context(work, frame))
            if let named = work.naming(text, from: frame.input.text) {
                var context = try context(work, frame)
                context.isCertain = false
                _ = try runShell(named, work, &state, context)
                // The program itself may stand in a variable of the code.
                if text.knownPrefix.isEmpty, let names = named.processes {
                    signalListed(names, context, at: work.range)
                }
            }
        case .shellWithInput(let text):
            var context = try context(work, frame)
            context.input = .unknown(UnknownText(.text, from: .output))
            _ = try runShell(text, work, &state, context)
        case .command(let arguments):
            _ = try runVector(arguments, &state, try context(work, frame), at: work.range)
        case .connect(let host):
            emit(
                .networkConnect,
                frame,
                program: program,
                [.init(.host, .texts([host]))],
                at: work.range
            )
        case .action(let action, let attributes):
            emit(action, frame, program: program, attributes, at: work.range)
            if action.changesTables, attributes.contains(.sqlite) {
                for file in work.values(of: .database) where file.literal != ":memory:" {
                    // An address says where the file is in its own way.
                    let isAddress = file.knownPrefix.utf8.starts(with: "file:".utf8)
                    let path = isAddress ? .notComputed : file
                    access(.write, path, &state, frame, program: program, at: work.range)
                }
            }
        }
    }
}

extension Action {
    /// Whether a database is another one afterwards.
    fileprivate var changesTables: Bool { self == .databaseWrite || self == .databaseSchema }
}

extension ForeseenAction.Attribute {
    /// Of a database that is a file, which the program itself writes.
    fileprivate static let sqlite = ForeseenAction.Attribute(.engine, .texts(["sqlite"]))
}

extension AbstractText {
    /// The commands of a script of `nft` as they are said on its command line; nil where it has blocks.
    fileprivate var commandsOfNFT: [[Argument]]? {
        guard let literal, !literal.utf8.contains(UInt8(ascii: "{")) else { return nil }
        let lines = literal.utf8.split { $0 == 0x0A || $0 == UInt8(ascii: ";") }
        let commands = lines.map { $0.split { $0 == 0x20 || $0 == 0x09 } }
            .filter { !$0.isEmpty && $0[0].first != UInt8(ascii: "#") }
        guard commands.count <= AnalysisLimits.iterations else { return nil }
        return commands.map { words in
            [.one("nft")] + words.map { .one(AbstractText(ShellText(Array($0)))) }
        }
    }
}

extension InputUse {
    /// The language of what is read as code.
    var language: ValueType? {
        switch self {
        case .code(let type), .codeWithoutScript(let type), .console(let type),
            .consoleWithoutScript(let type):
            type
        case .ignored, .data, .dataWithoutFiles, .files, .operands: nil
        }
    }
}

extension ShellText {
    /// The language that a program of this name reads.
    var language: ValueType? {
        switch self {
        case "sh", "bash", "dash", "ksh", "zsh", "ash", "rbash": .shell
        case "awk", "gawk", "mawk", "nawk", "original-awk": .awk
        case "sed", "gsed": .sed
        case "python", "python2", "python3": .python
        case "perl": .perl
        case "ruby": .ruby
        case "node", "nodejs": .node
        case "php": .php
        case "lua": .lua
        default: nil
        }
    }
}
