internal import CommandAnalysis
internal import StrictYAML

/// What one rule says, in words for whoever has to live with it.
package struct RuleExplanation: Hashable, Sendable {
    package let lines: [String]

    init(_ rule: Rule, of document: Policy.Document) {
        var lines = ["\(rule.id)"]
        let effect =
            switch rule.effect {
            case .forbid: "forbids"
            case .permit: "permits"
            case .review: "lets run after an approval"
            }
        lines.append("  \(effect): \(Self.words(rule.actions))")
        if rule.isOtherwise { lines.append("  only where no other permit or review holds") }
        let scopes = [document.scope, rule.scope].compactMap(\.self).flatMap(\.words)
        lines += Self.list("for", scopes.isEmpty ? ["every request"] : scopes)
        if let condition = rule.condition { lines += Self.list("where", condition.words) }
        if !rule.obligations.isEmpty {
            lines += Self.list("with", rule.obligations.map(\.words))
        }
        if let reason = rule.reason { lines.append("  because: \(reason)") }
        if let instead = rule.instead { lines.append("  instead: \(instead)") }
        switch document.mode {
        case .enforce: break
        case .observe:
            lines.append("  observed only, but for `guard.escape` and `audit.tamper`")
        case .observeEverything: lines.append("  observed only")
        }
        lines.append("  of the policy `\(document.name)`")
        if rule.actions.count < Action.allCases.count {
            let pages = rule.actions.map(\.rawValue).sorted().map { "docs/actions/\($0).md" }
            lines += Self.list("see", pages)
        } else {
            lines.append("  see: docs/actions.md")
        }
        self.lines = lines
    }

    private static func list(_ head: String, _ items: [String]) -> [String] {
        items.count == 1
            ? ["  \(head): \(items[0])"] : ["  \(head):"] + items.map { "    \($0)" }
    }

    /// A whole family by its pattern, all of them as one word.
    private static func words(_ actions: Set<Action>) -> String {
        if actions.count == Action.allCases.count { return "any action" }
        var words: [String] = []
        for action in Action.allCases where actions.contains(action) {
            let family = action.family
            let isWhole = actions.isSuperset(of: Action.allCases.filter { $0.family == family })
            let word = isWhole ? "`\(family).*`" : "`\(action.rawValue)`"
            if !words.contains(word) { words.append(word) }
        }
        return words.joined(separator: ", ")
    }
}

extension Action {
    /// What stands before the point: `file`.
    fileprivate var family: Substring { rawValue.prefix { $0 != "." } }
}

extension Policy {
    /// What the rule of this id says; nil where there is none.
    package func explanation(ofRule name: String) -> RuleExplanation? {
        guard let rule = rules.first(where: { $0.id.name.utf8.elementsEqual(name.utf8) }) else {
            return nil
        }
        return RuleExplanation(rule, of: documents[rule.document])
    }

    /// The ids that somebody may have meant, the closest alone where there is one.
    package func rules(like name: String) -> [String] {
        let names = rules.map(\.id.name)
        if let closest = Suggestion.closest(to: name, among: names) { return [closest] }
        return names.filter { $0.contains(name) }
    }
}
