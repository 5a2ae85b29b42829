import ShellSyntax

/// The trees that the line brings from other hosts, stores and containers: a build in one of them does
/// what somebody elsewhere has said.
struct BroughtTrees {
    private var trees: [(paths: [AbstractPath], program: ProgramInLine)] = []
    /// The programs that reach out to an address which the line names.
    private var reaching: [ProgramInLine] = []
    /// Those that have said which archive they unpack.
    private var reading: ProgramInLine?
    /// Those that unpack what is handed to them.
    private var unpacking: [ProgramInLine] = []
    /// Those trees that such a program has written.
    private var brought = WrittenPaths()
    private var isEverything = false
    /// Those that come from elsewhere whatever else the program does.
    private var fetched: WrittenPaths?

    fileprivate struct ProgramInLine: Hashable {
        let name: ShellText?
        let range: SourceRange
    }

    /// Notes what is brought, and by whom.
    mutating func note(_ action: ForeseenAction, _ written: borrowing WrittenPaths) {
        switch action.action {
        case .networkConnect where action.has(.url) || action.has(.host),
            .containerRead, .clusterRead, .cloudRead, .containerExecute, .clusterExecute:
            reach(action.programInLine)
        case .fileRead where !reaching.isEmpty && action.context.place == .target:
            guard case .paths(let files)? = action[.path] else { return }
            if action.isUnpacking {
                reading = action.programInLine
                if files.contains(where: written.mayHave) { reach(action.programInLine) }
            } else if !trees.isEmpty, mayHave(files) {
                // A copy of it.
                reach(action.programInLine)
            }
        case .fileWrite where action.context.place == .target:
            // What is named of an archive may be a directory of it.
            let isExtracted = action.has(.verb, "extract") || action.has(.verb, "patch")
            guard isExtracted || action.has(.recursive), case .paths(let paths)? = action[.path]
            else { return }
            let program = action.programInLine
            if trees.count >= AnalysisLimits.writtenPaths { isEverything = true }
            if isEverything { return }
            trees.append((paths, program))
            if reaching.contains(program) { insert(paths) }
            // What another program hands to it may come from anywhere.
            guard isExtracted, action.isUnpacking, reading != program else { return }
            if reaching.isEmpty { unpacking.append(program) } else { reach(program) }
        default: return
        }
    }

    /// Forgets the directories in which a program brings no tree, but files that are named.
    mutating func forget(_ program: ShellText, at range: SourceRange) {
        let program = ProgramInLine(name: program, range: range)
        trees.removeAll { $0.program == program }
        guard reaching.contains(program) else { return }
        brought = WrittenPaths()
        for tree in trees where reaching.contains(tree.program) { insert(tree.paths) }
    }

    private mutating func insert(_ paths: [AbstractPath]) {
        for path in paths { brought.insert(path, below: true) }
    }

    private mutating func reach(_ program: ProgramInLine) {
        if reaching.count >= AnalysisLimits.writtenPaths { isEverything = true }
        if isEverything || reaching.contains(program) { return }
        reaching.append(program)
        for tree in trees where tree.program == program { insert(tree.paths) }
        // A program in one of its operands reads what it prints: `curl URL > >(tar x)`.
        let range = program.range.bytes
        for other in unpacking where range.contains(other.range.bytes) { reach(other) }
    }

    /// Notes a tree that a program brings, from elsewhere if it unpacks no archive; with no paths, that it
    /// may be any of those that it writes.
    mutating func fetch(_ tree: [AbstractPath], by program: ShellText, at range: SourceRange) {
        if Self.unpackers.contains(program) || isEverything { return }
        let program = ProgramInLine(name: program, range: range)
        if tree.isEmpty { return reach(program) }
        if trees.count >= AnalysisLimits.writtenPaths { isEverything = true }
        trees.append((tree, program))
        var fetched = self.fetched ?? WrittenPaths()
        for path in tree { fetched.insert(path, below: true) }
        self.fetched = fetched
    }

    /// Whether one of these may be such a tree, or in one.
    func mayHave(_ paths: [AbstractPath]) -> Bool {
        if isEverything { return true }
        if isEmpty { return false }
        return paths.contains { brought.mayHave($0) || fetched?.mayHave($0) == true }
    }

    fileprivate static let unpackers: NameSet = [
        "tar", "bsdtar", "gtar", "unzip", "7z", "7za", "7zz", "cpio", "pax", "unar", "bsdcpio",
        "patch",
    ]

    var isEmpty: Bool {
        !isEverything && fetched == nil && (trees.isEmpty || reaching.isEmpty)
    }
}

extension ForeseenAction {
    fileprivate var programInLine: BroughtTrees.ProgramInLine {
        .init(name: context.program, range: range)
    }

    /// Whether it is that of a program which makes trees of the archives that it is given.
    fileprivate var isUnpacking: Bool {
        context.place == .target && context.program.map(BroughtTrees.unpackers.contains) == true
    }
}
