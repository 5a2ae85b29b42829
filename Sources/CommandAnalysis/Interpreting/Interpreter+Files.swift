import ShellSyntax

// Paths, and what touching one means.

extension Interpreter {
    /// Remembers the actions of touching a file.
    mutating func access(
        _ access: FileAccess,
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        program: ShellText? = nil,
        attributes: [ForeseenAction.Attribute] = [],
        at range: SourceRange
    ) {
        if let connection = text.networkDevice {
            emit(.networkConnect, frame, program: program, connection, at: range)
            // Nobody knows what listens there, and what the text means to it.
            if !access.reads || access == .edit, !frame.sendsNothing {
                emit(.codeRun, frame, program: program, at: range)
            }
            return
        }
        guard text.weight <= AnalysisLimits.pathBytes else {
            effort.refuse(.tooLongPath)
            return
        }
        guardPath(text, access, state, frame, program, at: range)
        if access.reads, text.isStream, case .text = frame.input { use(frame.input, as: .data) }
        // No file is called nothing. Whoever writes `> "$1"` means one that the text does not tell.
        let isNameless = text.literal?.isEmpty == true && !access.onlyReads
        let paths = isNameless ? [.unknown] : paths(of: text, state)
        if access.changes {
            let isTree = access.isRecursive || attributes.contains { $0.name == .recursive }
            for path in behindDescriptors(paths, access) {
                effort.remember(state.files.count)
                if effort.isOver { return }
                state.files.forget(path, below: isTree)
                // What decompresses a file in its place writes one without the ending.
                if access == .edit, let other = path.withoutEnding {
                    state.files.forget(other, below: false)
                }
            }
        }
        self.access(
            access,
            paths,
            frame,
            program: program,
            attributes: attributes,
            isUnset: text.isUnset,
            at: range
        )
    }

    mutating func access(
        _ access: FileAccess,
        _ paths: [AbstractPath],
        _ frame: Frame,
        program: ShellText?,
        attributes: [ForeseenAction.Attribute] = [],
        isUnset: Bool = false,
        at range: SourceRange
    ) {
        let meant = behindDescriptors(paths, access).filter { !isNothing($0) }
        if meant.isEmpty { return }
        let shown = meant.map { $0.fromStart(frame) }
        let isRecursive = access.isRecursive || attributes.contains { $0.name == .recursive }
        // An empty file where there is none matters where its name alone does.
        let isMade = attributes.contains { $0 == .init(.verb, .texts(["make"])) }
        var frame = frame
        if isMade { frame.isCertain = false }
        for action in access.actions where !isMade {
            var list: [ForeseenAction.Attribute] = [.init(.path, .paths(shown))]
            if isRecursive { list.append(.init(.recursive, .flag(true))) }
            for attribute in attributes
            where attribute.name != .recursive && attribute.name != .path
                && action.has(attribute.name)
            {
                list.append(attribute)
            }
            emit(action, frame, program: program, list, at: range)
        }
        if access.changes { noteNames(of: meant, frame, program, at: range) }
        let isExtracted = attributes.contains { $0 == .init(.verb, .texts(["extract"])) }
        for path in meant where access != .look {
            if isExtracted, path.isHome {
                // Whatever else is in an archive, nobody tells.
                let entry = ForeseenAction.Attribute(.verb, .texts(["extract"]))
                emit(
                    .guardEscape,
                    frame,
                    program: program,
                    [.init(.path, .paths([path])), entry],
                    certainty: .possible,
                    at: range
                )
                continue
            }
            classify(path, access, attributes, frame, program, at: range)
            // A file of which nothing is known may be one with secrets.
            if path.root == .unknown, access.reads, !isUnset || path.saysSecret {
                emit(
                    .secretRead,
                    frame,
                    program: program,
                    [.init(.path, .paths([path]))],
                    certainty: .possible,
                    at: range
                )
            }
        }
    }

