internal import ShellSyntax

/// What a path may be, whoever asks: made once, for all patterns that it is held against.
public final class PathForm: Hashable, Sendable {
    /// LIMIT: PATH_MAX of Linux: no system call takes a longer path.
    ///
    /// What is longer is `perhaps` in every pattern.
    public static let maximumBytes = 4096
    /// LIMIT: levels above a home that are told apart; homes lie two or three below the root.
    static let maximumLevelsUp = 8

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
    /// Whether what is below it is meant too.
    public let isRecursive: Bool
    /// The path without what is below it.
    let languageAlone: GlobLanguage
    /// All that it may be, below its own root.
    let language: GlobLanguage
    let isTooLong: Bool
    /// Bytes and other pieces, for whoever counts what matching costs.
    let size: Int
    /// Whether some text in it may hold `..`, so that it may lie anywhere.
    let canLeave: Bool
    /// Whether whatever it may be lies at its root or below.
    let staysBelow: Bool
    /// Whether it is written out from `/` on.
    let isExact: Bool
    /// The names of its components, below its own root.
    let names: ComponentMarks
    /// How all that it may be ends.
    let end: TextEnd
    /// By which first components patterns are found.
    let beginning: Beginning
    /// The first component, where it is written out: by it patterns are found.
    let first: TableKey?

    public init(_ path: AbstractPath, recursive: Bool) {
        self.path = path
        isRecursive = recursive
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
        if recursive { tokens.appendBelow() }
        language = recursive ? GlobLanguage(tokens.tokens) : languageAlone
        size = tokens.size + 1
        isTooLong = tokens.size > Self.maximumBytes || path.levelsUp > Self.maximumLevelsUp
        staysBelow =
            !canLeave && language.staysInNames && !path.components.contains(where: \.holdsSlash)
        isExact = path.root == .root && language.isLiteral && !isTooLong
        let isOneFile = !recursive && !isTooLong
        names = isOneFile ? path.names : .all
        let ending = isOneFile ? path.components.last?.knownEnd : nil
        end = ending.map { TextEnd($0) } ?? .any
        beginning = isTooLong ? .anything : path.beginning
        first = path.components.first?.asComponent.map { TableKey($0) }
    }

    // The rest follows from these.
    public static func == (left: PathForm, right: PathForm) -> Bool {
        left.isRecursive == right.isRecursive && left.path == right.path
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(isRecursive)
    }
}

extension AbstractPath {
    /// The names of its components; all where one of them may have any.
    fileprivate var names: ComponentMarks {
        if root == .unknown || levelsUp != 0 { return .all }
        var names = ComponentMarks.none
        for index in components.indices {
            if let name = components[index].asComponent {
                names.insert(name)
            } else if let last = components[index].lastByte {
                names.insertAny(endingWith: last)
            } else {
                return .all
            }
        }
        return names
    }

    fileprivate var beginning: PathForm.Beginning {
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
    /// How a name ends of which the rest is not known; nil where it may be more than one name.
    fileprivate var lastByte: UInt8? {
        if holdsSlash { return nil }
        for index in pieces.indices {
            switch pieces[index] {
            case .text, .wildcard: continue
            case .unknown(let unknown):
                switch unknown.shape {
                case .digits, .integer, .name: continue
                case .relativePath, .text: return nil
                }
            case .directory: return nil
            }
        }
        guard case .text(let text)? = pieces.last else { return nil }
        return text.utf8.last
    }

    /// Whether it is more than one component, or ends one.
    fileprivate var holdsSlash: Bool {
        for index in pieces.indices {
            guard case .text(let text) = pieces[index] else { continue }
            if text.contains(UInt8(ascii: "/")) { return true }
        }
        return false
    }

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
