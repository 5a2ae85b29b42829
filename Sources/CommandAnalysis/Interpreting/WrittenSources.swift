import ShellSyntax

/// What the line wrote so far, and which code it ran that what it writes next may still change.
///
/// A script of the project is what the project's people know. One that the line has brought, by
/// whatever program, is not, though it has the same name.
struct WrittenSources {
    var paths = WrittenPaths()
    var brought = BroughtTrees()
    /// Code that runs beside what comes next.
    private var running = OngoingActions()
    /// Builds and tests that run beside what comes next.
    private var builds = OngoingActions()

    /// Forgets what a pipeline ran: all of it has ended.
    mutating func endPipeline() {
        running.endPipeline()
        builds.endPipeline()
    }

    /// The action, no more than possible where it runs code that may be another one than was there.
    mutating func told(_ action: ForeseenAction, _ company: Frame.Company) -> ForeseenAction {
        guard action.action == .codeRun, action.context.place == .target,
            case .paths(let files)? = action[.path]
        else { return action }
        let told = files.contains(where: paths.mayHave) ? action.asPossible : action
        running.note(action, company)
        return told
    }

    /// The code that nobody has seen which a build runs, because the line has written or brought what
    /// says what is built.
    ///
    /// A build is what the project says, and whoever works on it knows that; not so what the line puts
    /// in its place.
    mutating func unseenBuilds(
        by action: ForeseenAction,
        _ company: Frame.Company,
        _ knowledge: KnowledgeBase
    ) -> [ForeseenAction] {
        brought.note(action, paths)
        switch action.action {
        case .projectBuild:
            builds.note(action, company)
            let isOther = paths.endDefinitions(of: action.definer, knowledge)
            return isOther ? [action.asUnseenCode] : []
        case .fileWrite where action.context.place == .target && !action.isOfItsOwn:
            // What `touch` makes is empty, and what is there stays as it is.
            guard case .paths(let files)? = action[.path], action.context.program != "touch" else {
                return []
            }
            if !action.bringsTree {
                if builds.isEmpty {
                    paths.insert(files, by: action.definer, knowledge)
                    return []
                }
                guard files.contains(where: knowledge.mayDefineBuild) else { return [] }
            }
        case .fileRead where action.context.place == .target && !action.has(.recursive):
            guard let program = action.context.program, Self.builders.contains(program),
                case .paths(let files)? = action[.path], files.contains(where: paths.mayHave)
            else { return [] }
            // Whoever reads it has not written it.
            paths.insertDefinition(by: action.definer.somebodyElse, knowledge)
            return []
        case .repositoryWrite where action.context.place == .target:
            guard paths.noteRemotes(action) else { return [] }
            if case .paths(let trees)? = action[.path] {
                for tree in trees { paths.insert(tree, below: true) }
            }
        default: return []
        }
        paths.insertDefinition(by: action.definer, knowledge)
        // What it writes itself it has not read before.
        return builds.actions.filter { $0.definer != action.definer }.map(\.asUnseenCode)
    }

    /// Programs that run what a file says which is named to them: `make -f F`.
    private static let builders: NameSet = [
        "make", "gmake", "bmake", "ninja", "just", "task", "rake", "ant", "mvn", "gradle", "tox",
        "nox", "cmake", "meson",
        "scons", "docker", "podman", "buildah", "nerdctl", "pip", "pip3",
    ]

    /// Notes what is written.
    ///
    /// - Returns: What has run, or runs still, and is changed by that.
    mutating func endangered(by action: ForeseenAction) -> [ForeseenAction] {
        guard action.action == .fileWrite, action.context.place == .target,
            case .paths(let files)? = action[.path], !action.isOfItsOwn
        else { return [] }
        let isTree = action.isSet(.recursive)
        for path in files { paths.insert(path, below: isTree) }
        if running.isEmpty { return [] }
        var written = WrittenPaths()
        for path in files { written.insert(path, below: isTree) }
        let changed = running.actions.filter { code in
            guard case .paths(let files)? = code[.path] else { return false }
            return files.contains(where: written.mayHave)
        }
        return changed.map(\.asPossible)
    }
}

/// What goes on beside what comes next.
private struct OngoingActions {
    private var entries: [(action: ForeseenAction, isInPipeline: Bool)] = []

    var isEmpty: Bool { entries.isEmpty }
    var actions: [ForeseenAction] { entries.map(\.action) }

    mutating func note(_ action: ForeseenAction, _ company: Frame.Company) {
        if company == .none, !action.isLeft { return }
        entries.append((action, company == .pipeline && !action.isLeft))
    }

    mutating func endPipeline() { entries.removeAll(where: \.isInPipeline) }
}

extension ForeseenAction {
    /// Whether another program starts it, and may have ended before: `setsid`.
    fileprivate var isLeft: Bool {
        context.wrappers.contains { $0.language != .shell && $0 != "source" }
    }

    /// Whether what comes is a tree of another repository or host, which the line itself names.
    fileprivate var bringsTree: Bool {
        guard isSet(.recursive) else { return false }
        if has(.verb, "fetch") { return true }
        return has(.verb, "extract")
            && (context.program == "git" || context.program == "hg")
    }

    /// Who writes what a build does, or is one.
    fileprivate var definer: WrittenPaths.Definer {
        WrittenPaths.Definer(
            program: context.program,
            range: range,
            isEdit: has(.verb, "edit")
        )
    }

    fileprivate var asUnseenCode: ForeseenAction {
        ForeseenAction(.codeRun, .possible, context: context, range: range)
    }

    fileprivate var asPossible: ForeseenAction {
        ForeseenAction(action, .possible, attributes: attributes, context: context, range: range)
    }

    /// Whether nothing is written but a directory, or what an installed program has with it.
    fileprivate var isOfItsOwn: Bool {
        has(.verb, "directory") || has(.verb, "environment")
    }
}
