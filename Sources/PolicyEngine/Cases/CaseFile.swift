package import ShellSyntax
package import StrictYAML

/// A transcript of commands and what a policy is expected to say of them.
package struct CaseFile: Sendable {
    package struct Expectation: Hashable, Sendable {
        package let ruling: Ruling
        /// What the explanation must contain; nil where nothing is asked.
        package let text: String?
    }

    /// One command and its answer.
    package struct Stanza: Sendable {
        package let commandLine: ShellText
        package let situation: CaseSituation
        package let expectation: Expectation
        package let location: SourceLocation
    }

    package let stanzas: [Stanza]

    /// Reads a file; all that is wrong with it is in the error.
    package static func read(
        _ bytes: [UInt8],
        name: String
    ) throws(RefusedFiles) -> CaseFile {
        let findings = Findings()
        var reader = CaseReader(file: name, findings: findings)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            findings.error("is not UTF-8", at: SourceLocation(file: name))
            return try findings.conclude(nil as CaseFile?).value
        }
        return try findings.conclude(reader.read(text)).value
    }
}
