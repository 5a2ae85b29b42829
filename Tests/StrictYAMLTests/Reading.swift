import StrictYAML

/// Reads a text and gives back the root with the descriptions of all findings.
func read(_ text: String, file: String = "f.yaml") -> (root: YAMLNode?, findings: [String]) {
    let findings = Findings()
    let root = YAMLFile.root(of: Array(text.utf8), file: file, findings: findings)
    return (root, findings.sorted.map(\.description))
}

/// Reads the value of the key `k` by a closure.
func value<Value>(
    _ written: String,
    _ body: (YAMLField) -> Value?
) -> (value: Value?, findings: [String]) {
    let findings = Findings()
    guard
        let root = YAMLFile.root(of: Array("k: \(written)\n".utf8), file: "f", findings: findings),
        case .mapping(let entries) = root.content, let entry = entries.first
    else { return (nil, findings.sorted.map(\.description)) }
    let value = body(YAMLField(entry.value, name: "k", findings: findings))
    return (value, findings.sorted.map(\.description))
}
