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

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
