/// A mapping with a known set of keys.
package struct YAMLMapping {
    package let field: YAMLField
    private let values: [String: YAMLField]
    private let expectedKeys: [String]

    /// Reports every key that is not expected.
    init(
        _ field: YAMLField,
        entries: [(key: YAMLField, value: YAMLField)],
        expectedKeys: [String]
    ) {
        self.field = field
        self.expectedKeys = expectedKeys
        var values: [String: YAMLField] = [:]
        let expected = Set(expectedKeys)
        for (key, value) in entries {
            if expected.contains(value.name) {
                values[value.name] = value
            } else {
                let list = expectedKeys.sorted().quotedList
                let guess = Suggestion.closest(to: value.name, among: expectedKeys)
                let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
                field.findings.error(
                    "unknown key \(value.name.quoted), expected one of \(list)\(hint)",
                    at: key.location
                )
            }
        }
        self.values = values
    }

    package var isEmpty: Bool { values.isEmpty }

    /// The value of a key, or nil where the key is not there.
    package func optional(_ key: String) -> YAMLField? {
        precondition(expectedKeys.contains(key), "a key is read that was not expected")
        return values[key]
    }

    /// The value of a key; its absence is a finding.
    package func required(_ key: String) -> YAMLField? {
        guard let value = optional(key) else {
            field.findings.error(
                "\(field.name.quoted): the key \(key.quoted) is missing",
                at: field.location
            )
            return nil
        }
        return value
    }
}
