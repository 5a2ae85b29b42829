import StrictYAML

/// Resolves what grants refer to.
struct GrantLinker {
    private let draft: InventoryDraft
    private let targets: [Target]
    private let findings: Findings
    private let roles: Set<Role>
    private let principals: Set<PrincipalName>
    private let targetNumbers: [TargetName: Int]
    /// For each label the targets that bear it.
    private let labelled: [Label: [Int]]

    private struct Label: Hashable {
        let name: String
        let value: String
    }

    init(draft: InventoryDraft, targets: [Target], findings: Findings) {
        self.draft = draft
        self.targets = targets
        self.findings = findings
        roles = Set(
            draft.hasDeclaredRoles
                ? draft.declaredRoles.map(\.value)
                : draft.principals.flatMap { $0.roles.map(\.value) }
        )
        principals = Set(draft.principals.map(\.name.value))
        targetNumbers = Dictionary(zip(targets.map(\.name), targets.indices)) { first, _ in first }
        var labelled: [Label: [Int]] = [:]
        for (number, target) in targets.enumerated() {
            for (name, value) in target.labels {
                labelled[Label(name: name, value: value), default: []].append(number)
            }
        }
        self.labelled = labelled
    }

    func link() -> [Grant] {
        var names: [String: SourceLocation] = [:]
        return draft.grants.map { entry in
            if let name = entry.name {
                if let earlier = names[name.value] {
                    findings.error(
                        "duplicate grant \(name.value.quoted), first at \(earlier)",
                        at: name.location
                    )
                }
                names[name.value] = name.location
            }
            return grant(entry)
        }
    }

    private func grant(_ entry: InventoryDraft.GrantEntry) -> Grant {
        for role in entry.roles where !roles.contains(role.value) {
            let remedy =
                draft.hasDeclaredRoles
                ? "add it to `roles`" : "no principal has it and there is no list `roles`"
            findings.error("unknown role `\(role.value)`: \(remedy)", at: role.location)
        }
        for principal in entry.principals where !principals.contains(principal.value) {
            findings.error("unknown principal `\(principal.value)`", at: principal.location)
        }
        let selected = select(entry)
        let offered = Set(selected.flatMap { targets[$0].logins })
        if !selected.isEmpty {
            for login in entry.logins where !offered.contains(login.value) {
                findings.warning(
                    "no target of this grant offers the login `\(login.value)`",
                    at: login.location
                )
            }
        }
        return Grant(
            id: RuleID(name: entry.name?.value, location: entry.location),
            roles: Set(entry.roles.map(\.value)),
            principals: Set(entry.principals.map(\.value)),
            logins: Set(entry.logins.map(\.value)),
            requests: entry.requests,
            targets: TargetSet(selected, of: targets.count)
        )
    }

    private func select(_ entry: InventoryDraft.GrantEntry) -> [Int] {
        switch entry.selection {
        case .names(let names):
            return names.compactMap { name in
                guard let number = targetNumbers[name.value] else {
                    findings.error("unknown target `\(name.value)`", at: name.location)
                    return nil
                }
                return number
            }
        case .labels(let labels):
            let sets = labels.map { Set(labelled[Label(name: $0.key, value: $0.value)] ?? []) }
            guard let first = sets.first else { return [] }
            let selected = sets.dropFirst().reduce(first) { $0.intersection($1) }
            if selected.isEmpty {
                let list = labels.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                findings.warning(
                    "no target has the labels \(list.quotedList)",
                    at: entry.location
                )
            }
            return Array(selected)
        }
    }
}
