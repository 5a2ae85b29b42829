import StrictYAML

extension Settings {
    /// Policies and knowledge as bytes: the deciders read what is read here.
    ///
    /// Clients read the names of these files in refusals: what lies beside the settings is named from
    /// there on.
    func ruleFiles(besides settingsPath: String) throws(RefusedFiles) -> [SourceFile] {
        let directory = FileFacts.parents(of: settingsPath).first.map { $0 + "/" } ?? "/"
        return try policyPaths.read(withFolder: "knowledge").map { file in
            guard file.name.hasPrefix(directory) else { return file }
            return SourceFile(name: String(file.name.dropFirst(directory.count)), bytes: file.bytes)
        }
    }
}
