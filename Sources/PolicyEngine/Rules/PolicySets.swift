import StrictYAML

/// The named lists of one file: `$scratch` in a rule stands for what `sets` has under `scratch`.
///
/// A class, because every reader of a rule notes which ones are used; it stays within the reading.
final class PolicySets {
    /// LIMIT: values of one set.
    static let maximumValues = 2000

    private let sets: [String: (location: SourceLocation, values: [YAMLField])]
    private var used: Set<String> = []

    init(_ field: YAMLField?) {
        var sets: [String: (location: SourceLocation, values: [YAMLField])] = [:]
        for (key, value) in field?.entries() ?? [] {
            guard let name = key.plainName("a set's name"), let values = value.items() else {
                continue
            }
            if values.isEmpty { value.refuse("expected at least one value") }
            if values.count > Self.maximumValues {
                value.refuse("exceeds the limit of \(Self.maximumValues) values")
            }
            sets[name.value] = (name.location, values)
        }
        self.sets = sets
    }

    /// What a condition lists: a value, a list of values, with each `$name` replaced by its set.
    func values(_ field: YAMLField) -> [YAMLField] {
        let items: [YAMLField]
        switch field.node.content {
        case .sequence: items = field.items() ?? []
        case .scalar, .mapping: items = [field]
        }
        if items.isEmpty { field.refuse("expected at least one value") }
        return items.flatMap { item -> [YAMLField] in
            guard case .scalar(let text, _) = item.node.content, text.hasPrefix("$") else {
                return [item]
            }
            let name = String(text.dropFirst())
            guard let set = sets[name] else {
                let guess = Suggestion.closest(to: name, among: Array(sets.keys))
                let hint = guess.map { "; did you mean \("$\($0)".quoted)?" } ?? ""
                item.refuse("unknown set \(text.quoted)\(hint)")
                return []
            }
            used.insert(name)
            return set.values
        }
    }

    func warnOfUnused(_ findings: Findings) {
        for (name, set) in sets where !used.contains(name) {
            findings.warning("the set \(name.quoted) is not used", at: set.location)
        }
    }
}
