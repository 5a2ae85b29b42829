import ShellSyntax

// What the knowledge says a program does, with what its arguments say of it.

extension Interpreter {
    mutating func perform(
        _ effect: Effect,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        work.didAnything = true
        if effect.action == .terminalInteractive, !request.readsFromTerminal {
            // Nobody sits there; what it reads instead is not seen.
            emitConsole(&work, frame)
            return
        }
        if effect.isFetch {
            fetch(effect, work, &state, frame)
            return
        }
        var attributes: [ForeseenAction.Attribute] = []
        for name in effect.action.attributes {
            if let value = attribute(name, effect, work, state) {
                attributes.append(.init(name, value))
            }
        }
        if let access = effect.action.access, case .paths(let paths)? = attributes.path {
            if access.changes || access.deletes {
                for path in paths { state.files.forget(path, below: true) }
            }
            if access == .permission, !attributes.leavesWritable {
                for path in paths { state.files.keep(path, below: true) }
            }
            self.access(
                access,
                paths,
                frame,
                program: work.program,
                attributes: attributes,
                at: work.range
            )
            if access.changes { noteEntries(writtenTo: paths, work, frame) }
            return
        }
        if effect.action == .repositoryWrite {
            // It may bring back any file of the tree.
            for directory in state.directories { state.files.forget(directory, below: true) }
        }
        if effect.action == .processSignal, attributes.isToOwnProcess, frame.isInOwnShell {
            // It ends what the line itself started.
            emit(.systemRead, frame, program: work.program, at: work.range)
            return
        }
        let isUnknown =
            effect.action == .projectBuild && (work.isBuildUnknown || isBrought(work, state))
        emit(
            effect.action,
            frame,
            program: work.program,
            attributes,
            certainty: isUnknown ? .possible : nil,
            at: work.range
        )
    }

    private func attribute(
        _ name: ActionAttribute,
        _ effect: Effect,
        _ work: borrowing Performance,
        _ state: ShellState
    ) -> AttributeValue? {
        if effect.attributes.contains(where: { $0.name == name }) {
            let written = effect.attributes.filter { $0.name == name }
            var texts: [AbstractText] = []
            for attribute in written {
                switch attribute.value {
                case .flag(let flag): return .flag(flag)
                case .text(let text):
                    texts.append(name.kind == .paths ? .path(text) : AbstractText(text))
                case .values(let type):
                    let values =
                        type == .pattern && name.kind == .paths
                        ? work.values(of: type).map(\.asNamesOfFiles) : work.values(of: type)
                    texts += name.kind == .paths ? values.filter { $0.literal != "-" } : values
                }
            }
            if name == .process { return .texts(work.processes(texts) ?? []) }
            guard name.kind == .paths else { return .texts(texts) }
            var place = state
            // What is named only is opened before the program goes to another directory.
            if written.allSatisfy({ $0.value == .values(.path) }) {
                place.directories = work.startDirectories
            }
            return .paths(texts.flatMap { paths(of: $0, place) })
        }
        switch name.kind {
        case .flag: return work.parsed.has(name.tag) ? .flag(true) : nil
        case .paths: return nil
        case .texts:
            if name == .verb, !work.parsed.verbs.isEmpty {
                let verbs = work.values(of: .verb)
                return .texts(verbs.isEmpty ? [AbstractText(work.parsed.verbs.joined)] : verbs)
            }
            guard let type = name.valueType else { return nil }
            let texts = work.values(of: type)
            if name == .process { return work.processes(texts).map { .texts($0) } }
            if texts.isEmpty { return nil }
            let isThere = (name == .container || name == .name) && work.copiesThere
            return .texts(isThere ? work.withPathsThere(texts) : texts)
        }
    }
}

extension AbstractText {
    /// The files that a pattern of an archive or a repository means.
    fileprivate var asNamesOfFiles: AbstractText {
        PatternReader.read([.init(text: self, isActive: true)])
    }

    /// A path of a knowledge file, which may begin with the home of whoever runs the program.
    fileprivate static func path(_ text: ShellText) -> AbstractText {
        let written = text.description
        guard written == "~" || written.hasPrefix("~/") else { return AbstractText(text) }
        return AbstractText([
            .directory(.home(nil)), .text(ShellText(String(written.dropFirst()))),
        ])
    }
}

extension ActionAttribute {
    /// The tag of the options that say it.
    fileprivate var tag: Tag { Self.tags[number] }

    /// The type of the values that say it.
    fileprivate var valueType: ValueType? { Self.valueTypes[number] }

    private static let tags = allCases.map { Tag(ShellText($0.rawValue)) }
    private static let valueTypes = allCases.map { ValueType(rawValue: $0.rawValue.uppercased()) }
}

extension [ForeseenAction.Attribute] {
    fileprivate var path: AttributeValue? { first { $0.name == .path }?.value }

    /// Whether the only processes that are meant are the shell and its jobs; with a sign in front
    /// they are groups.
    fileprivate var isToOwnProcess: Bool {
        guard case .texts(let texts)? = first(where: { $0.name == .process })?.value else {
            return false
        }
        return !texts.isEmpty
            && texts.allSatisfy { text in
                guard text.pieces.count == 1, case .unknown(let unknown) = text.pieces[0] else {
                    return false
                }
                return unknown.origin == .ownProcess
            }
    }
}

extension Frame {
    /// Whether the numbers of processes are those of the shell whose text this is: it runs as the
    /// login, on the target, and in no wrapper but other shells.
    fileprivate var isInOwnShell: Bool {
        identity == .login && place == .target
            && wrappers.allSatisfy { Self.shells.contains($0) }
            && wrappers.last != "systemd-run"
    }

    private static let shells: Set<ShellText> = [
        "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "trap", "eval", "systemd-run",
    ]
}

extension Action {
    /// How a file is touched by this action.
    fileprivate var access: FileAccess? {
        switch self {
        case .fileRead: .read
        case .fileWrite: .write
        case .fileDelete: .delete
        case .filePermission: .permission
        case .secretRead: .secret
        default: nil
        }
    }
}
