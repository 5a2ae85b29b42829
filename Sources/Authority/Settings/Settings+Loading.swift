package import PolicyEngine
package import StrictYAML

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Settings {
    /// Reads the bytes of a settings file whose relative paths begin at an absolute directory.
    package static func read(
        _ bytes: [UInt8],
        file: String,
        directory: String
    ) throws(RefusedFiles) -> Accepted<Settings> {
        let findings = Findings()
        let root = YAMLFile.root(of: bytes, file: file, findings: findings)
        let reader = SettingsReader(
            findings: findings,
            paths: SettingsPaths(directory: directory)
        )
        return try findings.conclude(root.flatMap(reader.read))
    }

    /// Reads a settings file from disk.
    package static func load(path: String) throws(RefusedFiles) -> Accepted<Settings> {
        let findings = Findings()
        guard let bytes = ConfigurationFile.read(path, findings: findings) else {
            throw RefusedFiles(findings: findings.sorted)
        }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) + "/" } ?? ""
        let base = directory.hasPrefix("/") ? directory : currentDirectory() + "/" + directory
        let accepted = try read(bytes, file: path, directory: base)
        return Accepted(accepted.value, warnings: findings.sorted + accepted.warnings)
    }

    /// Reads the inventory that these settings name from disk.
    ///
    /// An administrator whom the inventory does not know is a warning.
    package func loadInventory() throws(RefusedFiles) -> Accepted<Inventory> {
        let findings = Findings()
        var files: [InventoryFile] = []
        for path in inventoryPaths {
            for file in Self.files(of: path, findings: findings) {
                guard let bytes = ConfigurationFile.read(file, findings: findings) else { continue }
                files.append(InventoryFile(name: file, bytes: bytes))
            }
        }
        do throws(RefusedFiles) {
            let accepted = try Inventory.read(files)
            guard !findings.hasErrors else {
                throw RefusedFiles(findings: findings.sorted + accepted.warnings)
            }
            for administrator in administrators
            where accepted.value.principal(named: administrator.principal) == nil {
                findings.warning(
                    "the administrator `\(administrator.principal)` is not in the inventory",
                    at: SourceLocation(file: inventoryPaths.first?.path ?? "")
                )
            }
            return Accepted(accepted.value, warnings: findings.sorted + accepted.warnings)
        } catch {
            guard findings.hasErrors else { throw error }
            // What a missing file would have held is unknown everywhere else: say the cause first.
            let known = Set(findings.sorted)
            let others = error.findings.filter { !known.contains($0) }
            throw RefusedFiles(findings: findings.sorted + others)
        }
    }

    private static func files(of path: InventoryPath, findings: Findings) -> [String] {
        switch ConfigurationFile.isDirectory(path.path) {
        case true: ConfigurationFile.yamlFiles(in: path.path, findings: findings) ?? []
        case false: [path.path]
        // Opening it says what is wrong.
        case nil: path.isDefault ? [] : [path.path]
        }
    }

    private static func currentDirectory() -> String {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}
