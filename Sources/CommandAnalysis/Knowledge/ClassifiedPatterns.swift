internal import ShellSyntax

/// Patterns and what the paths in the set of each are, in an order.
struct ClassifiedPatterns: Sendable {
    let list: PathPatternList
    let kinds: [PathClass]

    init(_ patterns: [ClassifiedPattern]) {
        list = PathPatternList(patterns.map(\.pattern))
        kinds = patterns.map(\.kind)
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
