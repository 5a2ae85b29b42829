internal import Foundation
internal import PolicyEngine
internal import StrictYAML

/// Policy and knowledge files, found by the paths that somebody names.
struct RuleFiles {
    /// The folder beside policies in which their knowledge is looked for.
    static let knowledgeFolder = "knowledge"

    private(set) var files: [SourceFile] = []
    /// The directories and files that the knowledge came from.
    private(set) var knowledgePlaces: [String] = []

    /// Reads files and directories; what cannot be read is a finding in the error.
    ///
    /// Of a directory all `*.yaml` are read, and those of its folder `knowledge`; a policy file brings
    /// the folder `knowledge` beside it.
    init(_ paths: [String]) throws(RefusedFiles) {
        let findings = Findings()
        for path in paths {
            if Self.isDirectory(path) {
                addDirectory(path, findings)
                addKnowledge(in: path, findings)
            } else if add(path, findings) == .policy {
                addKnowledge(in: CaseFiles.directory(of: path), findings)
            }
        }
        _ = try findings.conclude(findings.hasErrors ? nil : true)
    }

    /// Files that are read already.
    init(files: [SourceFile]) {
        for file in files { _ = note(file) }
    }

    private var hasKnowledge: Bool { files.contains { RuleFileKind($0) == .knowledge } }

    /// The book of all files.
    ///
    /// Policies without knowledge are read with a warning: every program is unknown to them.
    func book() throws(RefusedFiles) -> Accepted<RuleBook> {
        let accepted = try RuleBook.read(files)
        var warnings = accepted.warnings
        if !hasKnowledge, let first = files.first {
            let message =
                "no knowledge is beside it or named: every program is `program.unknown`"
            warnings.append(Finding(.warning, message, at: SourceLocation(file: first.name)))
        }
        return Accepted(accepted.value, warnings: warnings)
    }

    var policies: [SourceFile] { files.filter { RuleFileKind($0) == .policy } }

    private mutating func addKnowledge(in directory: String, _ findings: Findings) {
        let folder = CaseFiles.path(Self.knowledgeFolder, in: directory)
        if Self.isDirectory(folder) { addDirectory(folder, findings) }
    }

    private mutating func addDirectory(_ path: String, _ findings: Findings) {
        for name in Self.names(in: path, findings: findings) {
            let file = CaseFiles.path(name, in: path)
            if name.hasSuffix(".yaml") {
                add(file, findings)
            } else if name.hasSuffix(".yml") {
                findings.error(
                    "would not be read: only `*.yaml` is, so give it that name",
                    at: SourceLocation(file: file)
                )
            }
        }
    }

    /// What the file is; nil where it is neither, cannot be read, or is read already.
    @discardableResult
    private mutating func add(_ path: String, _ findings: Findings) -> RuleFileKind? {
        guard !files.contains(where: { $0.name == path }),
            let bytes = FileContents.read(path, findings: findings)
        else { return nil }
        return note(SourceFile(name: path, bytes: bytes))
    }

    private mutating func note(_ file: SourceFile) -> RuleFileKind? {
        files.append(file)
        let kind = RuleFileKind(file)
        if kind == .knowledge {
            let directory = CaseFiles.directory(of: file.name)
            let place = directory.isEmpty ? file.name : directory
            if !knowledgePlaces.contains(place) { knowledgePlaces.append(place) }
        }
        return kind
    }

    /// The names in a directory, sorted, hidden files left out.
    static func names(in directory: String, findings: Findings) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            findings.error("cannot be read", at: SourceLocation(file: directory))
            return []
        }
    }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }
}

/// Reads the files that a command is given.
enum FileContents {
    /// All bytes of a file of bounded size, or nil with a finding.
    static func read(
        _ path: String,
        maximumBytes: Int = YAMLLimits.fileBytes,
        findings: Findings
    ) -> [UInt8]? {
        let place = SourceLocation(file: path)
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            let bytes = [UInt8](try handle.read(upToCount: maximumBytes + 1) ?? Data())
            guard bytes.count <= maximumBytes else {
                findings.error("exceeds the limit of \(maximumBytes) bytes", at: place)
                return nil
            }
            return bytes
        } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            findings.error(isThere ? "cannot be read" : "does not exist", at: place)
            return nil
        }
    }
}
