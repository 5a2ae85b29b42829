package import CommandAnalysis
package import StrictYAML

extension KnowledgeBase {
    /// Reads the files as one base; their order means nothing.
    ///
    /// All findings of all files are in the error.
    package static func read(
        _ files: [SourceFile]
    ) throws(RefusedFiles) -> Accepted<KnowledgeBase> {
        let findings = Findings()
        guard files.count <= KnowledgeLimits.files else {
            findings.error(
                "knowledge exceeds the limit of \(KnowledgeLimits.files) files",
                at: SourceLocation(file: files[KnowledgeLimits.files].name)
            )
            return try findings.conclude(nil)
        }
        let draft = KnowledgeDraft(findings: findings)
        for file in files {
            guard
                let root = YAMLFile.root(of: file.bytes, file: file.name, findings: findings)
            else { continue }
            KnowledgeFileReader.read(
                YAMLField(root, name: "knowledge file", findings: findings),
                into: draft
            )
        }
        var linker = KnowledgeLinker(draft: draft)
        return try findings.conclude(linker.link())
    }
}
