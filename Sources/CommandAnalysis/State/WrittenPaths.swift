import ShellSyntax

/// The files and trees that were written, whoever wrote them: what is in them is not what was there.
struct WrittenPaths: Hashable, Sendable {
    // Most lines write a few, each of which is looked at; hashing them would take longer.
    private var files: [AbstractPath] = []
    private var trees: [AbstractPath] = []
    private var isEverything = false
    /// Who wrote what a build does.
    private var definers: Set<Definer> = []
    /// What may be such; it is looked at when a build asks, which few lines have.
    private var unasked: [Writing] = []
    /// Other repositories that were named, or have another address than they had.
    private var remotes: Set<ShellText> = []
    private var areRemotesKnown = true

    /// A program at its place in a line.
    struct Definer: Hashable, Sendable {
        let program: ShellText?
        let range: SourceRange
        /// Whether it changes something in what is there.
        let isEdit: Bool

        /// A writer at the same place that is not this program.
        var somebodyElse: Definer { Definer(program: nil, range: range, isEdit: false) }
    }

    private struct Writing: Hashable, Sendable {
        let files: [AbstractPath]
        let definer: Definer
    }

    /// Notes files of which a build may do what they say.
    mutating func insert(
        _ files: [AbstractPath],
        by definer: Definer,
        _ knowledge: KnowledgeBase
    ) {
        if isEverything { return }
        unasked.append(Writing(files: files, definer: definer))
        if definers.count + unasked.count > AnalysisLimits.writtenPaths { ask(knowledge) }
    }

    mutating func insertDefinition(by definer: Definer, _ knowledge: KnowledgeBase) {
        ask(knowledge)
        add(definer)
    }

    private mutating func ask(_ knowledge: KnowledgeBase) {
        let written = unasked
        unasked = []
        for writing in written where writing.files.contains(where: knowledge.mayDefineBuild) {
            add(writing.definer)
        }
    }

    private mutating func add(_ definer: Definer) {
        if definers.count >= AnalysisLimits.writtenPaths { isEverything = true }
        if !isEverything { definers.insert(definer) }
    }

    /// Whether somebody else than the build itself wrote what it does.
    ///
    /// What checks a project and edits it in the same run, as formatters do, brings nothing of its own
    /// to later ones either.
    mutating func endDefinitions(of build: Definer, _ knowledge: KnowledgeBase) -> Bool {
        ask(knowledge)
        definers.remove(.init(program: build.program, range: build.range, isEdit: true))
        return isEverything
            || definers.contains { $0.program != build.program || $0.range != build.range }
    }

    /// Notes which other repositories are named.
    ///
    /// - Returns: Whether a tree is brought from one of them.
    mutating func noteRemotes(_ action: ForeseenAction) -> Bool {
        guard action.context.program == "git", case .texts(let verbs)? = action[.verb],
            let verb = verbs.first?.literal
        else { return false }
        var names: [AbstractText] = []
        if case .texts(let texts)? = action[.remote] { names = texts }
        switch verb {
        case "remote add", "remote set-url", "remote rename":
            for name in names {
                guard let name = name.literal, remotes.count < AnalysisLimits.writtenPaths else {
                    areRemotesKnown = false
                    continue
                }
                remotes.insert(name)
            }
            // Its new name is not told.
            if verb == "remote rename" { areRemotesKnown = areRemotesKnown && remotes.isEmpty }
            return false
        case "remotes":
            for name in names { noteSetting(name) }
            return false
        case "pull", "fetch", "remote update":
            if !areRemotesKnown { return true }
            // Without a name it is the one that the branch has.
            guard let name = names.first else { return !remotes.isEmpty }
            return name.literal.map(remotes.contains) ?? !remotes.isEmpty
        default: return false
        }
    }

    /// Notes a setting of git by its name, or the value of one.
    private mutating func noteSetting(_ name: AbstractText) {
        guard let literal = name.literal else {
            areRemotesKnown = false
            return
        }
        let parts = literal.utf8.split(separator: UInt8(ascii: "."))
        switch parts.first.map({ ShellText($0.map(\.lowercasedASCII)) }) {
        case "remote" where parts.count > 2 && remotes.count < AnalysisLimits.writtenPaths:
            remotes.insert(ShellText(Array(parts[1...].dropLast().joined(separator: ".".utf8))))
        case "remote", "url", "branch": areRemotesKnown = false
        default: return
        }
    }

    mutating func insert(_ path: AbstractPath, below: Bool) {
        if files.count + trees.count >= AnalysisLimits.writtenPaths { isEverything = true }
        if isEverything { return }
        if below {
            if !trees.contains(path) { trees.append(path) }
        } else if !files.contains(path) {
            files.append(path)
        }
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
        // A directory where the line works is no file that stands beside it.
        if components.isEmpty || other.components.isEmpty { return false }
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
        "backup", "backups", "bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin",
        "sys",
        "tmp",
    ]
}