    /// Remembers what touching the path means beyond the file.
    private mutating func classify(
        _ path: AbstractPath,
        _ access: FileAccess,
        _ attributes: [ForeseenAction.Attribute],
        _ frame: Frame,
        _ program: ShellText?,
        at range: SourceRange
    ) {
        let isRecursive = access.isRecursive || attributes.contains { $0.name == .recursive }
        var entry = EntryChange(access, attributes)
        // Nobody can tell which permissions it gets.
        if entry == .permission, !frame.isCertain { entry = .write }
        let classes = knowledge.classes(
            of: path,
            isRecursive: isRecursive,
            forReading: access.reads && access != .edit,
            forDeleting: access == .delete || access == .deleteTree
        )
        for (kind, match) in classes {
            guard let action = kind.action(of: access) else { continue }
            if kind == .device, entry == .directory { continue }
            let told = entry.attributes(of: action)
            // A name that no program has takes the place of none.
            if kind == .guard, match == .yes, access != .delete, !isRecursive, isNewProgram(path) {
                continue
            }
            // In a backup of everything there are secrets too.
            if kind == .secret, access == .backUp, match != .yes, path.isWholeTree { continue }
            let certainty: Certainty = match == .yes ? frame.certainty : .possible
            emit(
                action,
                frame,
                program: program,
                [.init(.path, .paths([path]))] + told,
                certainty: certainty,
                at: range
            )
        }
        if entry == .mask, let unit = path.unit {
            let mask: [ForeseenAction.Attribute] = [
                .init(.unit, .texts([unit])), .init(.verb, .texts(["mask"])),
            ]
            emit(.serviceControl, frame, program: program, mask, at: range)
        }
        // Whatever it is called, a directory is not run and says nothing.
        if entry == .directory { return }
        // A program that takes the place of a known one blinds whoever decides by name.
        if access == .write || access == .edit, let name = path.components.last?.literal,
            knowledge.programs[name] != nil, knowledge.isProgramDirectory(path.parent)
        {
            emit(.guardEscape, frame, program: program, [.init(.path, .paths([path]))], at: range)
        }
        if access == .write || access == .edit || access == .writeInto {
            if path.isObeyed {
                let attributes = [ForeseenAction.Attribute(.path, .paths([path]))]
                emit(.guardEscape, frame, program: program, attributes, at: range)
            }
            // Python looks for its own modules first in the directory where it starts.
            if access != .writeInto, path.isModuleOfPython {
                emit(.codeRun, frame, program: program, at: range)
            }
        }
    }
}

extension Interpreter {
    /// Whether it is a file in a directory of programs, under a name that no known program has.
    private func isNewProgram(_ path: AbstractPath) -> Bool {
        guard let name = path.components.last?.literal, knowledge.programs[name] == nil else {
            return false
        }
        return knowledge.isProgramDirectory(path.parent)
    }
}

extension AbstractPath {
    /// The directory in which it is.
    var parent: AbstractPath {
        AbstractPath(root: root, components: components.dropLast(), levelsUp: levelsUp)
    }

    fileprivate var isHome: Bool {
        root == .known(.home(nil)) && components.isEmpty && levelsUp == 0
    }

    /// Whether git or Ansible, wherever it stands, runs it or runs what it says.
    fileprivate var isObeyed: Bool {
        let last = components.last?.literal
        if last == ".git" || last == "ansible.cfg" { return true }
        // A repository without a working tree has any name.
        if let last, parent.components.last?.literal == "hooks", GitNames.hooks.contains(last) {
            return true
        }
        return zip(components, components.dropFirst()).contains { first, second in
            first.literal?.utf8.suffix(4).elementsEqual(".git".utf8) == true
                && ["hooks", "config", "config.worktree"].contains(second.literal)
        }
    }

