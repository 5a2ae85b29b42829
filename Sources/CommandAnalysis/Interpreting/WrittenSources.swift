import ShellSyntax

/// What the line wrote so far, and which code it ran that what it writes next may still change.
///
/// A script of the project is what the project's people know. One that the line has brought, by
/// whatever program, is not, though it has the same name.
struct WrittenSources {
    var paths = WrittenPaths()
    /// Code that runs beside what comes next.
    private var running: [(action: ForeseenAction, isInPipeline: Bool)] = []

    /// Forgets what a pipeline ran: all of it has ended.
    mutating func endPipeline() { running.removeAll(where: \.isInPipeline) }

    /// The action, no more than possible where it runs code that may be another one than was there.
    mutating func told(_ action: ForeseenAction, _ company: Frame.Company) -> ForeseenAction {
        guard action.action == .codeRun, action.context.place == .target,
            case .paths(let files)? = action[.path]
        else { return action }
        let told = files.contains(where: paths.mayHave) ? action.asPossible : action
        // What another program starts may go on when that one has ended: `setsid`.
        let isLeft = action.context.wrappers.contains { $0.language != .shell && $0 != "source" }
        if company != .none || isLeft {
            running.append((action, company == .pipeline && !isLeft))
        }
        return told
    }

    /// Notes what is written.
    ///
    /// - Returns: What has run, or runs still, and is changed by that.
    mutating func endangered(by action: ForeseenAction) -> [ForeseenAction] {
        guard action.action == .fileWrite, action.context.place == .target,
            case .paths(let files)? = action[.path], !action.isOfItsOwn
        else { return [] }
        let isTree = action[.recursive] == .flag(true)
        var written = WrittenPaths()
        for path in files {
            paths.insert(path, below: isTree)
            if !running.isEmpty { written.insert(path, below: isTree) }
        }
        let changed = running.filter { code in
            guard case .paths(let files)? = code.action[.path] else { return false }
            return files.contains(where: written.mayHave)
        }
        return changed.map(\.action.asPossible)
    }
}

extension ForeseenAction {
    fileprivate var asPossible: ForeseenAction {
        ForeseenAction(action, .possible, attributes: attributes, context: context, range: range)
    }

    /// Whether nothing is written but a directory, or what an installed program has with it.
    fileprivate var isOfItsOwn: Bool {
        guard case .texts(let verbs)? = self[.verb] else { return false }
        return verbs == ["directory"] || verbs == ["environment"]
    }
}
