public import ShellSyntax

/// Sets of names in an order, of which a name that is written out is held only against those that
/// have wildcards.
///
/// An object, because each rule that is asked hands one on.
public final class TextPatternList: Hashable, Sendable {
    public let patterns: [TextPattern]
    private let literals: NameSet
    /// The names of a short list, where it has no wildcards.
    private let names: [ShellText]
    /// Those that are more than one name.
    private let wild: [TextPattern]

    /// So many are compared one by one, which takes less than hashing.
    private static let few = 4

    public init(_ patterns: [TextPattern]) {
        self.patterns = patterns
        let isShort = patterns.count <= Self.few
        literals = NameSet(isShort ? [] : patterns.compactMap(\.literal))
        names = isShort ? patterns.compactMap(\.literal) : []
        wild = patterns.filter { $0.literal == nil }
    }

    /// The greatest match of the patterns.
    public func match(_ subject: AbstractText) -> PatternMatch {
        if let literal = subject.literal { return match(literal) ? .yes : .no }
        let text = TextSubject(subject)
        var result = PatternMatch.no
        for pattern in patterns where result != .yes { result = result.or(pattern.match(text)) }
        return result
    }

    /// Whether a text is in one of the sets.
    public func match(_ subject: ShellText) -> Bool {
        for index in names.indices where names[index] == subject { return true }
        if literals.contains(subject) { return true }
        for index in wild.indices where wild[index].match(subject) { return true }
        return false
    }

    // What is looked up follows from the patterns.
    public static func == (left: TextPatternList, right: TextPatternList) -> Bool {
        left === right || left.patterns == right.patterns
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(patterns) }
}
