internal import ShellSyntax

/// Patterns in an order, of which a path is held only against those that it may match at all.
///
/// Nearly all patterns begin with a component that is written out, and nearly all paths do.
///
/// An object, because each rule that is asked hands one on.
public final class PathPatternList: Hashable, Sendable {
    public let patterns: [PathPattern]
    /// What each of them asks of a path.
    private let demands: [Demand]
    /// The numbers of all of them.
    private let all: [Int]
    /// Those in which every path is.
    private let wide: [Int]
    /// Those, and those without `**`.
    private let shallow: [Int]
    /// All of them, those first in which is whatever lies below some directory.
    private let treesFirst: [PathPattern]
    /// What every path in a pattern has, seen without reading either: it counts no references.
    private struct Demand: Sendable {
        let names: ComponentMarks
        /// Bytes below its root.
        let bytes: ByteMarks
        /// What it begins with there.
        let beginning: TextBeginning
        let end: TextEnd
        let isRooted: Bool
        /// Whether one path alone is in it.
        let isOnePath: Bool

        init(_ pattern: PathPattern) {
            names = pattern.names
            bytes = ByteMarks(pattern.inRoot.required)
            // Where the start is, is not written in a path below it.
            beginning =
                pattern.root == .aboveStart ? .any : TextBeginning(pattern.inRoot.beginning)
            end = pattern.end.map { TextEnd($0) } ?? .any
            isRooted = pattern.root == .root
            isOnePath = pattern.isOnePath
        }
    }

    /// For paths from `/`.
    private let absolute: Table
    /// For paths below where the command line starts, or below the home of whoever runs it.
    private let relative: Table
    /// For paths below somebody else's home, which may be that of a service.
    private let inNamedHome: Table

    public init(_ patterns: [PathPattern]) {
        self.patterns = patterns
        demands = patterns.map { Demand($0) }
        all = Array(patterns.indices)
        wide = patterns.indices.filter { patterns[$0].isEverything }
        shallow = patterns.indices.filter {
            patterns[$0].isEverything || !patterns[$0].hasAnyDepth
        }
        treesFirst = patterns.filter(\.isTree) + patterns.filter { !$0.isTree }
        absolute = Table(patterns.map(\.firstOfAbsolute))
        relative = Table(patterns.map { $0.firstOfRelative(HomeDirectory.parentsOfOwn) })
        inNamedHome = Table(patterns.map { $0.firstOfRelative(HomeDirectory.parents) })
    }

    /// The greatest match of the patterns, up to the first that says yes, and how many were asked.
    ///
    /// Those that need not be asked count as well: the number says nothing of how they are found.
    public func match(_ subject: PathSubject) -> (match: PatternMatch, asked: Int) {
        if subject.path.root == .unknown {
            return (matchUnknown(subject), patterns.count)
        }
        var result = PatternMatch.no
        let glance = subject.glance
        let isEndless = subject.language.isEndless
        for number in candidates(for: subject) {
            guard mayMatch(number, glance) else { continue }
            // One path is never all that may be, so the most that it can say is said.
            if result == .perhaps, isEndless, demands[number].isOnePath { continue }
            result = result.or(patterns[number].match(subject))
            if result == .yes { return (.yes, number + 1) }
        }
        return (result, patterns.count)
    }

    /// Whether one of the patterns that the path may match is what is asked for.
    func contains(
        _ subject: PathSubject,
        where isMeant: (PathPattern, PatternMatch) -> Bool
    ) -> Bool {
        let glance = subject.glance
        return candidates(for: subject).contains { number in
            guard mayMatch(number, glance) else { return false }
            return isMeant(patterns[number], patterns[number].match(subject))
        }
    }

    /// Whether a glance at a path leaves it open that it matches.
    @inline(__always)
    func mayMatch(_ number: Int, _ glance: PathSubject.Glance) -> Bool {
        let demand = demands[number]
        let place = demand.isRooted ? glance.fromRoot : glance.below
        return demand.names.isSubset(of: place.names)
            && demand.beginning.mayBegin(as: place.beginning)
            && demand.bytes.isSubset(of: glance.bytes) && demand.end.mayEnd(as: glance.end)
    }

    /// The same for a path that begins with unknown text, of which nothing is sure.
    private func matchUnknown(_ subject: PathSubject) -> PatternMatch {
        let isPerhaps = likelyCandidates(for: subject).contains {
            patterns[$0].match(subject) == .perhaps
        }
        if isPerhaps { return .perhaps }
        return treesFirst.contains { $0.match(subject) != .no } ? .unknown : .no
    }

    /// The numbers of the patterns, in their order, that say more of a path than that nothing is known.
    func likelyCandidates(for subject: PathSubject) -> [Int] {
        guard subject.path.root == .unknown, !subject.isTooLong else {
            return candidates(for: subject)
        }
        // See `PathPattern.matchUnknown`.
        guard let first = subject.path.components.first else { return wide }
        if first.beginsWithWildcard { return all }
        return subject.isRecursive ? shallow : wide
    }

