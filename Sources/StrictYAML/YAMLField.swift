/// A value in a file together with what messages call it and where findings go.
package struct YAMLField {
    package let node: YAMLNode
    /// The key that it stands behind; the items of a list bear the list's.
    package let name: String
    package let findings: Findings

    package init(_ node: YAMLNode, name: String, findings: Findings) {
        self.node = node
        self.name = name
        self.findings = findings
    }

    package var location: SourceLocation { node.location }

    /// Adds a finding at this place that begins with this field's name.
    package func refuse(_ message: String) {
        findings.error("\(name.quoted): \(message)", at: location)
    }

    /// Adds a finding that says what was expected and what is there.
    func refuse(expected: String) {
        refuse("expected \(expected), found \(node.kind)")
    }

    /// The items of a list.
    package func items() -> [YAMLField]? {
        guard case .sequence(let items) = node.content else {
            let isEmpty = node.kind == "nothing"
            refuse(expected: isEmpty ? "a list (`[]` for none)" : "a list")
            return nil
        }
        guard items.count <= YAMLLimits.entries else {
            refuse("exceeds the limit of \(YAMLLimits.entries) items")
            return nil
        }
        return items.map { YAMLField($0, name: name, findings: findings) }
    }

    /// The items of a list, each read by the closure; what it refuses is left out.
    package func items<Value>(_ read: (YAMLField) -> Value?) -> [Value]? {
        items().map { $0.compactMap(read) }
    }

    /// The entries of a mapping whose keys are names that the file chooses.
    package func entries() -> [(key: YAMLField, value: YAMLField)]? {
        guard case .mapping(let entries) = node.content else {
            let isEmpty = node.kind == "nothing"
            refuse(expected: isEmpty ? "a mapping (`{}` for none)" : "a mapping")
            return nil
        }
        guard entries.count <= YAMLLimits.entries else {
            refuse("exceeds the limit of \(YAMLLimits.entries) entries")
            return nil
        }
        return entries.map { entry in
            (
                YAMLField(entry.key, name: name, findings: findings),
                YAMLField(entry.value, name: entry.name, findings: findings)
            )
        }
    }

    /// A mapping that may have these keys and no others.
    package func mapping(_ expectedKeys: [String]) -> YAMLMapping? {
        guard let entries = entries() else { return nil }
        return YAMLMapping(self, entries: entries, expectedKeys: expectedKeys)
    }
}
