internal import ShellSyntax

/// Patterns and what the paths in the set of each are, in an order.
///
/// An object, because every path is held against one.
final class ClassifiedPatterns: Sendable {
    /// What can be told of a pattern without looking at it: it counts no references.
    struct Outline {
        let traits: Traits
        /// The number of its stem among all; nil where it has none, or one with wildcards.
        let stem: Int32?
        /// Bytes without which a path below the root of the pattern is not in it.
        let required: ByteMarks

        struct Traits: OptionSet {
            let rawValue: UInt8

            /// Every path is in it.
            static let everything = Traits(rawValue: 1)
            /// It begins at `/`.
            static let rooted = Traits(rawValue: 1 << 1)
            /// Its first component is `**`.
            static let beginsWithAny = Traits(rawValue: 1 << 2)
            /// Its last component is `**`.
            static let endsWithAny = Traits(rawValue: 1 << 3)
            /// There is a `**` in it.
            static let anyDepth = Traits(rawValue: 1 << 4)
            /// Its stem has wildcards.
            static let wildStem = Traits(rawValue: 1 << 5)

            @inline(__always)
            func hasAny(of others: Traits) -> Bool { rawValue & others.rawValue != 0 }
        }
    }

    let list: PathPatternList
    let kinds: [PathClass]
    let outlines: [Outline]
    /// All stems without wildcards, each with its number.
    let stems: NameTable<Int32>

    init(_ patterns: [ClassifiedPattern]) {
        list = PathPatternList(patterns.map(\.pattern))
        kinds = patterns.map(\.kind)
        var stems: [ShellText: Int32] = [:]
        outlines = patterns.map(\.pattern).map { pattern in
            let stem = pattern.stem?.literal.map { stems[$0] ?? Int32(stems.count) }
            if let stem, let literal = pattern.stem?.literal { stems[literal] = stem }
            return Outline(
                traits: Outline.Traits(pattern, hasWildStem: pattern.stem != nil && stem == nil),
                stem: stem,
                required: ByteMarks(pattern.inRoot.required)
            )
        }
        self.stems = NameTable(stems.map { ($0.key, $0.value) })
    }
}

extension ClassifiedPatterns.Outline.Traits {
    fileprivate init(_ pattern: PathPattern, hasWildStem: Bool) {
        self = []
        if pattern.isEverything { insert(.everything) }
        if pattern.root == .root { insert(.rooted) }
        if pattern.components.first == .any { insert(.beginsWithAny) }
        if pattern.isTree { insert(.endsWithAny) }
        if pattern.hasAnyDepth { insert(.anyDepth) }
        if hasWildStem { insert(.wildStem) }
    }
}

/// A pattern and what the paths in its set are.
struct ClassifiedPattern: Sendable {
    let pattern: PathPattern
    let kind: PathClass
}
