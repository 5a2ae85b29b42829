import PolicyEngine
import StrictYAML

extension Settings {
    /// The inventory as bytes: what is read here and what the deciders read are the same.
    func inventoryFiles() throws(RefusedFiles) -> [SourceFile] {
        let findings = Findings()
        var files: [SourceFile] = []
        for path in inventoryPaths {
            for file in Self.inventoryFileNames(of: path, findings: findings) {
                guard let bytes = ConfigurationFile.read(file, findings: findings) else { continue }
                files.append(SourceFile(name: file, bytes: bytes))
            }
        }
        return try findings.conclude(findings.hasErrors ? nil : files).value
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

    private static func inventoryFileNames(
        of path: ConfiguredPath,
        findings: Findings
    ) -> [String] {
        switch ConfigurationFile.isDirectory(path.path) {
        case true: ConfigurationFile.yamlFiles(in: path.path, findings: findings) ?? []
        case false: [path.path]
        // Opening it says what is wrong.
        case nil: path.isDefault ? [] : [path.path]
        }
    }
}
