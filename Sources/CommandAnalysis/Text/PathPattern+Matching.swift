public import ShellSyntax

extension PathPattern {
    /// Whether a path lies in the set, with `recursive` it and all that is below.
    ///
    /// `login` is the account that the request is for; nil where that is not known.
    public func match(
        _ path: AbstractPath,
        recursive: Bool,
        login: ShellText? = nil
    ) -> PatternMatch {
        match(PathSubject(path, recursive: recursive, login: login))
    }

    /// Whether a path lies in the set.
    public func match(_ subject: PathSubject) -> PatternMatch {
        if isEverything { return subject.path.root == .unknown ? .perhaps : .yes }
        if subject.isTooLong { return .perhaps }
        switch subject.path.root {
        case .unknown: return matchUnknown(subject)
        case .root: return matchAbsolute(subject)
        case .known: return matchRelative(subject)
        }
    }

    /// Whether it is worth asking if all that a path can be lies in the set: where it is not, some of it
    /// does at most.
    ///
    /// `shortest` is one of the shortest of them.
    func mayHold(_ subject: PathSubject, shortest: GlobLanguage) -> Bool {
        if isEverything { return true }
        switch (root, subject.path.root) {
        case (_, .unknown): return false
        case (.root, .known): return subject.isSureOfHome
        case (.root, .root), (.start, .known), (.aboveStart, .known), (.home, .known),
            (.anyHome, .known):
            return inRoot.meets(shortest)
        case (.start, .root), (.aboveStart, .root), (.home, .root), (.anyHome, .root): return true
        }
    }

    // MARK: Paths that begin with unknown text

    private func matchUnknown(_ subject: PathSubject) -> PatternMatch {
        // What is not known may name a file of a tree, whatever follows.
        let isPossible =
            isTree || (root == .root ? inRoot : anywhere).meets(subject.languageAnywhere)
        guard isPossible else { return .no }
        // `rm -r "$X"/*` is `rm -r /*` where the variable is empty, and `rm -r "$X"/etc` is `rm -r /etc`.
        // Any other name says what is meant: `"$DESTDIR"/usr/bin/x` is a file of a tree that somebody
        // puts together, and `mv "$X.bak" "$X"` is about whatever the variable says.
        let isDirectory = subject.isRecursive && !hasAnyDepth
        let first = subject.path.components.first
        let isOpen = first.map { $0.beginsWithWildcard || isDirectory && !$0.isEnding } ?? false
        let absolute = isOpen ? absoluteMachines : []
        return absolute.contains { $0.meets(subject.language) } ? .perhaps : .unknown
    }

    /// The machines that read absolute paths.
    private var absoluteMachines: [GlobMachine] {
        if root == .root { return [inRoot] }
        return homes.map { [$0.below, $0.ofRoot, $0.ofService] } ?? []
    }

    // MARK: Absolute paths

    private func matchAbsolute(_ subject: PathSubject) -> PatternMatch {
        guard let homes else { return root == .root ? judge(subject, by: inRoot) : .no }
        let inHomes = judge(subject, by: homes.below)
        let inRoots = judge(subject, by: homes.ofRoot)
        if root == .anyHome {
            // Hardly any directory in `/var/lib` is somebody's home: what is below one is not named.
            let isInService = homes.ofService.meets(subject.languageAlone)
            let inServices = isInService ? PatternMatch.perhaps : .no
            return max(inHomes, inRoots, inServices)
        }
        switch subject.login {
        case nil: return min(max(inHomes, inRoots), .perhaps)
        case "root": return inRoots
        case let login?:
            // The name of the home, where it is written.
            let components = subject.path.components
            guard components.count >= 2, components[0].literal != nil,
                let owner = components[1].literal
            else { return min(inHomes, .perhaps) }
            return owner == login ? inHomes : .no
        }
    }

    /// Yes, perhaps or no of one machine, for a path that is written out from its root.
    private func judge(_ subject: PathSubject, by machine: GlobMachine) -> PatternMatch {
        // What is below a path is longer.
        judge(
            subject.language,
            by: machine,
            canLeave: subject.canLeave,
            shortest: subject.shortest
        )
    }

    private func judge(
        _ language: GlobLanguage,
        by machine: GlobMachine,
        canLeave: Bool,
        shortest: @autoclosure () -> GlobLanguage
    ) -> PatternMatch {
        guard machine.meets(language) else { return .no }
        return !canLeave && machine.holds(language, shortest: shortest()) ? .yes : .perhaps
    }

    // MARK: Paths below a home, or below where the command line starts

    private func matchRelative(_ subject: PathSubject) -> PatternMatch {
        if root == .root { return matchHomeAsAbsolute(subject) }
        if root == .aboveStart { return matchFromStart(subject) }
        let isSameRoot: PatternMatch =
            switch (root, subject.path.root) {
            case (.anyHome, _), (.start, .known(.start)), (.home, .known(.start)),
                (.home, .known(.home(nil))):
                .yes
            // The start is not the home when a `cd` came before, in a shell that reads many lines.
            case (.start, .known(.home(nil))): .perhaps
            case (.home, .known(.home(let account?))):
                subject.login.map { $0 == account ? .yes : .no } ?? .perhaps
            case (.start, .known(.home)), (_, .root), (_, .unknown), (.root, _), (.aboveStart, _):
                .no
            }
        if isSameRoot == .no { return .no }
        guard subject.path.levelsUp == 0 else {
            return meetsFromAbove(subject) ? .perhaps : .no
        }
        if isWholeTree, subject.form.staysBelow { return isSameRoot }
        return min(judge(subject, by: inRoot), isSameRoot)
    }

    /// Of a pattern that first goes up.
    ///
    /// Whatever the start is called, no name of it is written in such a path.
    private func matchFromStart(_ subject: PathSubject) -> PatternMatch {
        guard subject.path.root == .known(.start) else { return .no }
        return subject.path.levelsUp == 1 ? judge(subject, by: inRoot) : .perhaps
    }

    /// Whether a path that first goes up comes back down into the set.
    ///
    /// The names of the directories in between are not known, so any name may be one of them.
    private func meetsFromAbove(_ subject: PathSubject) -> Bool {
        // A machine for so many names is made only where one for any number of them leaves it open.
        guard anywhere.meets(subject.language) else { return false }
        var tokens = GlobTokens.path
        for _ in 0..<subject.path.levelsUp {
            tokens.appendComponent(AbstractText([.wildcard(.anyText)]))
        }
        for component in components {
            switch component {
            case .one(let text): tokens.appendComponent(text)
            case .any: tokens.appendBelow()
            }
        }
        return GlobMachine(tokens.tokens)?.meets(subject.language) ?? true
    }

    /// Homes have absolute paths too, though nobody knows for sure which.
    private func matchHomeAsAbsolute(_ subject: PathSubject) -> PatternMatch {
        if subject.isSureOfHome, let language = subject.languagesInHomes.first {
            return judge(
                language,
                by: inRoot,
                canLeave: subject.canLeave,
                shortest: language.shortest
            )
        }
        return subject.languagesInHomes.contains { inRoot.meets($0) } ? .perhaps : .no
    }
}

extension AbstractText {
    /// Whether the end of a name is written, and what is before it is not known.
    fileprivate var isEnding: Bool {
        guard case .unknown = pieces.first, case .text(let last) = pieces.last else { return false }
        return last.utf8.first == UInt8(ascii: ".")
    }

    var beginsWithWildcard: Bool {
        if case .wildcard = pieces.first { true } else { false }
    }
}
