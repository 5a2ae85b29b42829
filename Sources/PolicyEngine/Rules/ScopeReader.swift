import CommandAnalysis
import SSHWire
import StrictYAML

/// Reads `applies`, of a file or of a rule.
struct ScopeReader {
    static let keys = [
        "principals", "kinds", "roles", "on-behalf-of", "targets", "logins", "times",
        "source-addresses", "claims", "not",
    ]
    static let targetKeys = ["names", "labels"]
    /// LIMIT: what one part of a scope lists.
    static let maximumItems = 1000

    let sets: PolicySets

    /// Nil where the field is no scope; the findings say why.
    func read(_ field: YAMLField) -> RuleScope? {
        guard let scope = field.mapping(Self.keys) else { return nil }
        if scope.isEmpty { field.refuse("expected at least one part") }
        var parts: [RuleScope] = []
        if let field = scope.optional("principals") { parts.append(.principals(principals(field))) }
        if let field = scope.optional("kinds") {
            let kinds: [PrincipalName.Kind] = items(field) { $0.choice() }
            parts.append(.kinds(Set(kinds)))
        }
        if let field = scope.optional("roles") {
            parts.append(.roles(Set(items(field) { $0.role()?.value })))
        }
        if let field = scope.optional("on-behalf-of") {
            parts.append(.onBehalfOf(principals(field)))
        }
        if let field = scope.optional("targets") { parts += targets(field) }
        if let field = scope.optional("logins") {
            parts.append(.logins(items(field) { $0.textPattern() }))
        }
        if let field = scope.optional("times") {
            parts.append(.times(items(field) { $0.text(TimeWindow.expected, TimeWindow.init) }))
        }
        if let field = scope.optional("source-addresses") {
            parts.append(.sourceAddresses(items(field, addresses)))
        }
        if let field = scope.optional("claims") { parts.append(.claims(patterns(field))) }
        if let field = scope.optional("not"), let scope = read(field) { parts.append(.not(scope)) }
        return .all(parts)
    }

    private func items<Value>(_ field: YAMLField, _ read: (YAMLField) -> Value?) -> [Value] {
        let values = sets.values(field)
        if values.count > Self.maximumItems {
            field.refuse("exceeds the limit of \(Self.maximumItems) items")
        }
        return values.compactMap(read)
    }

    private func principals(_ field: YAMLField) -> [PrincipalPattern] {
        items(field) { $0.text(PrincipalPattern.expected, PrincipalPattern.init) }
    }

    private func targets(_ field: YAMLField) -> [RuleScope] {
        guard let targets = field.mapping(Self.targetKeys) else { return [] }
        if targets.isEmpty { field.refuse("expected `names`, `labels` or both") }
        var parts: [RuleScope] = []
        if let field = targets.optional("names") {
            parts.append(.targetNames(items(field) { $0.textPattern() }))
        }
        if let field = targets.optional("labels") { parts.append(.targetLabels(patterns(field))) }
        return parts
    }

    /// A mapping from names to a pattern or a list of patterns.
    private func patterns(_ field: YAMLField) -> [String: [TextPattern]] {
        var patterns: [String: [TextPattern]] = [:]
        for (_, value) in field.entries() ?? [] {
            patterns[value.name] = items(value) { $0.textPattern() }
        }
        if patterns.isEmpty { field.refuse("expected at least one entry") }
        return patterns
    }

    private func addresses(_ field: YAMLField) -> AddressRange? {
        guard let text = field.text() else { return nil }
        do throws(WireError) {
            return try AddressRange(parsing: text)
        } catch {
            field.refuse("expected an address or block like `192.0.2.0/24`, found \(text.quoted)")
            return nil
        }
    }
}
