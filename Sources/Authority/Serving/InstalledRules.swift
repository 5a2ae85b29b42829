package import PolicyEngine
package import StrictYAML

/// The inventory and the policies that a bastion with some settings would serve, for whoever asks
/// without one.
package struct InstalledRules: Sendable {
    package let inventory: Inventory
    /// Policies and knowledge, named as refusals name them.
    package let files: [SourceFile]

    /// Reads what the settings name; it blocks.
    package static func load(
        settingsPath: String
    ) throws(RefusedFiles) -> Accepted<InstalledRules> {
        let settings = try Settings.load(path: settingsPath)
        let inventory = try settings.value.inventory(of: try settings.value.inventoryFiles())
        let files = try settings.value.ruleFiles(besides: settingsPath)
        return Accepted(
            InstalledRules(inventory: inventory.value, files: files),
            warnings: settings.warnings + inventory.warnings
        )
    }
}
