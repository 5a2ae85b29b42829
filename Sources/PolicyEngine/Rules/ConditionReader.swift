import CommandAnalysis
import ShellSyntax
import StrictYAML

/// Reads `where` and `unless` of one rule.
struct ConditionReader {
    static let connectives = ["all", "any", "not", "surely"]
    static let commonKeys = ["certainty", "place", "program", "unknown", "user", "wrapper"]
    /// LIMIT: conditions of one list; they are all held against each action.
    static let maximumConditions = 100

    let selection: ActionSelection
    let sets: PolicySets

    /// Both together; nil where neither key is there.
    func read(where field: YAMLField?, unless exception: YAMLField?) -> RuleCondition? {
        let holds = field.map { read($0) }
        let fails = exception.map { RuleCondition.not(read($0)) }
        switch (holds, fails) {
        case (let holds?, let fails?): return .all([holds, fails])
        case (let one?, nil), (nil, let one?): return one
        case (nil, nil): return nil
        }
    }

    /// All entries of a mapping must hold.
    ///
    /// What is refused has its finding, so what stands for it here is never used.
    private func read(_ field: YAMLField) -> RuleCondition {
        guard let entries = field.entries() else { return .all([]) }
        if entries.isEmpty { field.refuse("expected at least one condition") }
        let parts = entries.compactMap { key, value in condition(key, value) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private func condition(_ key: YAMLField, _ value: YAMLField) -> RuleCondition? {
        switch value.name {
        // With a boolean it is the flag of that name.
        case "all" where value.isList: return .all(list(value))
        case "any": return .any(list(value))
        case "not": return .not(read(value))
        case "surely": return .surely(read(value))
        case "program": return .test(.program(texts(value)))
        case "wrapper": return .test(.wrapper(texts(value)))
        case "user":
            return .test(.user(names(value).map { $0.literal == "login" ? nil : $0 }))
        case "place": return .test(.place(sets.values(value).flatMap(places)))
        case "certainty":
            return value.choice(of: Certainty.self).map { .test(.certainty($0)) }
        case "unknown":
            return .test(
                .unknown(
                    sets.values(value).compactMap { item in
                        let attribute: ActionAttribute? = item.choice()
                        return attribute.flatMap { isOfActions($0, item) ? $0 : nil }
                    }
                )
            )
        default: break
        }
        guard let attribute = ActionAttribute(rawValue: value.name) else {
            refuseUnknown(value.name, key)
            return nil
        }
        guard isOfActions(attribute, key) else { return nil }
        switch attribute.kind {
        case .flag: return value.boolean().map { .test(.flag(attribute, $0)) }
        case .texts: return .test(.texts(attribute, texts(value)))
        case .paths: return .test(.paths(attribute, PathPatternList(paths(value))))
        }
    }

    private func list(_ field: YAMLField) -> [RuleCondition] {
        let items = field.items() ?? []
        if items.isEmpty { field.refuse("expected at least one condition") }
        if items.count > Self.maximumConditions {
            field.refuse("exceeds the limit of \(Self.maximumConditions) conditions")
        }
        return items.map { read($0) }
    }

    // MARK: Attributes

    private func refuseUnknown(_ name: String, _ key: YAMLField) {
        let words =
            Self.connectives + Self.commonKeys + ActionAttribute.allCases.map(\.rawValue)
        let guess = Suggestion.closest(to: name, among: words)
        let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
        key.findings.error("unknown attribute \(name.quoted)\(hint)", at: key.location)
    }

    /// Whether some action of the rule has an attribute; to the others it is as if not there.
    private func isOfActions(_ attribute: ActionAttribute, _ key: YAMLField) -> Bool {
        if selection.actions.contains(where: { $0.has(attribute) }) { return true }
        let name = attribute.rawValue.quoted
        if let action = selection.actions.first, selection.actions.count == 1 {
            let known = action.attributes.map(\.rawValue).sorted().quotedList
            key.findings.error(
                "\(action.rawValue.quoted) has no attribute \(name); "
                    + (known.isEmpty ? "it has none" : "it has \(known)"),
                at: key.location
            )
        } else {
            key.findings.error("none of these actions has an attribute \(name)", at: key.location)
        }
        return false
    }

    // MARK: Values

    private func texts(_ field: YAMLField) -> TextPatternList { TextPatternList(names(field)) }

    private func names(_ field: YAMLField) -> [TextPattern] {
        sets.values(field).compactMap { $0.textPattern() }
    }

    private func paths(_ field: YAMLField) -> [PathPattern] {
        sets.values(field).compactMap { item in
            guard let text = item.text() else { return nil }
            do throws(PathPatternError) {
                return try PathPattern(ShellText(text))
            } catch {
                item.refuse("\(text.quoted) is no pattern of paths: \(error)")
                return nil
            }
        }
    }

    /// `container`, or `{container: "web-*"}`.
    private func places(_ field: YAMLField) -> [PlacePattern] {
        guard case .mapping = field.node.content else {
            let kinds = ["target"] + Place.Kind.allCases.map(\.rawValue)
            let expected = "one of \(kinds.quotedList), or a mapping from one to names"
            let place = field.text(expected) { (text: String) -> PlacePattern? in
                text == "target" ? .target : Place.Kind(rawValue: text).map { .within($0, nil) }
            }
            return place.map { [$0] } ?? []
        }
        guard let mapping = field.mapping(Place.Kind.allCases.map(\.rawValue)) else { return [] }
        return Place.Kind.allCases.flatMap { kind in
            (mapping.optional(kind.rawValue).map(names) ?? []).map { .within(kind, $0) }
        }
    }
}

extension YAMLField {
    fileprivate var isList: Bool {
        if case .sequence = node.content { true } else { false }
    }

    func textPattern() -> TextPattern? {
        guard let text = written("a text or a pattern with `*`") else { return nil }
        do throws(PathPatternError) {
            return try TextPattern(ShellText(text))
        } catch {
            refuse("\(text.quoted) is no pattern: \(error)")
            return nil
        }
    }
}
