public import ShellSyntax

/// A path as far as it is known, normalised without looking at a disk.
///
/// `.` and empty components are gone, `..` has taken away the component before it where that one is
/// known to be one component. A path that begins with unknown text has the root `.unknown`.
public struct AbstractPath: Hashable, Sendable {
    public enum Root: Hashable, Sendable {
        /// `/`
        case root
        case known(KnownDirectory)
        /// A directory that the text does not tell.
        case unknown
    }

    public let root: Root
    /// Without slashes.
    ///
    /// A component that is not literal may be anything that its text may become,
    /// except that it is one component, or several where it holds unknown text or a relative path.
    public let components: [AbstractText]
    /// Levels above the root that `..` leads to; always zero for `/`.
    public let levelsUp: Int

    public init(root: Root, components: [AbstractText] = [], levelsUp: Int = 0) {
        self.root = root
        self.components = components
        self.levelsUp = levelsUp
    }

    public static let unknown = AbstractPath(root: .unknown)

    /// The whole path, where every component is literal: `/etc/passwd`, `~/x`, `./x`.
    public var literal: ShellText? {
        var text: String
        switch root {
        case .root: text = ""
        case .known(.start): text = "."
        case .known(.home(let account)): text = "~" + (account?.description ?? "")
        case .unknown: return nil
        }
        for _ in 0..<levelsUp { text += "/.." }
        for component in components {
            guard let literal = component.literal else { return nil }
            text += "/" + literal.description
        }
        return ShellText(text.isEmpty ? "/" : text)
    }
}

extension AbstractPath {
    /// What a text is as a path.
    ///
    /// - Parameters:
    ///   - text: An argument, after quotes are removed.
    ///   - directory: What a relative path is relative to.
    ///   - links: Where a path really is, for `..` behind a link leads to the directory above what
    ///     the link leads to.
    public init(
        _ text: AbstractText,
        relativeTo directory: AbstractPath,
        following links: (AbstractPath) -> AbstractPath = { $0 }
    ) {
        var builder: PathBuilder
        var pieces = text.pieces[...]
        switch pieces.first {
        case .directory(let known):
            builder = PathBuilder(root: .known(known))
            pieces.removeFirst()
        case .text(let first) where first.utf8.first == UInt8(ascii: "/"):
            builder = PathBuilder(root: .root)
        case .unknown(let unknown) where unknown.shape == .text:
            builder = PathBuilder(root: .unknown)
        case .text, .unknown, .wildcard, nil: builder = PathBuilder(directory)
        }
        for piece in pieces { builder.add(piece, links) }
        self = builder.finish(links)
    }
}

/// Puts the components of a path together.
private struct PathBuilder {
    private var root: AbstractPath.Root
    private var components: [AbstractText] = []
    private var levelsUp = 0
    private var current = AbstractText.empty

    init(root: AbstractPath.Root) { self.root = root }

    init(_ directory: AbstractPath) {
        root = directory.root
        components = directory.components
        levelsUp = directory.levelsUp
    }

    mutating func add(_ piece: AbstractText.Piece, _ links: (AbstractPath) -> AbstractPath) {
        guard case .text(let text) = piece else {
            current.append(piece)
            return
        }
        let utf8 = text.utf8
        let bytes = utf8.span
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "/") {
            append(text, start..<index)
            endComponent(links)
            start = index + 1
        }
        append(text, start..<bytes.count)
    }

    private mutating func append(_ text: ShellText, _ range: Range<Int>) {
        if !range.isEmpty { current.append(.text(text[range])) }
    }

    private mutating func endComponent(_ links: (AbstractPath) -> AbstractPath) {
        defer { current = .empty }
        guard let literal = current.literal else {
            // That is what an unknown root means.
            let isInRoot = root == .unknown && components.isEmpty && current.isNothingButUnknown
            if !isInRoot { components.append(current) }
            return
        }
        // Only names as short as these mean anything else.
        guard literal.utf8.count <= 2 else { return components.append(current) }
        switch literal {
        case "", ".": return
        case "..":
            let real = links(path)
            root = real.root
            components = real.components
            levelsUp = real.levelsUp
            goUp()
        default: components.append(current)
        }
    }

    private mutating func goUp() {
        guard let last = components.last else {
            if root != .root { levelsUp += 1 }
            return
        }
        // What may be several components may also leave some of them behind.
        if last.isOneComponent {
            components.removeLast()
        } else {
            components.append("..")
        }
    }

    private var path: AbstractPath {
        AbstractPath(root: root, components: components, levelsUp: levelsUp)
    }

    mutating func finish(_ links: (AbstractPath) -> AbstractPath) -> AbstractPath {
        endComponent(links)
        return path
    }
}

extension AbstractText {
    fileprivate var isNothingButUnknown: Bool {
        pieces.allSatisfy { piece in
            if case .unknown(let unknown) = piece { unknown.shape == .text } else { false }
        }
    }

    /// Whether the text, which has no slash in what is known of it, is one component of a path.
    fileprivate var isOneComponent: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .text, .wildcard: true
            case .unknown(let unknown):
                switch unknown.shape {
                case .digits, .integer, .name: true
                case .relativePath, .text: false
                }
            case .directory: false
            }
        }
    }
}
