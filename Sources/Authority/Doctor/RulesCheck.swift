import CommandAnalysis
import PlainText
import PolicyEngine
import StrictYAML

/// Whether policies and knowledge are read as they are, and what they let through.
enum RulesCheck {
    private static let subject = "policies"
    private static let remedy = "change the file, then `sallyport reload`"

    static func run(_ settings: Settings, settingsPath: String) -> [Diagnosis] {
        do throws(RefusedFiles) {
            let files = try settings.ruleFiles(besides: settingsPath)
            let accepted = try RuleBook.read(files)
            return findings(accepted, settingsPath)
        } catch {
            return [
                .error(
                    subject,
                    error.description,
                    "docs/formats/policy.md and docs/formats/knowledge.md describe every key; the "
                        + "bastion keeps what it had until this is accepted"
                )
            ]
        }
    }

    private static func findings(
        _ accepted: Accepted<RuleBook>,
        _ settingsPath: String
    ) -> [Diagnosis] {
        let book = accepted.value
        guard !book.policy.documents.isEmpty else {
            return [.error(subject, Snapshot.withoutPolicy(settingsPath).unmarked, remedyWithout)]
        }
        let warnings =
            accepted.warnings.map { Diagnosis.warning(subject, $0.unmarked, remedy) }
            + book.policy.documents.flatMap(leniencies) + withoutKnowledge(book)
        let counts =
            "\(book.policy.documents.count.counted("file")) with "
            + "\(book.policy.rules.count.counted("rule")), "
            + "\(book.knowledge.programs.count.counted("known program"))"
        return [.ok(subject, counts)] + warnings
    }

    private static let remedyWithout =
        "docs/policy-guide.md begins with one; `policies` in the settings says where they are"

    /// What a policy lets through on purpose, so that nobody forgets it.
    private static func leniencies(_ document: Policy.Document) -> [Diagnosis] {
        var findings: [Diagnosis] = []
        let name = "`\(document.name)`"
        switch document.mode {
        case .enforce: break
        case .observe:
            let text = "\(name) only observes: what it would deny or send to review runs"
            findings.append(.warning(subject, text, "`mode: enforce` when its findings are right"))
        case .observeEverything:
            let text = "\(name) only observes, and does not even guard the bastion's own hold"
            findings.append(.warning(subject, text, "leave `observe: everything` out"))
        }
        if document.permitsUncheckedTransfer {
            let text = "\(name) lets people move files over SFTP that nobody looks at"
            findings.append(.warning(subject, text, "leave `file-transfer: unchecked` out"))
        }
        return findings
    }

    private static func withoutKnowledge(_ book: RuleBook) -> [Diagnosis] {
        guard book.knowledge.programs.isEmpty else { return [] }
        return [
            .warning(
                subject,
                "no knowledge is read, so every program is unknown",
                "add the folder `policies/knowledge` of Sallyport to `policies` in the settings"
            )
        ]
    }
}
