import CommandAnalysis
import StrictYAML

/// Which actions a rule is about: `file.delete`, `container.*`, `any`, or a list.
struct ActionSelection {
    private(set) var actions: Set<Action>

    init(actions: Set<Action>) { self.actions = actions }

    /// Nil where the field is no such selection.
    init?(_ field: YAMLField) {
        self.init(actions: [])
        let items: [YAMLField]
        switch field.node.content {
        case .sequence([]):
            field.refuse("expected at least one action")
            return nil
        case .sequence: items = field.items() ?? []
        case .scalar, .mapping: items = [field]
        }
        for item in items {
            guard let text = item.text() else { return nil }
            guard add(text) else {
                Self.refuse(text, item)
                return nil
            }
        }
    }

    private mutating func add(_ text: String) -> Bool {
        if let action = Action(rawValue: text) {
            actions.insert(action)
            return true
        }
        if text == "any" {
            actions.formUnion(Action.allCases)
            return true
        }
        guard text.hasSuffix(".*") else { return false }
        let family = Action.allCases.filter { $0.rawValue.hasPrefix(text.dropLast()) }
        actions.formUnion(family)
        return !family.isEmpty
    }

    private static func refuse(_ text: String, _ item: YAMLField) {
        let families = Set(Action.allCases.compactMap { $0.rawValue.split(separator: ".").first })
        let words = Action.allCases.map(\.rawValue) + families.sorted().map { $0 + ".*" } + ["any"]
        let guess = Suggestion.closest(to: text, among: words)
        let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
        item.refuse("unknown action \(text.quoted)\(hint)")
    }
}
