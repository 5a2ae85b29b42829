internal import CommandAnalysis
internal import PlainText
internal import SSHWire

// For which requests a rule is, in words.

extension RuleScope {
    /// All that must hold, each in a line.
    var words: [String] {
        switch self {
        case .all(let parts): parts.flatMap(\.words)
        case .not(let scope): ["not (\(scope.words.joined(separator: ", and ")))"]
        case .principals(let patterns):
            ["principals \(RuleCondition.list(patterns.map(\.written)))"]
        case .kinds(let kinds):
            ["principals of the kinds \(RuleCondition.list(kinds.map(\.rawValue).sorted()))"]
        case .roles(let roles):
            ["principals with the roles \(RuleCondition.list(roles.map(\.name).sorted()))"]
        case .onBehalfOf(let patterns): ["agents of \(RuleCondition.list(patterns.map(\.written)))"]
        case .targetNames(let patterns):
            ["targets \(RuleCondition.list(patterns.map(\.text.written)))"]
        case .targetLabels(let labels): ["targets labelled \(Self.pairs(labels))"]
        case .logins(let patterns):
            ["the accounts \(RuleCondition.list(patterns.map(\.text.written)))"]
        case .times(let windows): ["at \(RuleCondition.list(windows.map(\.description)))"]
        case .sourceAddresses(let ranges):
            ["clients from \(RuleCondition.list(ranges.map(\.description)))"]
        case .claims(let claims): ["requests that claim \(Self.pairs(claims))"]
        }
    }

    private static func pairs(_ values: [String: [TextPattern]]) -> String {
        values.keys.sorted().map { name in
            let patterns = values[name] ?? []
            return RuleCondition.list(patterns.map { "\(name)=\($0.text.written)" })
        }.joined(separator: " and ")
    }
}

extension PrincipalPattern {
    fileprivate var written: String { "\(kind.rawValue):\(name.text.written)" }
}
