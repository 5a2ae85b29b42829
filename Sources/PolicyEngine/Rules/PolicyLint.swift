import CommandAnalysis
import StrictYAML

/// What only shows when all rules of all files are looked at together.
enum PolicyLint {
    static func check(_ drafts: [PolicyDraft], findings: Findings) {
        checkNames(drafts, findings)
        checkModes(drafts, findings)
        for (number, draft) in drafts.enumerated() {
            for rule in draft.rules where rule.effect != .forbid {
                checkReach(of: rule, in: number, drafts, findings)
                checkClaims(of: rule, in: draft, findings)
            }
        }
    }

    private static func checkNames(_ drafts: [PolicyDraft], _ findings: Findings) {
        var policies: [String: SourceLocation] = [:]
        var rules: [String: SourceLocation] = [:]
        for draft in drafts {
            note(draft.name, "policy", in: &policies, findings)
            for rule in draft.rules { note(rule.name, "rule", in: &rules, findings) }
        }
    }

    private static func note(
        _ name: Located<String>,
        _ kind: String,
        in names: inout [String: SourceLocation],
        _ findings: Findings
    ) {
        if let earlier = names[name.value] {
            findings.error(
                "duplicate \(kind) \(name.value.quoted), first at \(earlier)",
                at: name.location
            )
        } else {
            names[name.value] = name.location
        }
    }

    /// Two files for the same requests of which one enforces: the other only records.
    private static func checkModes(_ drafts: [PolicyDraft], _ findings: Findings) {
        for (number, draft) in drafts.enumerated() {
            let other = drafts.prefix(number).first {
                $0.scope == draft.scope && $0.mode != draft.mode
            }
            guard let other else { continue }
            findings.warning(
                "\(draft.name.value.quoted) is for the same requests as \(other.name.value.quoted) "
                    + "and has another mode: what observes adds nothing to what is enforced",
                at: draft.name.location
            )
        }
    }

    /// Says where a permit or review never holds, because all that it is about is forbidden.
    private static func checkReach(
        of rule: RuleDraft,
        in number: Int,
        _ drafts: [PolicyDraft],
        _ findings: Findings
    ) {
        var rest = rule.selection.actions
        var shadows: [String] = []
        for draft in drafts
        where draft.mode == .enforce && (draft.scope == nil || draft.scope == drafts[number].scope)
        {
            for other in draft.rules
            where other.effect == .forbid && other.condition == nil && !other.isOtherwise
                && (other.scope == nil || other.scope == rule.scope)
                && !rest.isDisjoint(with: other.selection.actions)
            {
                rest.subtract(other.selection.actions)
                shadows.append(other.name.value)
            }
        }
        guard rest.isEmpty else { return }
        findings.warning(
            "\(rule.name.value.quoted) never holds: all of it is forbidden by "
                + shadows.quotedList,
            at: rule.name.location
        )
    }

    /// Says where whoever asks may just claim what a permit wants.
    ///
    /// Nobody confirms claims. A `reason` is words for the record, and no fact to be confirmed; a
    /// review has somebody who looks.
    private static func checkClaims(
        of rule: RuleDraft,
        in draft: PolicyDraft,
        _ findings: Findings
    ) {
        guard rule.effect == .permit else { return }
        let wanted = rule.obligations.compactMap { obligation -> String? in
            guard case .claim(let name) = obligation, name != "reason" else { return nil }
            return name
        }
        let scoped = [draft.scope, rule.scope].compactMap(\.self).flatMap(\.claims)
        let claims = Set(wanted + scoped).sorted()
        guard !claims.isEmpty else { return }
        findings.warning(
            "\(rule.name.value.quoted): only a claim that nobody confirms stands between deny and "
                + "permit: \(claims.quotedList)",
            at: rule.name.location
        )
    }
}

extension RuleScope {
    /// The names of the claims that it asks for.
    fileprivate var claims: [String] {
        switch self {
        case .all(let parts): parts.flatMap(\.claims)
        case .not(let scope): scope.claims
        case .claims(let claims): Array(claims.keys)
        case .principals, .kinds, .roles, .onBehalfOf, .targetNames, .targetLabels, .logins,
            .times, .sourceAddresses:
            []
        }
    }
}
