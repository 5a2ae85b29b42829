internal import ShellSyntax

/// Which of many patterns are worth being held against one path, told by their outlines alone.
///
/// Most are not, and looking at each of them would take longer than all else that a path needs.
struct PatternSieve {
    /// Kept apart from the path, which counts references.
    private let root: Root
    /// Whether all below a directory is read: what a pattern says of any depth is not meant.
    private let readsTree: Bool
    /// Whether files are deleted by their names, wherever they are found.
    private let isFoundByName: Bool
    /// What a pattern must be called where a path must say enough of a name.
    private let name: Name
    private let needsName: Bool
    /// The bytes of the shortest that the path may be.
    private let bytes: ByteSet

    private enum Root {
        case unknown, root
        case known(isSure: Bool)
    }

    private enum Name {
        /// No name is enough.
        case none
        /// This stem, by its number; nil is one that no pattern has.
        case stem(Int?)
        /// This stem, or one with wildcards.
        case known(Int?)
        /// Nobody can tell so quickly.
        case any
    }

    init(
        _ subject: PathSubject,
        of patterns: ClassifiedPatterns,
        forReading: Bool,
        isFoundByName: Bool
    ) {
        root =
            switch subject.path.root {
            case .unknown: .unknown
            case .root: .root
            case .known: .known(isSure: subject.isSureOfHome)
            }
        readsTree = subject.isRecursive && forReading
        self.isFoundByName = isFoundByName
        bytes = subject.shortest.bytes
        let last = subject.path.components.last ?? .empty
        if last.isAnything {
            name = .none
        } else if let ending = last.ending {
            name = .stem(patterns.stems[ending])
        } else if let literal = last.literal {
            name = .known(patterns.stems[literal])
        } else {
            name = .any
        }
        needsName = subject.path.needsName
    }

    /// Whether the pattern may say anything of the path that counts.
    func passes(_ outline: ClassifiedPatterns.Outline, requiring required: ByteSet) -> Bool {
        mayHold(outline, required) || mayBeMeant(outline)
    }

    /// See `PathPattern.mayHold`.
    private func mayHold(_ outline: ClassifiedPatterns.Outline, _ required: ByteSet) -> Bool {
        switch root {
        case _ where outline.isEverything: true
        case .unknown: true
        case .known(let isSure) where outline.isRooted: isSure
        case .known, .root: required.isSubset(of: bytes)
        }
    }

    /// Whether it counts that the path may be in the set.
    private func mayBeMeant(_ outline: ClassifiedPatterns.Outline) -> Bool {
        if readsTree, outline.hasAnyDepth { return false }
        if isFoundByName, outline.endsWithAny { return false }
        guard needsName || outline.beginsWithAny else { return true }
        return switch name {
        case .none: false
        case .stem(let number): number != nil && outline.stem == number
        case .known(let number): outline.hasWildStem || number != nil && outline.stem == number
        case .any: true
        }
    }
}

extension AbstractPath {
    /// Whether no pattern is meant but by the name of the last component: see `PathPattern.isNamed`.
    fileprivate var needsName: Bool {
        guard root == .known(.start), levelsUp == 0 else { return false }
        switch components.first?.pieces.first {
        case .wildcard: return true
        case .unknown(let unknown): return unknown.shape == .relativePath
        case .text, .directory: return false
        // Of the working tree itself nothing is said.
        case nil: return true
        }
    }
}
