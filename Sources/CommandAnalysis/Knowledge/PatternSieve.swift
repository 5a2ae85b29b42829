internal import ShellSyntax

/// Which of many patterns are worth being held against one path, told by their outlines alone.
///
/// Most are not, and looking at each of them would take longer than all else that a path needs.
struct PatternSieve {
    typealias Traits = ClassifiedPatterns.Outline.Traits

    /// All that the path may be can lie in patterns with one of these.
    private let heldBy: Traits
    /// And not in others with one of these.
    private let leftBy: Traits
    /// The bytes of the shortest that the path may be; all where that does not matter.
    private let bytes: ByteMarks
    /// Patterns with one of these are not meant, though the path may be in them.
    private let unmeant: Traits
    /// Whether the path must say enough of a name.
    private let needsName: Bool
    /// So it must where a pattern has one of these.
    private let asksForName: Traits
    /// The stem that is enough, by its number; nil is one that no pattern has.
    private let stem: Int32?
    /// A pattern with one of these may have such a stem.
    private let namedBy: Traits

    init(
        _ subject: PathSubject,
        of patterns: ClassifiedPatterns,
        forReading: Bool,
        isFoundByName: Bool
    ) {
        switch subject.path.root {
        case .unknown: (heldBy, leftBy) = ([], [])
        case .root: (heldBy, leftBy) = (.everything, [])
        case .known where subject.isSureOfHome: (heldBy, leftBy) = ([.everything, .rooted], [])
        case .known: (heldBy, leftBy) = (.everything, .rooted)
        }
        bytes = subject.path.root == .unknown ? .all : ByteMarks(subject.shortest.bytes)
        // Of all below a directory that is read, what a pattern says of any depth is not meant; nor of
        // files that are deleted by their names what it says of all below one.
        var unmeant: Traits = subject.isRecursive && forReading ? .anyDepth : []
        if isFoundByName { unmeant.insert(.endsWithAny) }
        self.unmeant = unmeant
        let last = subject.path.components.last ?? .empty
        var canTell = true
        if last.isAnything {
            (stem, namedBy) = (nil, [])
        } else if let ending = last.ending {
            (stem, namedBy) = (patterns.stems[ending], [])
        } else if let literal = last.literal {
            (stem, namedBy) = (patterns.stems[literal], .wildStem)
        } else {
            (stem, namedBy) = (nil, [])
            // Nobody can tell so quickly.
            canTell = false
        }
        needsName = canTell && subject.path.needsName
        asksForName = canTell ? .beginsWithAny : []
    }

    /// Whether the pattern may say anything of the path that counts.
    @inline(__always)
    func passes(_ outline: ClassifiedPatterns.Outline) -> Bool {
        mayHold(outline) || mayBeMeant(outline)
    }

    /// See `PathPattern.mayHold`.
    @inline(__always)
    private func mayHold(_ outline: ClassifiedPatterns.Outline) -> Bool {
        if outline.traits.hasAny(of: heldBy) { return true }
        return !outline.traits.hasAny(of: leftBy) && outline.required.isSubset(of: bytes)
    }

    /// Whether it counts that the path may be in the set.
    @inline(__always)
    private func mayBeMeant(_ outline: ClassifiedPatterns.Outline) -> Bool {
        if outline.traits.hasAny(of: unmeant) { return false }
        guard needsName || outline.traits.hasAny(of: asksForName) else { return true }
        if outline.traits.hasAny(of: namedBy) { return true }
        guard let stem else { return false }
        return outline.stem == stem
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
