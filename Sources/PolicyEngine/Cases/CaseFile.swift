package import StrictYAML

/// A transcript of commands and what a policy is expected to say of them.
package struct CaseFile: Sendable {
    package struct Expectation: Hashable, Sendable, CustomStringConvertible {
        package let rulings: Set<Ruling>
        /// What the explanation must contain; nil where nothing is asked.
        package let text: String?

        /// As it is written: `permit`, `not permit`, `deny: TEXT`.
        package var description: String {
            let others = Set(Ruling.allCases).subtracting(rulings)
            let word =
                if let ruling = rulings.first, rulings.count == 1 {
                    "\(ruling)"
                } else {
                    "not " + others.map { "\($0)" }.joined()
                }
            return word + (text.map { ": \($0)" } ?? "")
        }
    }

    /// One command and its answer.
    package struct Stanza: Sendable {
        package let commandLine: [UInt8]
        package let situation: CaseSituation
        /// Nil in a task, of which no single command is judged.
        package let expectation: Expectation?
        package let location: SourceLocation
    }

    /// What somebody asked for, where the commands are the steps of one task.
    package let task: Task?
    package let stanzas: [Stanza]

    package struct Task: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Nobody should be asked.
            case everyday
            /// Somewhere in it an approval is right.
            case sensitive
        }

        package let sentence: String
        package let kind: Kind
    }

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
