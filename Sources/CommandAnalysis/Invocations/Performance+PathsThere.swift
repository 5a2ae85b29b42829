import ShellSyntax

// What is copied into a container or a pod, by each way to write where it comes to lie.

extension Performance {
    /// Whether it copies to what is named with a path behind it: `docker cp x web:/etc`.
    var copiesThere: Bool { parsed.verbs.last == "cp" }

    /// The names with their paths, each as it was written and from `/` on.
    func withPathsThere(_ texts: [AbstractText]) -> [AbstractText] {
        let sources = (values(of: .read) + values(of: .readTree)).compactMap(\.lastName)
        var named = texts
        for text in texts {
            guard let (name, path) = text.pathThere else { continue }
            // The path may be a directory that is there.
            let paths = [path] + sources.map { path.appending([$0]) }
            named += paths.compactMap(\.text).map { name + $0 }
        }
        return named
    }
}

extension AbstractText {
    /// What stands before the colon with it, and the path behind it; nil where there is none.
    ///
    /// Where that is relative it begins at the root, too, but in pods that work elsewhere.
    fileprivate var pathThere: (name: AbstractText, path: AbstractPath)? {
        let colon = UInt8(ascii: ":")
        for (index, piece) in pieces.enumerated() {
            guard case .text(let text) = piece, let mark = text.utf8.firstIndex(of: colon) else {
                continue
            }
            let after = text.utf8.index(after: mark)
            let name = Array(pieces[..<index]) + [.text(ShellText(Array(text.utf8[..<after])))]
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
