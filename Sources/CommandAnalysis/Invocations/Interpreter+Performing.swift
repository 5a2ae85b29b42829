import ShellSyntax

// What a program does: with its values, by its effects, and by what it runs.

extension Interpreter {
    mutating func perform(
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let isSimulated = work.parsed.has(.simulate) && !work.parsed.has(.earnest)
        var inner = state
        work.startDirectories = state.directories
        work.nameInside()
        // A directory that the program works in holds for its own paths and for what it runs.
        for directory in work.values(of: .directory) {
            inner.directories = paths(of: directory, inner)
        }
        let commands = work.values(of: .redis)
        if !commands.isEmpty, !isSimulated {
            work.hasCode = true
            let findings = RedisCommands.findings(in: commands.map { .one($0) })
            try perform(findings, .redis, &work, &inner, frame)
        }
        for value in work.values where value.type != .redis {
            if isSimulated && !value.type.onlyReads { continue }
            try perform(value, &work, &inner, frame)
        }
        // A dry run still runs what its options name, a remote shell, a hook, a library, and writes
        // there: what it prints, and what it says on the way.
        for value in work.parsed.values where isSimulated && value.type.actsInDryRuns {
            try perform(value, &work, &inner, frame)
        }
        let isKnown = !work.parsed.isAnythingUnknown
        for effect in work.usage.effects where !isSimulated || effect.isCodeOfAnOption {
            if effect.conditions.allSatisfy({ work.parsed.holds($0) }) {
                perform(effect, &work, &inner, frame)
            } else if !isKnown, effect.conditions.allSatisfy({ work.parsed.mayHold($0) }) {
                var possible = frame
                possible.isCertain = false
                perform(effect, &work, &inner, possible)
            }
        }
        noteCopies(work, &inner, frame)
        state.files = inner.files
        // And what one of them starts.
        if let command = work.command, !isSimulated || work.parsed.rest != nil {
            work.didAnything = true
            work.hasCode = true
            var context = try context(work, frame)
            if work.usage.input != .ignored, work.usage.input != .operands {
                context.input = frame.input
            }
            inner.takeHome(by: work)
            for assignment in work.values(of: .assignment) {
                try assign(assignment, &inner, context, work)
            }
            try goToStart(of: work, &inner, frame)
            if work.usage.runs.isElsewhere {
                // It finds other files, and leaves these as they are.
                inner.files = FileTable()
                work.printed = try run(command, work, &inner, context)
                inner.files = state.files
            } else {
                work.printed = try run(command, work, &inner, context)
                state.files = inner.files
            }
        }
        takeInput(&work, frame)
        if isSimulated { return }
        try runInput(&work, &inner, frame)
        try runMakefiles(work, inner, frame)
    }

    // MARK: Values

    private mutating func perform(
        _ value: ParsedArguments.TypedValue,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        if let access = value.type.access {
            guard !takesStandardStream(value, &work) else { return }
            let isTree = access == .delete && work.parsed.has(Tag("recursive"))
            var attributes: [ForeseenAction.Attribute] = []
            if work.parsed.has(Tag("force")) { attributes.append(.init(.force, .flag(true))) }
            if work.parsed.has(Tag("recursive")), access != .write || !isIntoHome(work, state) {
                attributes.append(.init(.recursive, .flag(true)))
            }
            if access == .permission { attributes += work.permissionAttributes }
            if access == .write, let copy = CopyOperands(work) {
                if copy.isMask {
                    attributes.append(.mask)
                } else if copy.replacesKey {
                    attributes.append(.displace)
                }
            }
            if access == .write, work.makesDirectories { attributes.append(.directory) }
            attributes += newSettings(value, access, work, state, frame)
            if access == .edit, !attributes.contains(where: { $0.name == .verb }) {
                attributes.append(.edit)
            }
            work.didAnything = true
            let paths = access.changes ? paths(of: value.value, state) : nil
            self.access(
                isTree ? .deleteTree : access,
                value.value,
                being: paths,
                &state,
                frame,
                program: work.program,
                attributes: attributes,
                at: work.range
            )
            if isTree, value.value.saysKey {
                // It may as well be a file.
                self.access(
                    .delete,
                    value.value,
                    &state,
                    frame,
                    program: work.program,
                    at: work.range
                )
            }
            if let paths {
                noteEntries(writtenTo: paths, work, frame)
                note(access, paths, work, &state, frame)
            }
            return
        }
        switch value.type {
        case .writePrefix:
            work.didAnything = true
            let names = AbstractText(value.value.pieces + [.wildcard(.anyText)])
            access(.write, names, &state, frame, program: work.program, at: work.range)
            note(.write, paths(of: names, state), work, &state, frame)
        case .code, .library:
            access(.read, value.value, &state, frame, program: work.program, at: work.range)
            emitCode(value, work, frame, state)
            work.didAnything = true
        case .script: try runScript(value.value, &work, &state, frame)
        case .shell:
            work.didAnything = true
            work.hasCode = true
            let context = try context(work, frame)
            var place = state
            try goToStart(of: work, &place, frame)
            work.printed = try runShell(value.value, work, &place, context)
            state.files = place.files
        case .words, .allWords, .program:
            work.didAnything = true
            try runWords(value, work, &state, frame)
        case .sql, .awk, .sed, .python, .perl, .ruby, .node, .php, .lua, .redis, .mongo, .nft,
            .editor, .jq:
            work.hasCode = true
            try runCode(value.value, value.type, &work, &state, frame)
        case .readList, .backupList, .editList: accessListed(by: value, &work, &state, frame)
        case .volume: mount(value.value, &work, &state, frame)
        case .remoteRead, .remoteWrite, .remoteMirror:
            work.didAnything = true
            remote(value, work, &state, frame)
        default: return
        }
    }

