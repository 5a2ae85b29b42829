import SSHWire
import StrictYAML

/// Reads one entry of `principals`.
enum PrincipalReader {
    static let keys = ["owner", "disabled", "keys", "roles"]
    /// LIMIT: more keys than a person or a program has.
    static let maximumKeys = 64

    static func read(_ name: YAMLField, _ value: YAMLField) -> InventoryDraft.PrincipalEntry? {
        let principal = name.principalName()
        guard let entry = value.mapping(keys) else { return nil }
        let isDisabled = entry.optional("disabled").map { $0.boolean() ?? true } ?? false
        let keys = entry.optional("keys")?.uniqueItems(maximumCount: maximumKeys) {
            $0.publicKey(mayNeedTouch: true)
        }
        let roles = entry.optional("roles")?.uniqueItems(maximumCount: Role.maximumCount) {
            $0.role()
        }
        guard let principal else { return nil }
        var owner: Located<PrincipalName>?
        switch principal.value.kind {
        case .agent:
            owner = entry.required("owner")?.principalName()
            if let owner, owner.value.kind != .human {
                value.findings.error(
                    "`owner`: an agent acts for a human, found `\(owner.value)`",
                    at: owner.location
                )
            }
        case .human, .service:
            entry.optional("owner")?.refuse("only an agent has an owner")
        }
        return InventoryDraft.PrincipalEntry(
            name: principal,
            owner: owner,
            isDisabled: isDisabled,
            keys: keys ?? [],
            roles: roles ?? []
        )
    }
}
