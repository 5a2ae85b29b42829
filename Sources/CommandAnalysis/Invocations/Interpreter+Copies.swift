import ShellSyntax

// What `cp`, `ln`, `mv` and `install` leave behind for the rest of the line.

extension Interpreter {
    /// Remembers which file is now what another one is, or leads to it.
    mutating func noteCopies(_ work: Performance, _ state: inout ShellState, _ frame: Frame) {
        let isLink: Bool
        switch work.program {
        case "ln", "link", "cp": isLink = work.parsed.has(Tag("symbolic"))
        case "mv", "install": isLink = false
        default: return
        }
        guard var texts = work.parsed.operands.texts, !texts.isEmpty else { return }
        let into = work.values(of: .writeInto)
        let target: AbstractText
        if into.count == 1 {
            target = into[0]
        } else if texts.count == 1 {
            target = "."
        } else {
            target = texts.removeLast()
        }
        for source in texts {
            for path in paths(of: target, state) {
                if isLink {
                    let folders = [path, path.parent] + state.directories
                    guardLink(to: source, from: folders, frame, work.program, at: work.range)
                }
                note(source, at: path, isLink, &state)
                // The target may be a directory, and then holds a file of the same name.
                guard let name = AbstractPath(source, relativeTo: .unknown).components.last else {
                    continue
                }
                note(source, at: path.appending(name), isLink, &state)
            }
        }
    }

    private func note(
        _ source: AbstractText,
        at path: AbstractPath,
        _ isLink: Bool,
        _ state: inout ShellState
    ) {
        if isLink {
            // What a symbolic link says is relative to where the link is.
            let folder = AbstractPath(
                root: path.root,
                components: path.components.dropLast(),
                levelsUp: path.levelsUp
            )
            let target = AbstractPath(source, relativeTo: folder)
            if target != path { state.files[path] = .link(target) }
            return
        }
        let originals = paths(of: source, state)
        guard originals.count == 1, originals[0] != path else { return }
        state.files[path] = .copy(originals[0])
    }
}

extension AbstractPath {
    fileprivate func appending(_ name: AbstractText) -> AbstractPath {
        AbstractPath(root: root, components: components + [name], levelsUp: levelsUp)
    }
}
