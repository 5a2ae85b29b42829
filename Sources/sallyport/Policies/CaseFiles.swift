internal import PolicyEngine
internal import StrictYAML

/// Transcripts on the disk.
enum CaseFiles {
    /// The files that paths mean; of a directory its `*.cases`.
    static func names(of paths: [String], findings: Findings) -> [String] {
        paths.flatMap { path -> [String] in
            guard RuleFiles.isDirectory(path) else { return [path] }
            let names = RuleFiles.names(in: path, findings: findings).filter {
                $0.hasSuffix(".cases")
            }
            if names.isEmpty {
                findings.error("holds no `*.cases`", at: SourceLocation(file: path))
            }
            return names.map { Self.path($0, in: path) }
        }
    }

    static func read(_ name: String) throws(RefusedFiles) -> CaseFile {
        let findings = Findings()
        let bytes = FileContents.read(name, findings: findings)
        return try CaseFile.read(try findings.conclude(bytes).value, name: name)
    }

    /// Empty for a name without one.
    static func directory(of name: String) -> String {
        guard let slash = name.lastIndex(of: "/") else { return "" }
        return slash == name.startIndex ? "/" : String(name[..<slash])
    }

    static func path(_ name: String, in directory: String) -> String {
        if name.hasPrefix("/") || directory.isEmpty { return name }
        return directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }
}

/// Books that were read, for transcripts of which many name the same files.
///
/// A class, because the transcripts of one run share it.
final class BookShelf {
    private var books: [[String]: Result<RuleBook, RefusedFiles>] = [:]
    private var knowledge: [[String]: RuleBook] = [:]

    func book(of paths: [String]) throws(RefusedFiles) -> RuleBook {
        if let book = books[paths] { return try book.get() }
        do throws(RefusedFiles) {
            let book = try read(paths)
            books[paths] = .success(book)
            return book
        } catch {
            books[paths] = .failure(error)
            throw error
        }
    }

    private func read(_ paths: [String]) throws(RefusedFiles) -> RuleBook {
        let files = try RuleFiles(paths)
        let sorted = files.files.map { (file: $0, kind: RuleFileKind($0)) }
        let isKnown = sorted.allSatisfy { $0.kind != nil }
        let names = sorted.filter { $0.kind == .knowledge }.map(\.file.name)
        let book: RuleBook
        if isKnown, let known = knowledge[names] {
            let policies = sorted.filter { $0.kind == .policy }.map(\.file)
            book = RuleBook(policy: try Policy.read(policies).value, knowledge: known.knowledge)
        } else {
            book = try files.book().value
        }
        knowledge[names] = book
        return book
    }
}
