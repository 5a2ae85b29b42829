import StrictYAML

extension [ConfiguredPath] {
    /// The files that these paths lead to, in the order of paths and names.
    ///
    /// Of a directory its `*.yaml` are read, and behind them those of a folder in it, where one is
    /// named and there.
    func read(withFolder folder: String? = nil) throws(RefusedFiles) -> [SourceFile] {
        let findings = Findings()
        var files: [SourceFile] = []
        for path in self {
            for name in path.files(withFolder: folder, findings) {
                guard let bytes = ConfigurationFile.read(name, findings: findings) else { continue }
                files.append(SourceFile(name: name, bytes: bytes))
            }
        }
        return try findings.conclude(findings.hasErrors ? nil : files).value
    }
}

extension ConfiguredPath {
    fileprivate func files(withFolder folder: String?, _ findings: Findings) -> [String] {
        switch ConfigurationFile.isDirectory(path) {
        case true:
            var directories = [path]
            if let folder, ConfigurationFile.isDirectory("\(path)/\(folder)") == true {
                directories.append("\(path)/\(folder)")
            }
            return directories.flatMap {
                ConfigurationFile.yamlFiles(in: $0, findings: findings) ?? []
            }
        case false: return [path]
        // Opening it says what is wrong.
        case nil: return isDefault ? [] : [path]
        }
    }
}
