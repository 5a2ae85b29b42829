internal import ShellSyntax

/// What the line itself did to files: what it wrote, copied, linked and made.
public struct FileTable: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// Written by the line, in full.
        case text(AbstractText)
        /// The same, if that worked.
        case perhapsText(AbstractText)
        /// The file has what another one has: `cp`, `ln`, `mv`.
        case copy(AbstractPath)
        /// A symbolic link.
        case link(AbstractPath)
        case directory
        /// Written by the line, with what is not known.
        case unknown

        fileprivate var perhaps: Content {
            switch self {
            case .text(let text), .perhapsText(let text): .perhapsText(text)
            case .copy, .unknown: .unknown
            case .link, .directory: self
            }
        }
    }

    private var contents: [AbstractPath: Content] = [:]
    /// Trees that were copied with the links in them, which lead nobody knows where.
    private var treesWithLinks: Set<AbstractPath> = []
    /// Whether there was ever a link among them: without one no part of a path is looked up.
    private var hasLinks = false
    /// Files that something writes which runs at the same time: nobody knows who comes last.
    private var racing: Set<AbstractPath> = []
    /// Files that perhaps stay as they are whoever writes to them: `chmod a-w F`.
    private var kept = KeptFiles()
    /// What was written since ``record()``; nil where nobody wants to know.
    private var written: Set<AbstractPath>?

    public init() {}

    public var isEmpty: Bool { contents.isEmpty }

    /// How many files are remembered.
    var count: Int { contents.count }

    /// Nil for a file that the line has not touched.
    public subscript(_ path: AbstractPath) -> Content? {
        get { contents.isEmpty ? nil : contents[path] }
        set {
            if case .link? = newValue { hasLinks = true }
            if racing.contains(path) {
                contents[path] = newValue?.perhaps
            } else if !kept.isEmpty, kept.mayHave(path) {
                contents[path] = either(contents[path], newValue)
            } else {
                contents[path] = newValue
            }
            written?.insert(path)
            if let twin = path.inTheOtherStart, contents[twin] != nil { contents[twin] = .unknown }
        }
    }

    private func either(_ before: Content?, _ after: Content?) -> Content? {
        if before == after { return before }
        // What a directory is made of is written to nothing.
        return before == .directory ? before : after?.perhaps ?? .unknown
    }

    /// Notes that a file perhaps stays as it is from now on.
    mutating func keep(_ path: AbstractPath, below: Bool) { kept.insert(path, below: below) }

    /// Notes that from now on any file perhaps stays as it is.
    mutating func keepAll() { kept.insertEverything() }

    /// Gives back what is in a file that something was to write which perhaps did not.
    mutating func keep(_ before: FileTable, at path: AbstractPath) {
        self[path] = either(before[path], contents[path])
    }

    /// Notes that somebody goes on writing to a file.
    mutating func race(_ path: AbstractPath) {
        racing.insert(path)
        contents[path] = .unknown
    }

    /// Notes that there may be links below a path.
    mutating func noteLinks(below path: AbstractPath) {
        hasLinks = true
        if treesWithLinks.count < AnalysisLimits.writtenPaths { treesWithLinks.insert(path) }
    }

    /// Begins to note what is written, by something that runs at the same time as what follows.
    mutating func startJob() {
        written = []
    }

    /// Takes over what a job left that began with the files as they are: whatever it has written may
    /// change again at any time.
    mutating func take(filesOfJob files: FileTable) {
        let outer = written
        self = files
        let paths = files.written ?? []
        racing.formUnion(paths)
        for path in paths { contents[path] = contents[path]?.perhaps ?? .unknown }
        written = outer?.union(paths)
    }

    /// Notes that something was written to a path, or to whatever is below it.
    mutating func forget(_ path: AbstractPath, below: Bool) {
        for (key, content) in contents {
            switch content {
            case .text, .perhapsText, .copy:
                if key.mayBe(path, below: below) { self[key] = .unknown }
            case .link, .directory, .unknown: continue
            }
        }
    }

    // LIMIT: links that lead to links; more are followed no further, as a kernel does.
    public static let links = 8

    /// The paths that one may be: behind all links that the line was to make, which perhaps are what
    /// they were before, and before each of these.
    func resolutions(of path: AbstractPath) -> [AbstractPath] {
        guard hasLinks else { return [path] }
        var found = [resolve(path)]
        if treesWithLinks.contains(where: { path != $0 && path.isBelow($0) }) {
            found.append(.unknown)
        }
        if found[0] == path { return found }
        var index = 0
        var open = [path]
        while index < open.count {
            if open.count > Self.links { return found + [.unknown] }
            for count in 1...max(1, open[index].components.count) {
                guard let next = step(from: open[index], count), !open.contains(next) else {
                    continue
                }
                open.append(next)
            }
            index += 1
        }
        found += open.filter { $0 != found[0] }
        return found
    }

    /// The path behind all links that the line made.
    public func resolve(_ path: AbstractPath) -> AbstractPath {
        guard hasLinks else { return path }
        var path = path
        for _ in 0..<Self.links {
            guard let next = resolveOnce(path) else { return path }
            path = next
        }
        return path
    }

    private func resolveOnce(_ path: AbstractPath) -> AbstractPath? {
        for count in stride(from: path.components.count, through: 1, by: -1) {
            if let next = step(from: path, count) { return next }
        }
        return nil
    }

    /// Where the path leads whose first components are a link.
    private func step(from path: AbstractPath, _ count: Int) -> AbstractPath? {
        let prefix = AbstractPath(
            root: path.root,
            components: Array(path.components.prefix(count)),
            levelsUp: path.levelsUp
        )
        guard case .link(let target) = contents[prefix] else { return nil }
        return AbstractPath(
            root: target.root,
            components: target.components + path.components.dropFirst(count),
            levelsUp: target.levelsUp
        )
    }

    /// What both may have.
    ///
    /// What only one of them wrote may still be what was there before, which nobody knows.
    mutating func join(_ other: FileTable) {
        if contents.isEmpty && other.contents.isEmpty && other.written == nil && other.kept.isEmpty
        {
            return
        }
        racing.formUnion(other.racing)
        kept.formUnion(other.kept)
        if let more = other.written { written?.formUnion(more) }
        hasLinks = hasLinks || other.hasLinks
        treesWithLinks.formUnion(other.treesWithLinks)
        for (path, content) in contents where other.contents[path] == nil {
            contents[path] = content.perhaps
        }
        for (path, content) in other.contents {
            guard let own = contents[path] else {
                contents[path] = content.perhaps
                continue
            }
            if own == content { continue }
            contents[path] = own.perhaps == content.perhaps ? own.perhaps : .unknown
        }
    }
}

extension AbstractPath {
    /// The same from where the line starts, which is a home, or from the home.
    fileprivate var inTheOtherStart: AbstractPath? {
        switch root {
        case .known(.start):
            AbstractPath(root: .known(.home(nil)), components: components, levelsUp: levelsUp)
        case .known(.home(nil)):
            AbstractPath(root: .known(.start), components: components, levelsUp: levelsUp)
        case .known, .root, .unknown: nil
        }
    }

    fileprivate func isBelow(_ tree: AbstractPath) -> Bool {
        root == tree.root && levelsUp == tree.levelsUp && components.starts(with: tree.components)
    }
}
