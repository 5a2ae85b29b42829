import ShellSyntax

// What is copied into a container or a pod, by each way to write where it comes to lie.

extension Performance {
    /// Whether it changes what is named with a path behind it: `docker cp x web:/etc`.
    var copiesThere: Bool {
        switch parsed.verbs.last {
        case "cp": true
        case "rsync": program == "oc"
        case _?, nil: namesFilesThere
        }
    }

    /// Whether the name ends at a slash: `lxc file push x web/etc/x`.
    private var namesFilesThere: Bool {
        parsed.verbs.first == "file" && ["lxc", "incus"].contains(program)
    }

    /// The names with their paths, each as it was written and from `/` on.
    func withPathsThere(_ texts: [AbstractText]) -> [AbstractText] {
        let sources = (values(of: .read) + values(of: .readTree)).compactMap(\.lastName)
        var named = texts
        for text in texts {
            let mark = namesFilesThere ? UInt8(ascii: "/") : UInt8(ascii: ":")
            guard let (name, path) = text.pathThere(behind: mark) else { continue }
            // The path may be a directory that is there.
            let paths = [path] + sources.map { path.appending([$0]) }
            named += paths.compactMap(\.text).map { name + $0 }
        }
        return named
    }
}

extension AbstractText {
    /// What stands before a mark, with a colon, and the path behind it; nil where there is none.
    ///
    /// Where that is relative it begins at the root, too, but in pods that work elsewhere.
    fileprivate func pathThere(
        behind mark: UInt8
    ) -> (name: AbstractText, path: AbstractPath)? {
        for (index, piece) in pieces.enumerated() {
            guard case .text(let text) = piece, let place = text.utf8.firstIndex(of: mark) else {
                continue
            }
            let after = text.utf8.index(after: place)
            let start = ShellText(Array(text.utf8[..<place]) + [UInt8(ascii: ":")])
            let name = Array(pieces[..<index]) + [.text(start)]
            let rest = AbstractText(
                [.text(ShellText(Array(text.utf8[after...])))] + pieces[(index + 1)...]
            )
            let path = AbstractPath("/" + rest, relativeTo: .unknown).withoutRootOfProcess
            return (AbstractText(name), path)
        }
        return nil
    }

    /// What a file is called where it is copied to, as far as that is told.
    fileprivate var lastName: AbstractText? {
        guard literal.map({ $0.utf8.last != UInt8(ascii: "/") && $0 != "-" }) ?? true else {
            return nil
        }
        let path = AbstractPath(self, relativeTo: .unknown)
        guard let last = path.components.last, last.literal != nil else { return nil }
        return last
    }
}

extension AbstractPath {
    /// Without `/proc/1/root`, which is the same place.
    fileprivate var withoutRootOfProcess: AbstractPath {
        guard components.count > 3, components[0].literal == "proc",
            components[2].literal == "root"
        else { return self }
        return AbstractPath(root: root, components: Array(components[3...]), levelsUp: levelsUp)
    }
}
