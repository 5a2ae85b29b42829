import ShellSyntax

// `git -c NAME=VALUE`: some settings are commands (git-config manual).

extension Interpreter {
    mutating func git(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        var aliases: [(name: ShellText, value: AbstractText)] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard let word = argument.literal else { break }
            switch word {
            case "-c", "--config-env":
                guard let setting = rest.popFirst() else { break }
                try set(setting.text, &aliases, program, call, &state, frame)
            case "-C", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--super-prefix":
                _ = rest.popFirst()
            default:
                if word.utf8.starts(with: "-c".utf8), !word.utf8.starts(with: "--".utf8) {
                    let setting = argument.text.dropping(2)
                    try set(setting, &aliases, program, call, &state, frame)
                    continue
                }
                if word.utf8.first == UInt8(ascii: "-") { continue }
                // The subcommand, which an alias of the line may be.
                guard let alias = aliases.last(where: { $0.name == word }) else {
                    noteSecrets(shownBy: word, Array(rest), program, state, frame, at: call.range)
                    if word == "clone" { clone(arguments, knowledge, program, call, &state, frame) }
                    return nil
                }
                return try run(alias.value, Array(rest), knowledge, program, call, &state, frame)
            }
        }
        return nil
    }

    /// Notes files with secrets of which git shows what is, or was, in them: `git show HEAD:.env`.
    private mutating func noteSecrets(
        shownBy subcommand: ShellText,
        _ arguments: [Argument],
        _ program: ShellText,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        switch subcommand {
        case "show", "blame", "annotate", "cat-file", "archive", "grep": break
        case "log":
            let isShown = arguments.contains { argument in
                let option = argument.literal?.utf8
                return option?.elementsEqual("-p".utf8) == true
                    || option?.elementsEqual("-u".utf8) == true
                    || option?.starts(with: "--patch".utf8) == true
                    || option?.starts(with: "-L".utf8) == true
            }
            if !isShown { return }
        default: return
        }
        for argument in arguments {
            guard let word = argument.literal, word.utf8.first != UInt8(ascii: "-") else {
                continue
            }
            // Behind a revision: `HEAD:config/master.key`.
            let behind = word.utf8.firstIndex(of: UInt8(ascii: ":")).map { colon in
                ShellText(Array(word.utf8[word.utf8.index(after: colon)...]))
            }
            for path in paths(of: AbstractText(behind ?? word), state) {
                classify(path, .read, [], frame, program, at: range)
            }
        }
    }

    /// One setting of the command line.
    private mutating func set(
        _ setting: AbstractText,
        _ aliases: inout [(name: ShellText, value: AbstractText)],
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let name = ShellText(Array(setting.knownPrefix.utf8.prefix { $0 != UInt8(ascii: "=") }))
        let value = setting.dropping(min(name.utf8.count + 1, setting.knownPrefix.utf8.count))
        let key = ShellText(name.description.lowercased())
        if setting.literal == nil, name.utf8.count == setting.knownPrefix.utf8.count {
            emit(.commandDynamic, frame, program: program, at: call.range)
            return
        }
        if key.utf8.starts(with: "alias.".utf8) {
            aliases.append((ShellText(Array(key.utf8.dropFirst(6))), value))
            return
        }
        guard Self.commandSettings.contains(where: { $0.matchesStars(key) }) else { return }
        switch value.literal {
        case "", "true", "false", "cat", "less", ":", "0", "1": return
        case _?, nil: break
        }
        // As the variable, which says the same.
        if key == "core.sshcommand",
            let pattern = knowledge.variables(named: "GIT_SSH_COMMAND").first,
            let command = pattern.command(in: value)
        {
            var silent = frame.wrapped(by: program)
            silent.input = .text(.empty)
            return try run(command, state, silent, at: call.range)
        }
        let inner = try frame.nested().wrapped(by: program)
        var other = state
        let text = value.knownPrefix.utf8.first == UInt8(ascii: "!") ? value.dropping(1) : value
        _ = try runNested(text, &other, inner, at: call.range)
        emit(
            .codeRun,
            frame,
            program: program,
            [.init(.variable, .texts([AbstractText(key)]))],
            at: call.range
        )
    }

    /// Runs the text of an alias with the arguments behind it.
    private mutating func run(
        _ alias: AbstractText,
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let inner = try frame.nested().wrapped(by: program)
        if alias.knownPrefix.utf8.first == UInt8(ascii: "!") {
            guard let texts = arguments.texts else {
                emit(.commandDynamic, frame, program: program, at: call.range)
                return .notComputed
            }
            var other = state
            let line = ([alias.dropping(1)] + texts).joined(by: " ")
            return try runNested(line, &other, inner, at: call.range).output
        }
        guard let literal = alias.literal else {
            emit(.commandDynamic, frame, program: program, at: call.range)
            return .notComputed
        }
        let words = literal.utf8.split(separator: 0x20).map {
            Argument.one(AbstractText(ShellText(Array($0))))
        }
        return try byTable(words + arguments, knowledge, program, call, &state, inner)
    }

    /// Notes the directory that gets its name from what is cloned.
    private mutating func clone(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        let parsed = ArgumentReading.read(arguments, knowledge)
        guard parsed.verbs == ["clone"], parsed.operands.count == 1 else { return }
        let name = parsed.operands[0].text.nameOfClone
        for directory in parsed.values(of: .directory) {
            access(
                .writeInto,
                directory + "/" + name,
                &state,
                frame,
                program: program,
                at: call.range
            )
        }
        if parsed.values(of: .directory).isEmpty {
            access(.writeInto, name, &state, frame, program: program, at: call.range)
        }
    }

    /// Settings whose value is run, or that make git run what they name.
    private static let commandSettings: [ShellText] = [
        "core.editor", "core.pager", "core.sshcommand", "core.fsmonitor", "core.hookspath",
        "core.askpass", "core.gitproxy", "core.alternaterefscommand", "sequence.editor", "pager.*",
        "credential.helper", "credential.*.helper", "diff.external", "diff.*.command",
        "diff.*.textconv", "filter.*.clean", "filter.*.smudge", "filter.*.process",
        "merge.*.driver",
        "mergetool.*.cmd", "difftool.*.cmd", "browser.*.cmd", "man.*.cmd", "gpg.program",
        "gpg.*.program", "gpg.ssh.defaultkeycommand", "trailer.*.command", "trailer.*.cmd",
        "uploadpack.packobjectshook", "remote.*.uploadpack", "remote.*.receivepack", "remote.*.vcs",
        "sendemail.*cmd", "sendemail.*.*cmd", "imap.tunnel", "protocol.*.allow", "protocol.allow",
        "url.*.insteadof", "url.*.pushinsteadof", "include.path", "includeif.*",
        "interactive.difffilter",
        "submodule.*.update", "instaweb.*", "web.browser", "tar.*.command", "guitool.*.cmd",
        "init.templatedir", "commit.template", "safe.*", "receive.*", "transfer.*",
    ]
}

extension AbstractText {
    /// `api` of `https://git.example.org/team/api.git`; some name where it is not told.
    fileprivate var nameOfClone: AbstractText {
        let parts = literal?.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
        guard var name = parts?.last(where: { !$0.elementsEqual(".git".utf8) }) else {
            return AbstractText(UnknownText(.name, from: .notComputed))
        }
        if name.suffix(4).elementsEqual(".git".utf8) { name = name.dropLast(4) }
        return AbstractText(ShellText(Array(name)))
    }
}
