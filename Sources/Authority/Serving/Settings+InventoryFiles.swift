import PolicyEngine
import StrictYAML

extension Settings {
    /// The inventory as bytes: what is read here and what the deciders read are the same.
    func inventoryFiles() throws(RefusedFiles) -> [SourceFile] {
        try inventoryPaths.read()
    }

    /// The inventory that these files hold; an administrator whom it does not know is a warning.
    func inventory(of files: [SourceFile]) throws(RefusedFiles) -> Accepted<Inventory> {
        let accepted = try Inventory.read(files)
        let unknown = administrators.filter { accepted.value.principal(named: $0.principal) == nil }
        let place = SourceLocation(file: inventoryPaths.first?.path ?? "")
        let warnings = unknown.map {
            Finding(
                .warning,
                "the administrator `\($0.principal)` is not in the inventory",
                at: place
            )
        }
        return Accepted(accepted.value, warnings: accepted.warnings + warnings)
    }
}
