internal import ShellSyntax

/// The files and trees that were written, whoever wrote them: what is in them is not what was there.
struct WrittenPaths: Hashable, Sendable {
    private var files: Set<AbstractPath> = []
    private var trees: Set<AbstractPath> = []
    private var isEverything = false

    mutating func insert(_ path: AbstractPath, below: Bool) {
        if files.count + trees.count >= AnalysisLimits.writtenPaths { isEverything = true }
        if isEverything { return }
        if below { trees.insert(path) } else { files.insert(path) }
    }

    /// Whether the file may be one of them, or below one.
    func mayHave(_ file: AbstractPath) -> Bool {
        isEverything || files.contains { file.mayBe(written: $0) }
            || trees.contains { file.mayBe(below: $0) }
    }
}

extension AbstractPath {
    fileprivate func mayBe(written other: AbstractPath) -> Bool {
        if root == .unknown || other.root == .unknown { return true }
        if root == other.root, levelsUp == other.levelsUp { return mayBe(other, below: false) }
        // Of two that are named from different places, the last names are still the same.
        let pairs = zip(components.reversed(), other.components.reversed())
        return pairs.allSatisfy { $0.mayBeName($1) || $0.mayBeSeveral || $1.mayBeSeveral }
    }

    fileprivate func mayBe(below tree: AbstractPath) -> Bool {
        // An absolute tree may be around the directory where the line starts, a home or a project.
        guard tree.root == .root, root != .root, let first = tree.components.first?.literal else {
            return mayBe(tree, below: true)
        }
        return !Self.homeless.contains(first)
    }

    /// Directories of the root in which nobody works.
    private static let homeless: Set<ShellText> = [
        "bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys", "tmp",
    ]
}
