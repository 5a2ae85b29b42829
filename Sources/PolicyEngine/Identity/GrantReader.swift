import StrictYAML

/// Reads one item of `grants`.
enum GrantReader {
    static let keys = ["name", "roles", "principals", "targets", "logins", "requests"]
    /// LIMIT: what one grant lists.
    static let maximumItems = 10_000

    static func read(_ item: YAMLField) -> InventoryDraft.GrantEntry? {
        guard let entry = item.mapping(keys) else { return nil }
        let name = entry.optional("name")?.plainName("a grant's name")
        let roles = entry.optional("roles").map { some($0) { $0.role() } }
        let principals = entry.optional("principals").map { some($0) { $0.principalName() } }
        if roles == nil, principals == nil {
            item.findings.error(
                "a grant says to whom by `roles` or `principals`",
                at: item.location
            )
        }
        let selection = entry.required("targets").flatMap(selection)
        let logins = entry.required("logins").map { some($0) { $0.login() } }
        let requests = entry.required("requests").map { field in
            some(field) { (item: YAMLField) -> Located<RequestKind>? in
                item.choice().map { Located($0, at: item.location) }
            }
        }
        guard let selection, let logins, let requests else { return nil }
        return InventoryDraft.GrantEntry(
            name: name,
            location: item.location,
            roles: roles ?? [],
            principals: principals ?? [],
            selection: selection,
            logins: logins,
            requests: Set(requests.map(\.value))
        )
    }

    private static func selection(_ field: YAMLField) -> InventoryDraft.Selection? {
        guard let entry = field.mapping(["names", "labels"]) else { return nil }
        switch (entry.optional("names"), entry.optional("labels")) {
        case (let names?, nil):
            return .names(some(names) { $0.targetName() })
        case (nil, let labels?):
            let selected = LabelReader.read(labels)
            if case .mapping([]) = labels.node.content {
                labels.refuse("expected at least one label")
            }
            return .labels(selected)
        case (nil, nil), (_?, _?):
            field.refuse("expected either `names` or `labels`")
            return nil
        }
    }

    /// A list that is not empty: an empty one grants nothing and looks as if it granted all.
    private static func some<Value: Hashable & Sendable>(
        _ field: YAMLField,
        _ read: (YAMLField) -> Located<Value>?
    ) -> [Located<Value>] {
        if case .sequence([]) = field.node.content { field.refuse("expected at least one item") }
        return field.uniqueItems(maximumCount: maximumItems, read)
    }
}
