internal import ShellSyntax

/// Patterns and what the paths in the set of each are, in an order.
///
/// An object, because every path is held against one.
final class ClassifiedPatterns: Sendable {
    /// What can be told of a pattern without looking at it: it counts no references.
    struct Outline {
        /// Whether every path is in it.
        let isEverything: Bool
        let isRooted: Bool
        let beginsWithAny: Bool
        let endsWithAny: Bool
        let hasAnyDepth: Bool
        /// The number of its stem among all; nil where it has none, or one with wildcards.
        let stem: Int?
        let hasWildStem: Bool
    }

    let list: PathPatternList
    let kinds: [PathClass]
    let outlines: [Outline]
    /// All stems without wildcards, each with its number.
    let stems: [ShellText: Int]

    init(_ patterns: [ClassifiedPattern]) {
        list = PathPatternList(patterns.map(\.pattern))
        kinds = patterns.map(\.kind)
        var stems: [ShellText: Int] = [:]
        outlines = patterns.map(\.pattern).map { pattern in
            let stem = pattern.stem?.literal.map { stems[$0] ?? stems.count }
            if let stem, let literal = pattern.stem?.literal { stems[literal] = stem }
            return Outline(
                isEverything: pattern.isEverything,
                isRooted: pattern.root == .root,
                beginsWithAny: pattern.components.first == .any,
                endsWithAny: pattern.components.last == .any,
                hasAnyDepth: pattern.hasAnyDepth,
                stem: stem,
                hasWildStem: pattern.stem != nil && stem == nil
            )
        }
        self.stems = stems
    }
}

/// A pattern and what the paths in its set are.
struct ClassifiedPattern: Sendable {
    let pattern: PathPattern
    let kind: PathClass
    /// How much of a path the pattern says: more of it counts before less.
    let specificity: Int

    init(pattern: PathPattern, kind: PathClass) {
        self.pattern = pattern
        self.kind = kind
        specificity = pattern.components.reduce(0) { sum, component in
            switch component {
            case .any: sum + 1
            case .one(let text):
                sum + 100
                    + text.pieces.reduce(0) { length, piece in
                        if case .text(let known) = piece {
                            length + known.utf8.count
                        } else {
                            length
                        }
                    }
            }
        }
    }
}
