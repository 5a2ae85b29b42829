import CommandAnalysis
import ShellSyntax
import StrictYAML

/// What the readers of knowledge files share.
extension YAMLField {
    /// One text, or a list of at least one, as fields.
    func oneOrMore(limit: Int) -> [YAMLField] {
        guard case .sequence = node.content else { return [self] }
        guard let items = items() else { return [] }
        guard !items.isEmpty else {
            refuse("expected at least one item")
            return []
        }
        guard items.count <= limit else {
            refuse("exceeds the limit of \(limit) items")
            return []
        }
        return items
    }

    /// The words of a text, split at blanks, at least one.
    func words(_ expected: String, limit: Int = KnowledgeLimits.words) -> [Substring]? {
        guard let text = text() else { return nil }
        let words = text.split(separator: " ")
        guard !words.isEmpty else {
            refuse("expected \(expected), found an empty text")
            return nil
        }
        guard words.count <= limit else {
            refuse("exceeds the limit of \(limit) words")
            return nil
        }
        return words
    }

    /// Says what was expected, and which of the known words is close to the one that was found.
    func refuse(_ word: some StringProtocol, expected: String, among known: [String]) {
        let guess = Suggestion.closest(to: String(word), among: known)
        let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
        refuse("expected \(expected), found \(String(word).quoted)\(hint)")
    }

    /// The type of that name.
    func type(_ word: Substring) -> ValueType? {
        if let type = ValueType(word) { return type }
        refuse(word, expected: "a type like `READ`", among: ValueType.allCases.map(\.rawValue))
        return nil
    }
}
