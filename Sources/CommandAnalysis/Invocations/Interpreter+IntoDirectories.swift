import ShellSyntax

// What is written where a file is copied, moved or linked and its new name is not all that is said.

extension Interpreter {
    /// Notes what is written below the target, where that is a directory or becomes one.
    ///
    /// Nobody sees whether it is one. Either it is written or what is named in it, so that the one is
    /// as certain as the other.
    mutating func writeInside(
        _ copy: CopyOperands,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        // Of a path that nobody knows, that is said already.
        let targets = paths(of: copy.target, state).filter { $0.root != .unknown && !isFile($0) }
        var tree = copy.takesTrees ? [ForeseenAction.Attribute(.recursive, .flag(true))] : []
        // A link to nothing has nothing below it.
        if copy.isMask { tree = [.mask] }
        var written: [AbstractPath] = []
        for target in targets where !copy.isExact {
            for source in copy.sources {
                let name = copy.name(of: source)
                if name.isEmpty { continue }
                written += state.files.resolutions(of: target.appending(name))
            }
        }
        // Where there is none yet, the directory gets the name that is written.
        if copy.takesTrees, !copy.isInto {
            written += targets.filter(\.mayBeNew)
        }
        for path in written {
            state.files.forget(path, below: copy.takesTrees)
            access(
                .write,
                [path],
                frame,
                program: work.program,
                attributes: tree,
                at: work.range
            )
        }
    }

    /// Whether trees are copied into a home, where each of them gets its own name.
    ///
    /// A home is there, so that no tree takes its place and its start-up files with it.
    func isIntoHome(_ work: borrowing Performance, _ state: ShellState) -> Bool {
        guard let copy = CopyOperands(work), copy.kind == .copy, !copy.isExact else {
            return false
        }
        let targets = paths(of: copy.target, state)
        return !targets.isEmpty && targets.allSatisfy(\.isHome)
            && copy.sources.allSatisfy(\.hasNameOfItsOwn)
    }

    /// Notes that whoever writes to a link, on this line or another one, writes to what it leads to.
    mutating func reach(
        _ source: AbstractText,
        from folders: [AbstractPath],
        _ copy: CopyOperands,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        // A guarded shell remembers the link.
        guard request.profile != .guarded else { return }
        var targets: [AbstractPath] = []
        let named =
            copy.isSymbolic
            ? folders.flatMap {
                state.files.resolutions(of: AbstractPath(source, relativeTo: $0)).map(\.inHome)
            }
            : paths(of: source, state)
        for target in named where !target.isBeside && !targets.contains(target) {
            // Which file a descriptor is, the line tells on which it is written.
            let isKnown = target.root != .unknown && target.descriptor == nil
            targets.append(isKnown ? target : .unknown)
        }
        let tree = copy.takesTrees ? [ForeseenAction.Attribute(.recursive, .flag(true))] : []
        for target in targets {
            for kind in [copy.takesTrees ? FileAccess.readTree : .read, .link] {
                access(
                    kind,
                    [target],
                    frame,
                    program: work.program,
                    attributes: tree + [.init(.verb, .texts(["link"]))],
                    at: work.range
                )
            }
        }
    }

    /// Whether the path is surely none of a directory, or has a name that is made up.
    private func isFile(_ path: AbstractPath) -> Bool {
        guard let last = path.components.last else { return false }
        if knowledge.isProgramDirectory(path.parent), !knowledge.isProgramDirectory(path) {
            return true
        }
        return last.literal == nil && last.shape.isPlainWord
    }
}

extension Performance {
    /// Gives what surely comes to lie in a directory its name there: the directory stays as it is.
    mutating func nameInside() {
        guard let copy = CopyOperands(self), let names = copy.namesInside else { return }
        values = values.flatMap { value in
            guard value.type == .write, value.value == copy.target else { return [value] }
            return names.map { .init(type: .write, value: $0, tags: value.tags) }
        }
    }
}

extension AbstractPath {
    /// Whether it may be a directory that is not there, below a home, where start-up files are.
    fileprivate var mayBeNew: Bool {
        guard root == .root else { return !components.isEmpty }
        guard components.count > 1, let first = components[0].literal else { return false }
        return first == "home" || first == "root"
    }

    /// A home that is the start is one: a link to it leads to its start-up files.
    fileprivate var inHome: AbstractPath {
        guard root == .known(.start), components.isEmpty else { return self }
        return AbstractPath(root: .known(.home(nil)), levelsUp: levelsUp)
    }

    /// Whether it is beside the directory where the line starts, and that is no home beside which
    /// the system is.
    fileprivate var isBeside: Bool {
        guard root == .known(.start), levelsUp == 1, let name = components.first?.literal else {
            return false
        }
        return !Self.topNames.contains(name)
    }

    private static let topNames: Set<ShellText> = [
        "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "media", "mnt", "opt", "proc",
        "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var", "data", "backup", "backups",
    ]
}

extension AbstractText {
    /// Whether this path surely ends in a name, so that the directory is copied with it: that of
    /// `DIRECTORY/.` is none.
    fileprivate var hasNameOfItsOwn: Bool {
        guard let last = literal?.utf8.split(separator: UInt8(ascii: "/")).last else {
            return false
        }
        return !last.elementsEqual(".".utf8) && !last.elementsEqual("..".utf8)
    }
}
