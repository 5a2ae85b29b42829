import CommandAnalysis
import ShellSyntax
import StrictYAML

/// The text of an effect: `service.control verb=restart unless dry`.
struct EffectText {
    let field: YAMLField
    private(set) var mentions: [Mention] = []
    private var attributes: [Effect.Attribute] = []
    private var conditions: [Condition] = []

    init(_ field: YAMLField) { self.field = field }

    /// One effect or a list of them, and what they speak of.
    static func read(_ field: YAMLField) -> ([Effect], [Mention]) {
        var mentions: [Mention] = []
        let effects = field.oneOrMore(limit: KnowledgeLimits.effects).compactMap { item in
            var text = EffectText(item)
            let effect = text.read()
            mentions += text.mentions
            return effect
        }
        return (effects, mentions)
    }

    /// Nil where a finding was added.
    mutating func read() -> Effect? {
        let expected = "an effect like `service.control verb=restart`"
        guard let words = field.words(expected) else { return nil }
        guard let action = Action(rawValue: String(words[0])) else {
            let known = Action.allCases.map(\.rawValue)
            field.refuse(words[0], expected: "an action like `file.read`", among: known)
            return nil
        }
        var rest = words.dropFirst()
        while let word = rest.first, word != "if", word != "unless" {
            guard add(attribute: word, of: action) else { return nil }
            rest.removeFirst()
        }
        while let keyword = rest.popFirst() {
            guard keyword == "if" || keyword == "unless", let word = rest.popFirst() else {
                field.refuse("expected `if X` or `unless X`, found \(String(keyword).quoted)")
                return nil
            }
            guard let condition = ConditionText.read(word, in: field) else { return nil }
            if let tag = ConditionText.tag(in: condition) { mention(.tag(tag)) }
            conditions.append(keyword == "if" ? condition : .not(condition))
        }
        return Effect(action, attributes: attributes, conditions: conditions)
    }

    private mutating func add(attribute word: Substring, of action: Action) -> Bool {
        let equals = word.firstIndex(of: "=")
        let written = word[..<(equals ?? word.endIndex)]
        let known = action.attributes.map(\.rawValue)
        guard let name = ActionAttribute(rawValue: String(written)), action.has(name) else {
            let expected =
                known.isEmpty
                ? "no attribute of `\(action.rawValue)`"
                : "an attribute of `\(action.rawValue)` (\(known.quotedList))"
            field.refuse(written, expected: expected, among: known)
            return false
        }
        guard !attributes.contains(where: { $0.name == name }) else {
            field.refuse("`\(name.rawValue)` is given twice")
            return false
        }
        guard let value = value(of: name, equals.map { word[word.index(after: $0)...] }) else {
            return false
        }
        attributes.append(Effect.Attribute(name, value))
        return true
    }

    private mutating func value(
        of name: ActionAttribute,
        _ written: Substring?
    ) -> Effect.Value? {
        switch (name.kind, written) {
        case (.flag, nil): return .flag(true)
        case (.flag, _?):
            field.refuse("expected the flag `\(name.rawValue)` without a value")
            return nil
        case (.texts, nil), (.paths, nil), (.texts, ""?), (.paths, ""?):
            field.refuse("expected `\(name.rawValue)=VALUE` or `\(name.rawValue)=TYPE`")
            return nil
        case (.texts, let written?), (.paths, let written?):
            if let text = KnowledgeGrammar.unquoted(written) {
                return .text(ShellText(String(text)))
            }
            guard ValueType.looksLikeType(written) else { return .text(ShellText(String(written))) }
            guard let type = field.type(written) else { return nil }
            mention(.type(type))
            return .values(type)
        }
    }

    private mutating func mention(_ subject: Mention.Subject) {
        mentions.append(Mention(subject: subject, location: field.location))
    }
}
