package import CommandAnalysis
package import StrictYAML

/// Policies and the knowledge they stand on: all that a command line is judged by.
package struct RuleBook: Sendable {
    package let policy: Policy
    package let knowledge: KnowledgeBase

    package init(policy: Policy, knowledge: KnowledgeBase) {
        self.policy = policy
        self.knowledge = knowledge
    }

    /// Reads policy and knowledge files as one book; their order means nothing.
    ///
    /// All findings of all files are in the error, and so is a file that is neither.
    package static func read(
        _ files: [SourceFile]
    ) throws(RefusedFiles) -> Accepted<RuleBook> {
        var findings: [Finding] = []
        var sorted: [RuleFileKind: [SourceFile]] = [:]
        for file in files {
            if let kind = RuleFileKind(file) {
                sorted[kind, default: []].append(file)
            } else {
                let message = "expected `policy` or `knowledge` as its first key"
                findings.append(Finding(.error, message, at: SourceLocation(file: file.name)))
            }
        }
        let policy = collect(&findings) { () throws(RefusedFiles) in
            try Policy.read(sorted[.policy] ?? [])
        }
        let knowledge = collect(&findings) { () throws(RefusedFiles) in
            try KnowledgeBase.read(sorted[.knowledge] ?? [])
        }
        guard let policy, let knowledge, !findings.contains(where: { $0.severity == .error })
        else { throw RefusedFiles(findings: findings) }
        return Accepted(RuleBook(policy: policy, knowledge: knowledge), warnings: findings)
    }

    private static func collect<Value>(
        _ findings: inout [Finding],
        _ read: () throws(RefusedFiles) -> Accepted<Value>
    ) -> Value? {
        do throws(RefusedFiles) {
            let accepted = try read()
            findings += accepted.warnings
            return accepted.value
        } catch {
            findings += error.findings
            return nil
        }
    }
}
