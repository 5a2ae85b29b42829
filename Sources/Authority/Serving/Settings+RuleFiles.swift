import PolicyEngine
import StrictYAML

extension Settings {
    /// Policies and knowledge as bytes: the deciders read what is read here.
    ///
    /// Clients read the names of these files in refusals: what lies beside the settings is named from
    /// there on.
    func ruleFiles(besides settingsPath: String) throws(RefusedFiles) -> [SourceFile] {
        let directory = FileFacts.parents(of: settingsPath).first.map { $0 + "/" } ?? "/"
        return try RuleFiles.read(policyPaths).map { file in
            guard file.name.hasPrefix(directory) else { return file }
            return SourceFile(name: String(file.name.dropFirst(directory.count)), bytes: file.bytes)
        }
    }
}

/// Finds the files of policies and knowledge on disk.
enum RuleFiles {
    /// The folder of a policy directory that is read with it.
    static let knowledgeFolder = "knowledge"

    /// The files that these paths lead to, in the order of paths and names.
    static func read(_ paths: [ConfiguredPath]) throws(RefusedFiles) -> [SourceFile] {
        let findings = Findings()
        var files: [SourceFile] = []
        for path in paths {
            for name in names(of: path, findings) {
                guard let bytes = ConfigurationFile.read(name, findings: findings) else { continue }
                files.append(SourceFile(name: name, bytes: bytes))
            }
        }
        return try findings.conclude(findings.hasErrors ? nil : files).value
    }

    private static func names(of path: ConfiguredPath, _ findings: Findings) -> [String] {
        switch ConfigurationFile.isDirectory(path.path) {
        case true:
            let folder = path.path + "/" + knowledgeFolder
            let inFolder =
                ConfigurationFile.isDirectory(folder) == true
                ? ConfigurationFile.yamlFiles(in: folder, findings: findings) ?? [] : []
            return (ConfigurationFile.yamlFiles(in: path.path, findings: findings) ?? []) + inFolder
        case false: return [path.path]
        // Opening it says what is wrong.
        case nil: return path.isDefault ? [] : [path.path]
        }
    }
}
