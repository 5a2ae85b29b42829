internal import CommandAnalysis
package import StrictYAML

/// All policy files together, read once and never changed.
package struct Policy: Sendable {
    /// What one file says of all of its rules.
    package struct Document: Sendable {
        package let name: String
        package let mode: PolicyMode
        /// Nil where the file is for every request.
        let scope: RuleScope?
        /// Whether files are moved over SFTP although nobody looks at the paths yet.
        package let permitsUncheckedTransfer: Bool
    }

    package let documents: [Document]
    /// In the order of the files.
    package let rules: [Rule]
    /// For each action, by its number, the numbers of the rules that are about it.
    private let rulesOfAction: [[Int]]

    init(documents: [Document], rules: [Rule]) {
        self.documents = documents
        self.rules = rules
        var rulesOfAction = [[Int]](repeating: [], count: Action.allCases.count)
        for (number, rule) in rules.enumerated() {
            for action in rule.actions { rulesOfAction[action.number].append(number) }
        }
        self.rulesOfAction = rulesOfAction
    }

    func numbers(ofRulesFor action: Action) -> [Int] { rulesOfAction[action.number] }

    /// For each file whether it is for a request.
    func scopes(of context: RequestContext) -> [PatternMatch] {
        documents.map { $0.scope?.match(context) ?? .yes }
    }

    /// What the files do with what they say, where these are their scopes.
    ///
    /// One that enforces is enough, and so is none at all; of those that observe the stricter counts.
    func mode(for scopes: [PatternMatch]) -> PolicyMode {
        var mode: PolicyMode?
        for (document, scope) in zip(documents, scopes) where scope != .no {
            switch document.mode {
            case .enforce: return .enforce
            case .observe: if scope == .yes { mode = .observe }
            case .observeEverything: if scope == .yes, mode == nil { mode = .observeEverything }
            }
        }
        return mode ?? .enforce
    }
}

extension Policy {
    /// Reads policy files as one policy.
    ///
    /// All findings of all files are in the error.
    package static func read(_ files: [SourceFile]) throws(RefusedFiles) -> Accepted<Policy> {
        let findings = Findings()
        var drafts: [PolicyDraft] = []
        for file in files {
            guard
                let root = YAMLFile.root(of: file.bytes, file: file.name, findings: findings)
            else { continue }
            let field = YAMLField(root, name: "policy", findings: findings)
            if let draft = PolicyReader.read(field) { drafts.append(draft) }
        }
        PolicyLint.check(drafts, findings: findings)
        return try findings.conclude(Policy(drafts))
    }

    private init(_ drafts: [PolicyDraft]) {
        self.init(
            documents: drafts.map { draft in
                Document(
                    name: draft.name.value,
                    mode: draft.mode,
                    scope: draft.scope,
                    permitsUncheckedTransfer: draft.permitsUncheckedTransfer
                )
            },
            rules: drafts.enumerated().flatMap { number, draft in
                draft.rules.map { $0.rule(ofDocument: number) }
            }
        )
    }
}