    /// The numbers of the patterns, in their order, that the path may match; no other one does.
    func candidates(for subject: PathSubject) -> [Int] {
        let table: Table
        switch subject.beginning {
        case .anything: return all
        case .root: table = absolute
        case .own: table = relative
        case .named: table = inNamedHome
        }
        if let key = subject.first { return table.numbers(of: key) }
        guard let first = subject.path.components.first else {
            return subject.isRecursive ? all : table.others
        }
        // `backup-$(date +%F).gz`: what it begins with tells as much. What a path from `/` begins with
        // may be `/v`, and that may be where services have their homes.
        let prefix = first.knownPrefix
        if subject.beginning == .root || prefix.contains(UInt8(ascii: "/")) { return all }
        if !prefix.isEmpty { return table.numbers(beginningWith: prefix) }
        // Whatever the first component is, a path that stays below is in no set of others.
        return subject.canLeave ? all : table.all
    }

    // The tables follow from the patterns.
    public static func == (left: PathPatternList, right: PathPatternList) -> Bool {
        left === right || left.patterns == right.patterns
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(patterns) }
}

/// With which first components a path may match a pattern.
private enum FirstComponents {
    case any
    case some([ShellText])
}

/// Patterns by the first component of the paths that they may match.
///
/// An object, so that the one that is meant is not copied.
private final class Table: Sendable {
    /// Those which may match some path.
    let all: [Int]
    /// Those which may match any path.
    let others: [Int]
    /// Those and the ones for this component.
    private let byFirst: NameTable<[Int]>
    /// The ones for each component alone.
    private let firsts: [ShellText: [Int]]

    init(_ patterns: [FirstComponents]) {
        var others: [Int] = []
        var firsts: [ShellText: [Int]] = [:]
        for (number, first) in patterns.enumerated() {
            switch first {
            case .any: others.append(number)
            case .some(let names): for name in names { firsts[name, default: []].append(number) }
            }
        }
        self.others = others
        all = Set(others + firsts.values.joined()).sorted()
        byFirst = NameTable(firsts.mapValues { ($0 + others).sorted() })
        self.firsts = firsts
    }

    func numbers(of first: TableKey) -> [Int] { byFirst[first] ?? others }

    /// Those which may match a path whose first component begins with this, and more.
    func numbers(beginningWith prefix: ShellText) -> [Int] {
        let found = firsts.filter { $0.key.utf8.starts(with: prefix.utf8) }
        return found.isEmpty ? others : (others + found.values.joined()).sorted()
    }
}

extension PathPattern {
    /// With which first components a path from `/` may match.
    fileprivate var firstOfAbsolute: FirstComponents {
        switch root {
        case .root: first
        case .start, .aboveStart: .some([])
        // Where services have their homes is asked for by itself.
        case .home, .anyHome: .some(["home", "root"])
        }
    }

    /// The same for a path below a home, which a pattern from `/` matches where it may be one of a
    /// home in one of these directories.
    fileprivate func firstOfRelative(_ parents: [ShellText]) -> FirstComponents {
        // The start may have any name.
        if root == .aboveStart { return .any }
        guard root == .root else { return first }
        switch first {
        case .any: return parents.contains(where: mayBegin) ? .any : .some([])
        case .some(let names):
            return names.contains(where: parents.contains) ? .any : .some([])
        }
    }

    /// Whether a path in it may have this name as its first component: `/k*` and `home` do not meet.
    private func mayBegin(with name: ShellText) -> Bool {
        guard case .one(let text) = components.first else { return true }
        return GlobMachine(GlobTokens.name(text).tokens)?.meets(GlobLanguage(name.utf8)) ?? true
    }

    /// The names that every path in it has.
    fileprivate var names: ComponentMarks {
        // What the start is called is not written in a path below it.
        if root == .aboveStart { return .none }
        return components.reduce(into: .none) { names, component in
            guard case .one(let text) = component, let name = text.asComponent else { return }
            names.insert(name)
        }
    }

    /// Whether one path alone is in it; what is below a home is in several places.
    fileprivate var isOnePath: Bool {
        guard root == .root || root == .start else { return false }
        return components.allSatisfy {
            if case .one(let text) = $0 { text.literal != nil } else { false }
        }
    }

    /// How every path in it ends.
    fileprivate var end: ShellText? {
        guard case .one(let text) = components.last else { return nil }
        return text.knownEnd
    }

    private var first: FirstComponents {
        guard case .one(let text) = components.first, let name = text.asComponent else {
            return .any
        }
        return .some([name])
    }
}

extension AbstractText {
    /// The text, where it is surely the name of one component.
    var asComponent: ShellText? {
        guard let literal, !literal.isEmpty, !literal.contains(UInt8(ascii: "/")) else {
            return nil
        }
        return literal
    }
}
