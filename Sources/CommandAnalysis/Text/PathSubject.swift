public import ShellSyntax

/// A path made ready to be held against many patterns.
///
/// An object, because it is handed to hundreds of them, and most ask for little of it.
public final class PathSubject {
    /// LIMIT: PATH_MAX of Linux: no system call takes a longer path.
    ///
    /// What is longer is `perhaps` in every pattern.
    public static let maximumBytes = 4096
    /// LIMIT: levels above a home that are told apart; homes lie two or three below the root.
    static let maximumLevelsUp = 8

    /// It counts no references.
    struct Glance {
        /// The names of its components, below its own root.
        let names: ComponentMarks
        /// The same from `/` on.
        let namesFromRoot: ComponentMarks
        /// How all that it may be ends; nil where that is not known.
        let end: TextEnd?
        /// The bytes that may be in it, where it is written out from `/` on; else all.
        let bytes: ByteSet
    }

    /// Where the first component of a path is.
    enum Beginning {
        /// It may be anywhere.
        case anything
        /// In `/`.
        case root
        /// In the home of whoever runs the command line, or where that starts.
        case own
        /// In somebody's home.
        case named
    }

    public let path: AbstractPath
    /// The account that the request is for; nil where that is not known.
    public let login: ShellText?
    /// The path without what is below it.
    let languageAlone: GlobLanguage
    /// All that it may be, below its own root.
    let language: GlobLanguage
    /// Whether what is below it is meant too.
    public let isRecursive: Bool
    let isTooLong: Bool
    /// Bytes and other pieces, for whoever counts what matching costs.
    public let size: Int
    /// Whether some text in it may hold `..`, so that it may lie anywhere.
    let canLeave: Bool
    /// Whether it is written out from `/` on.
    let isExact: Bool
    /// What tells at a glance that a pattern does not match it.
    let glance: Glance
    /// By which first components patterns are found.
    let beginning: Beginning
    /// The first component, where it is written out: by it patterns are found.
    let first: TableKey?
    /// Whether there is no other home that it may be in: that of `root` is where it is.
    let isSureOfHome: Bool

    /// One of the shortest of all that it may be.
    lazy var shortest = languageAlone.shortest
    /// The last component by itself.
    lazy var name = GlobLanguage(path.components.last.map { GlobTokens.name($0).tokens } ?? [])
    /// For a path that begins with unknown text: all that it may be.
    lazy var languageAnywhere: GlobLanguage = {
        var anywhere = GlobTokens.anything(before: path.components)
        if isRecursive { anywhere.appendBelow() }
        return GlobLanguage(anywhere.tokens)
    }()
    /// For a path below a home or the start: what it may be as an absolute path.
    lazy var languagesInHomes: [GlobLanguage] = {
        if beginning == .own, let written = language.literal, let login {
            return [GlobLanguage(HomeDirectory.own(login) + written)]
        }
        return HomeDirectory.candidates(for: path, login: login).map {
            GlobLanguage(HomeDirectory.tokens($0) + language.tokens)
        }
    }()

    public init(_ path: AbstractPath, recursive: Bool, login: ShellText? = nil) {
        self.path = path
        self.login = login
        var tokens = GlobTokens.path
        if let bytes = path.writtenBytes {
            languageAlone = GlobLanguage(bytes)
            canLeave = false
            tokens.append(bytes)
        } else {
            for component in path.components { tokens.appendExpanded(component) }
            languageAlone = GlobLanguage(tokens.tokens)
            canLeave = path.components.contains(where: \.canBeParent)
        }
        isRecursive = recursive
        if recursive { tokens.appendBelow() }
        language = recursive ? GlobLanguage(tokens.tokens) : languageAlone
        size = tokens.size + 1
        isTooLong = tokens.size > Self.maximumBytes || path.levelsUp > Self.maximumLevelsUp
        isExact = path.root == .root && language.isLiteral && !isTooLong
        let isOneFile = !recursive && !isTooLong
        let names = isOneFile ? path.names : .all
        beginning = isTooLong ? .anything : path.beginning
        let namesFromRoot: ComponentMarks =
            if path.root == .root {
                names
            } else if beginning == .own, let login {
                HomeDirectory.names(inOwn: login, names)
            } else {
                // Homes of services may have names that nobody knows.
                .all
            }
        glance = Glance(
            names: names,
            namesFromRoot: namesFromRoot,
            end: isOneFile ? path.components.last?.knownEnd.map { TextEnd($0) } : nil,
            bytes: isExact ? language.bytes : .all
        )
        isSureOfHome = HomeDirectory.isSure(of: path, login: login)
        first = path.components.first?.asComponent.map { TableKey($0) }
    }
}

extension AbstractPath {
    /// The names of its components; all where one of them may have any.
    fileprivate var names: ComponentMarks {
        if root == .unknown || levelsUp != 0 { return .all }
        var names = ComponentMarks.none
        for component in components {
            guard let name = component.asComponent else { return .all }
            names.insert(name)
        }
        return names
    }

    fileprivate var beginning: PathSubject.Beginning {
        if levelsUp != 0 { return .anything }
        return switch root {
        case .unknown: .anything
        // Patterns of homes are not found by where services have theirs.
        case .root: HomeDirectory.mayHoldServices(self) ? .anything : .root
        case .known(.start), .known(.home(nil)): .own
        case .known(.home): .named
        }
    }

    /// All that is below the root, each component behind its slash; nil where not all is written out.
    fileprivate var writtenBytes: [UInt8]? {
        guard components.allSatisfy({ $0.literal != nil }) else { return nil }
        var bytes: [UInt8] = []
        // Most are of about this length.
        bytes.reserveCapacity(64)
        for component in components {
            guard case .text(let text) = component.pieces.first else { continue }
            bytes.append(UInt8(ascii: "/"))
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }
}

extension AbstractText {
    /// Whether as a component it may be `..`, or have one in it.
    fileprivate var canBeParent: Bool {
        let isUnbounded = pieces.contains {
            if case .unknown(let unknown) = $0 { unknown.shape == .text } else { false }
        }
        if isUnbounded { return true }
        // Older shells let `.*` match `..`; nothing matches a leading dot that is not written.
        guard hasWildcard, knownPrefix == "." || knownPrefix == ".." else { return false }
        return GlobMachine([.text(Array("..".utf8))])?
            .meets(GlobLanguage(GlobTokens.name(self).tokens)) ?? true
    }
}
