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

    /// What to do where there is no settings file.
    static let missingRemedy =
        "`sallyport init DIR` makes one; --config FILE or $SALLYPORT_CONFIG says which one is meant"

    /// Whether a path leads to nothing.
    static func isMissing(_ path: String) -> Bool {
        unsafe access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)
    }

    /// Reads a settings file from disk.
    package static func load(path: String) throws(RefusedFiles) -> Accepted<Settings> {
        let findings = Findings()
        guard !isMissing(path) else {
            findings.error("does not exist: \(missingRemedy)", at: SourceLocation(file: path))
            throw RefusedFiles(findings: findings.sorted)
        }
        guard let bytes = ConfigurationFile.read(path, findings: findings) else {
            throw RefusedFiles(findings: findings.sorted)
        }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) + "/" } ?? ""
        let base = directory.hasPrefix("/") ? directory : currentDirectory() + "/" + directory
        let accepted = try read(bytes, file: path, directory: base)
        return Accepted(accepted.value, warnings: findings.sorted + accepted.warnings)
    }

    private static func currentDirectory() -> String {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}