    /// Whether Python takes it for one of the modules that a line may import: `json.py`.
    fileprivate var isModuleOfPython: Bool {
        guard var name = components.last?.literal?.utf8[...] else { return false }
        if name.starts(with: "__init__.".utf8) {
            guard let directory = parent.components.last?.literal else { return false }
            return PythonNames.modules.contains(directory)
        }
        guard let dot = name.firstIndex(of: UInt8(ascii: ".")) else { return false }
        let ending = name[dot...]
        guard
            ending.elementsEqual(".py".utf8) || ending.elementsEqual(".pyc".utf8)
                || ending.suffix(3).elementsEqual(".so".utf8)
        else { return false }
        name = name[..<dot]
        return PythonNames.modules.contains(ShellText(Array(name)))
    }

    /// The path from where the command line starts, which is the home of the login.
    fileprivate func fromStart(_ frame: Frame) -> AbstractPath {
        guard root == .known(.home(nil)), frame.identity == .login, frame.place == .target else {
            return self
        }
        return AbstractPath(root: .known(.start), components: components, levelsUp: levelsUp)
    }
}

extension PathClass {
    /// What an access to a path of this class is beside itself.
    fileprivate func action(of access: FileAccess) -> Action? {
        switch self {
        case .guard: access.reads && access != .edit ? nil : .guardEscape
        case .audit: access.reads && access != .edit ? nil : .auditTamper
        case .secret: access.reads || access == .permission ? .secretRead : nil
        case .device: access == .write || access == .edit ? .deviceWrite : nil
        case .kernel: access == .write || access == .edit ? .kernelChange : nil
        case .schedule: access.reads && access != .edit ? nil : .scheduleChange
        case .power: access == .write || access == .edit ? .hostPower : nil
        case .nothing, .ordinary, .settings, .number: nil
        }
    }
}

extension AbstractText {
    /// Whether it begins with a variable that the line has not touched, and whose name says nothing of
    /// secrets: in an exec hardly any variable is set.
    fileprivate var isUnset: Bool {
        guard case .unknown(let unknown) = pieces.first,
            case .environment(let name) = unknown.origin
        else { return false }
        return !name.saysSecret
    }

    /// Where bash connects to when it opens `/dev/tcp/HOST/PORT`.
    var networkDevice: [ForeseenAction.Attribute]? {
        let prefix = knownPrefix.utf8
        guard prefix.starts(with: "/dev/tcp/".utf8) || prefix.starts(with: "/dev/udp/".utf8) else {
            return nil
        }
        guard let literal else {
            let unknown = AbstractText.notComputed
            return [.init(.host, .texts([unknown]))]
        }
        let parts = literal.utf8.split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: true
        )
        guard parts.count == 4 else { return nil }
        return [
            .init(.host, .texts([AbstractText(ShellText(Array(parts[2])))])),
            .init(.port, .texts([AbstractText(ShellText(Array(parts[3])))])),
        ]
    }
}

extension AbstractPath {
    /// Whether a component is hidden, not known, or named as files with secrets are.
    fileprivate var saysSecret: Bool {
        components.contains { component in
            guard let name = component.literal else { return true }
            return name.saysSecret || name.utf8.first == UInt8(ascii: ".")
        }
    }
}

extension ShellText {
    /// Whether a name of a variable or a file is one of those that secrets have.
    fileprivate var saysSecret: Bool {
        let bytes = Array(utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            let upper = description.uppercased()
            return Self.secretWords.contains { upper.contains($0) }
        }
        let upper = bytes.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        return upper.indices.contains { start in
            Self.secretBytes.contains { word in
                word[0] == upper[start] && upper[start...].starts(with: word)
            }
        }
    }

    private static let secretBytes = secretWords.map { Array($0.utf8) }
    private static let secretWords = [
        "KEY", "SECRET", "TOKEN", "CRED", "PASS", "AUTH", "CERT", "CONF", "HOME", "SSH", "PRIVATE",
        "SHADOW", "PEM", "ID_", "ROOT", "ETC",
    ]
}
