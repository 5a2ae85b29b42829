import ShellSyntax

// What touching a path means beyond the file.

extension Interpreter {
    /// Remembers what touching the path means beyond the file.
    mutating func classify(
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
        // Whoever hides would hide the directory too: it tells no more than an unknown path does.
        let isOpen = path.isWhollyUnknown && access.isAsOpen(isRecursive)
        let classes = knowledge.classes(
            of: form(of: isOpen ? .unknown : path, isRecursive: isRecursive),
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
            knowledge.program(named: name) != nil, knowledge.isProgramDirectory(path.parent)
        {
            emit(.guardEscape, frame, program: program, [.init(.path, .paths([path]))], at: range)
        }
        if access == .write, mayShadow(path) {
            let attributes = [ForeseenAction.Attribute(.path, .paths([path]))]
            emit(
                .guardEscape,
                frame,
                program: program,
                attributes,
                certainty: .possible,
                at: range
            )
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

    /// Whether one of the files that a pattern means may take the place of a known program: `g*`.
    private func mayShadow(_ path: AbstractPath) -> Bool {
        guard let pieces = path.components.last?.pieces, case .text(let start)? = pieces.first,
            case .wildcard? = pieces.dropFirst().first,
            knowledge.isProgramDirectory(path.parent)
        else { return false }
        var end: [UInt8] = []
        if pieces.count > 2, case .text(let text)? = pieces.last { end = Array(text.utf8) }
        return knowledge.programs.keys.contains {
            $0.utf8.starts(with: start.utf8) && $0.utf8.suffix(end.count).elementsEqual(end)
        }
    }

    /// Whether it is a file in a directory of programs, under a name that no known program has.
    private func isNewProgram(_ path: AbstractPath) -> Bool {
        guard let name = path.components.last, knowledge.isProgramDirectory(path.parent) else {
            return false
        }
        if let literal = name.literal { return knowledge.program(named: literal) == nil }
        guard case .text? = name.pieces.first, name.hasWildcard, !name.hasUnknown else {
            return false
        }
        return !mayShadow(path)
    }
}

extension FileAccess {
    /// Whether it is no worse in a directory that is known than anywhere: a whole tree is.
    fileprivate func isAsOpen(_ isRecursive: Bool) -> Bool {
        switch self {
        case .write, .writeInto, .edit: true
        case .delete, .permission, .link: !isRecursive
        case .look, .read, .readTree, .backUp, .deleteTree, .device, .secret: false
        }
    }
}

extension AbstractPath {
    /// Whether it begins where the line starts or in a home, and nothing of its name is known.
    ///
    /// Of a file that was looked for it is known that it is there, and a start-up file may be meant.
    var isWhollyUnknown: Bool {
        switch root {
        case .known(.start), .known(.home(nil)): break
        case .known(.home), .root, .unknown: return false
        }
        return levelsUp == 0 && !components.isEmpty
            && components.allSatisfy { component in
                component.pieces.allSatisfy { piece in
                    guard case .unknown(let unknown) = piece, unknown.shape == .text else {
                        return false
                    }
                    return switch unknown.origin {
                    case .variable, .environment, .output, .connection, .program, .input,
                        .processes, .notComputed:
                        true
                    case .file, .link, .behindLink, .names, .addedOperands, .ownProcess:
                        false
                    }
                }
            }
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
        case .nothing, .ordinary, .settings, .number, .build: nil
        }
    }
}