    /// Whether `-` stands for standard input or output rather than a file.
    private func takesStandardStream(
        _ value: ParsedArguments.TypedValue,
        _ work: inout Performance
    ) -> Bool {
        guard value.value.literal == "-" else { return false }
        if value.type.onlyReads, value.type != .secretFile, value.type != .readDevice {
            work.readsInput = true
            if !value.tags.isEmpty { work.readsOption = true }
        }
        return value.type != .delete && value.type != .deleteTree && value.type != .permission
    }

    private mutating func emitCode(
        _ value: ParsedArguments.TypedValue,
        _ work: borrowing Performance,
        _ frame: Frame,
        _ state: ShellState
    ) {
        emit(
            .codeRun,
            frame,
            program: work.program,
            [.init(.path, .paths(paths(of: value.value, state)))],
            at: work.range
        )
    }

    /// Remembers what the program did to a file, for what comes later on the line.
    private func note(
        _ access: FileAccess,
        _ paths: [AbstractPath],
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        switch access {
        case .write where work.copiesInput:
            let before = state.files
            for path in paths {
                state.files[path] =
                    path.literal == nil ? .unknown : .text(frame.input.text.followed)
                if !frame.isSureToRun { state.files.keep(before, at: path) }
            }
        case .write, .edit, .device:
            for path in paths {
                state.files[path] = work.makesDirectories ? .directory : .unknown
            }
        case .look, .read, .readTree, .backUp, .writeInto, .delete, .deleteTree, .permission,
            .secret, .link:
            return
        }
    }
}

extension Performance {
    /// Whether what it writes is what it reads: `tee F`, without `-a`.
    fileprivate var copiesInput: Bool {
        program == "tee"
            && arguments.allSatisfy { $0.literal.map { $0.utf8.first != 0x2D } ?? false }
    }

    /// Whether what it writes are directories: `mkdir`, `install -d`.
    fileprivate var makesDirectories: Bool {
        program == "mkdir" || (program == "install" && parsed.has(Tag("directory")))
    }

    /// Mode and owner, which an action on permissions has.
    fileprivate var permissionAttributes: [ForeseenAction.Attribute] {
        var attributes: [ForeseenAction.Attribute] = []
        for (name, type) in [
            (ActionAttribute.mode, ValueType.mode), (.owner, .owner), (.group, .group),
        ] {
            let texts = values(of: type)
            if !texts.isEmpty { attributes.append(.init(name, .texts(texts))) }
        }
        return attributes
    }
}

extension ShellState {
    /// Notes that a shell perhaps starts without `HOME`, and then `$HOME/etc` is `/etc`.
    fileprivate mutating func takeHome(by work: borrowing Performance) {
        let isTaken =
            work.parsed.has(Tag("clear"))
            || work.parsed.values.contains {
                $0.type == .variable && $0.value.literal.map { $0 == "HOME" } ?? true
            }
        guard isTaken, variables["HOME"] == nil else { return }
        var home = Variable(.scalar([AbstractText([.directory(.home(nil))]), .empty]))
        home.isExported = true
        variables["HOME"] = home
    }
}
