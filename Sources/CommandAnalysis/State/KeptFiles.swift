/// Files that perhaps stay as they are, whoever writes to them: `chmod a-w F`, `umask 777`.
struct KeptFiles: Hashable, Sendable {
    private var files: Set<AbstractPath> = []
    private var trees: Set<AbstractPath> = []
    private var isEverything = false

    var isEmpty: Bool { !isEverything && files.isEmpty && trees.isEmpty }

    mutating func insert(_ path: AbstractPath, below: Bool) {
        if files.count + trees.count >= AnalysisLimits.writtenPaths { isEverything = true }
        if isEverything { return }
        if below { trees.insert(path) } else { files.insert(path) }
    }

    mutating func insertEverything() { isEverything = true }

    mutating func formUnion(_ other: KeptFiles) {
        isEverything = isEverything || other.isEverything
        for path in other.files { insert(path, below: false) }
        for path in other.trees { insert(path, below: true) }
    }

    func mayHave(_ file: AbstractPath) -> Bool {
        isEverything || files.contains { file.mayBe($0, below: false) }
            || trees.contains { file.mayBe($0, below: true) }
    }
}
