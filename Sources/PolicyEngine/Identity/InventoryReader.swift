package import StrictYAML

extension Inventory {
    /// Reads `inventory.yaml` and the files of `inventory.d` as one inventory.
    ///
    /// All findings of all files are in the error.
    package static func read(
        _ files: [SourceFile]
    ) throws(RefusedFiles) -> Accepted<Inventory> {
        let findings = Findings()
        var draft = InventoryDraft()
        for file in files {
            guard
                let root = YAMLFile.root(of: file.bytes, file: file.name, findings: findings)
            else { continue }
            InventoryReader.read(
                YAMLField(root, name: "inventory", findings: findings),
                into: &draft
            )
        }
        var linker = InventoryLinker(draft: draft, findings: findings)
        return try findings.conclude(linker.link())
    }
}

/// Reads the top level of an inventory file.
enum InventoryReader {
    static let keys = [
        "roles", "principals", "certificate-authorities", "revoked", "targets", "grants",
    ]

    static func read(_ field: YAMLField, into draft: inout InventoryDraft) {
        guard let file = field.mapping(keys) else { return }
        if let roles = file.optional("roles") {
            draft.hasDeclaredRoles = true
            draft.declaredRoles += roles.items { $0.role() } ?? []
        }
        for (name, value) in file.optional("principals")?.entries() ?? [] {
            if let entry = PrincipalReader.read(name, value) { draft.principals.append(entry) }
        }
        for (name, value) in file.optional("certificate-authorities")?.entries() ?? [] {
            if let entry = AuthorityReader.read(name, value) { draft.authorities.append(entry) }
        }
        if let revoked = file.optional("revoked") {
            RevocationReader.read(revoked, into: &draft)
        }
        for (name, value) in file.optional("targets")?.entries() ?? [] {
            if let target = TargetReader.read(name, value) { draft.targets.append(target) }
        }
        draft.grants += file.optional("grants")?.items(GrantReader.read) ?? []
    }
}
