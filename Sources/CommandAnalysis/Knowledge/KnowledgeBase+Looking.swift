internal import ShellSyntax

extension KnowledgeBase {
    /// What is known of a variable, where setting it makes programs do something else.
    func variable(named name: ShellText) -> VariablePattern? {
        variables.first { $0.matches(name) }
    }

    /// Whether programs in this directory are those that the knowledge is of.
    func isProgramDirectory(_ path: AbstractPath) -> Bool {
        programDirectories.contains { $0.match(path, recursive: false) == .yes }
    }

    /// The class of a path, where the most specific pattern that matches says it.
    func pathClass(of path: AbstractPath, isRecursive: Bool, certainly: Bool) -> PathClass? {
        pathClasses(of: path, isRecursive: isRecursive)
            .first { !certainly || $0.match == .yes }?.kind
    }

    /// Every class that the path may be of.
    func pathClasses(
        of path: AbstractPath,
        isRecursive: Bool
    ) -> [(kind: PathClass, match: PatternMatch)] {
        var found: [(PathClass, PatternMatch)] = []
        for kind in PathClass.allCases {
            guard let patterns = paths[kind] else { continue }
            var best = PatternMatch.no
            for pattern in patterns {
                switch pattern.match(path, recursive: isRecursive) {
                case .yes: best = .yes
                case .perhaps: if best == .no { best = .perhaps }
                case .no, .unknown: continue
                }
                if best == .yes { break }
            }
            if best != .no { found.append((kind, best)) }
        }
        return found
    }
}

extension VariablePattern {
    fileprivate func matches(_ other: ShellText) -> Bool {
        guard let star = name.utf8.firstIndex(of: UInt8(ascii: "*")) else { return name == other }
        let head = name.utf8[..<star]
        let tail = name.utf8[name.utf8.index(after: star)...]
        return other.utf8.count >= head.count + tail.count && other.utf8.starts(with: head)
            && other.utf8.reversed().starts(with: tail.reversed())
    }

    /// Whether the value makes nothing run that does anything: `PAGER=cat`, `EDITOR=true`.
    func isHarmless(_ value: AbstractText) -> Bool {
        switch self.value {
        case .shell, .words, .program:
            switch value.literal {
            case "cat", "true", ":", "more", "less", "less -R", "less -F", "less -FRX", "/bin/true",
                "/usr/bin/true", "false", "/bin/false", "/bin/cat", "/usr/bin/cat", "echo", "-":
                true
            case _?, nil: false
            }
        default: false
        }
    }
}
