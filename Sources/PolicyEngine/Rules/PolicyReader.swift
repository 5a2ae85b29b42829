import StrictYAML

/// Reads the top level of a policy file.
enum PolicyReader {
    static let keys = [
        "policy", "name", "mode", "observe", "applies", "file-transfer", "sets", "rules",
    ]
    /// LIMIT: rules of one file; a typical one has about fifty.
    static let maximumRules = 2000
    /// The version of the format.
    static let version = 1

    private enum Mode: String, CaseIterable {
        case enforce, observe
    }

    private enum Observed: String, CaseIterable {
        case everything
    }

    private enum FileTransfer: String, CaseIterable {
        case unchecked
    }

    static func read(_ field: YAMLField) -> PolicyDraft? {
        guard let file = field.mapping(keys) else { return nil }
        _ = file.required("policy")?.integer(in: version...version)
        let name = file.required("name")?.plainName("a policy's name")
        let mode = mode(file)
        let transfer: FileTransfer? = file.optional("file-transfer")?.choice()
        let sets = PolicySets(file.optional("sets"))
        let scope = file.optional("applies").flatMap { ScopeReader(sets: sets).read($0) }
        let items = file.required("rules")?.items() ?? []
        if items.count > maximumRules {
            file.field.refuse("exceeds the limit of \(maximumRules) rules")
        }
        let reader = RuleReader(sets: sets)
        let rules = items.prefix(maximumRules).compactMap(reader.read)
        sets.warnOfUnused(field.findings)
        guard let name else { return nil }
        return PolicyDraft(
            name: name,
            mode: mode,
            scope: scope,
            permitsUncheckedTransfer: transfer == .unchecked,
            rules: rules
        )
    }

    private static func mode(_ file: YAMLMapping) -> PolicyMode {
        let mode: Mode = file.optional("mode")?.choice() ?? .enforce
        let observed: Observed? = file.optional("observe")?.choice()
        switch (mode, observed) {
        case (.enforce, nil): return .enforce
        case (.observe, nil): return .observe
        case (.observe, .everything?): return .observeEverything
        case (.enforce, .everything?):
            file.optional("observe")?.refuse("is for `mode: observe` only")
            return .enforce
        }
    }
}
