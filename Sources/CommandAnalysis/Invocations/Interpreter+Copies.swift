import ShellSyntax

// What `cp`, `ln`, `mv` and `install` leave behind for the rest of the line.

extension Interpreter {
    /// Remembers which file is now what another one is, or leads to it.
    mutating func noteCopies(
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        guard let copy = CopyOperands(work) else { return }
        writeInside(copy, work, &state, frame)
        let before = state
        let isSure = copy.isSure && frame.isSureToRun
        for source in copy.sources {
            for path in paths(of: copy.target, before) {
                if copy.leads {
                    let folders = [path, path.parent] + state.directories
                    guardLink(to: source, from: folders, frame, work.program, at: work.range)
                    reach(source, from: folders, copy, work, &state, frame)
                }
                note(source, at: path, copy.isSymbolic, isSure, before, &state)
                if copy.kind == .hardLink {
                    // Whoever writes to one of them writes to the other.
                    for file in paths(of: source, before) + [path] { state.files.race(file) }
                }
                noteLinks(in: source, at: path, copy, &state)
                // The target may be a directory, and then holds a file of the same name.
                guard let name = AbstractPath(source, relativeTo: .unknown).components.last else {
                    continue
                }
                note(source, at: path.appending([name]), copy.isSymbolic, isSure, before, &state)
            }
        }
    }

    /// Notes that links of the system were copied as such.
    private func noteLinks(
        in source: AbstractText,
        at path: AbstractPath,
        _ copy: CopyOperands,
        _ state: inout ShellState
    ) {
        guard copy.kind == .copy, copy.takesTrees || copy.copiesLinks,
            paths(of: source, state).contains(where: \.isOfSystem)
        else { return }
        let name = AbstractPath(source, relativeTo: .unknown).components.last
        for place in [path] + (name.map { [path.appending([$0])] } ?? []) {
            state.files.noteLinks(below: place)
            if copy.copiesLinks { state.files[place] = .link(.unknown) }
        }
    }

    private func note(
        _ source: AbstractText,
        at path: AbstractPath,
        _ isLink: Bool,
        _ isSure: Bool,
        _ before: ShellState,
        _ state: inout ShellState
    ) {
        defer { if !isSure { state.files.keep(before.files, at: path) } }
        if isLink {
            // What a symbolic link says is relative to where the link is.
            let target = AbstractPath(source, relativeTo: path.parent)
            if target != path { state.files[path] = .link(target) }
            return
        }
        let originals = paths(of: source, state)
        guard originals.count == 1, originals[0] != path else { return }
        // It stays what it is when its original becomes something else.
        switch state.files[originals[0]] {
        case .text(let text): state.files[path] = .text(text)
        case .copy(let first) where first != path: state.files[path] = .copy(first)
        case .copy, .perhapsText, .link, .directory, .unknown, nil:
            state.files[path] = .copy(originals[0])
        }
    }
}

extension AbstractPath {
    /// Whether it is none of those where a line works.
    fileprivate var isOfSystem: Bool {
        guard root == .root else { return root == .unknown }
        let scratch = ["tmp", "var/tmp", "dev/shm"].map {
            $0.split(separator: "/").map { ShellText(String($0)) }
        }
        return !scratch.contains { names in
            components.prefix(names.count).map(\.literal) == names.map(Optional.some)
        }
    }
}
