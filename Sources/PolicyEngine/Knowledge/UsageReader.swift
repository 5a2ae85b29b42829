import CommandAnalysis
import StrictYAML

/// Reads the usages of a program from its own keys and its list `usage`.
struct UsageReader {
    /// The keys of a usage that a program may have too.
    static let sharedKeys = ["operands", "does", "stdin", "runs", "prints"]
    static let keys = ["if", "unless"] + sharedKeys

    /// What is said of a usage, or of all of them.
    private struct Parts {
        var operands: OperandPattern?
        var effects: [Effect]?
        var input: InputUse?
        var runs: RunContext?
        var output: OutputShape?
        var mentions: [Mention] = []
    }

    private let general: Parts

    /// No usages where neither `usage` nor a key of one is there.
    ///
    /// The mentions are those of the program's own effects.
    static func read(_ program: YAMLMapping) -> ([UsageDraft], [Mention]) {
        let list = program.optional("usage")
        let hasKeys = sharedKeys.contains { program.optional($0) != nil }
        guard list != nil || hasKeys else { return ([], []) }
        let reader = UsageReader(general: parts(program))
        let usages =
            list.map(reader.usages) ?? [reader.usage(Parts(), [], [], isConditional: false)]
        return (usages, reader.general.mentions)
    }

    private func usages(_ list: YAMLField) -> [UsageDraft] {
        guard let items = list.items() else { return [] }
        guard items.count <= KnowledgeLimits.usages else {
            list.refuse("exceeds the limit of \(KnowledgeLimits.usages) usages")
            return []
        }
        if items.isEmpty { list.refuse("expected at least one usage") }
        var usages: [UsageDraft] = []
        for (place, item) in items.enumerated() {
            guard let usage = usage(item) else { continue }
            let isLast = place == items.count - 1
            if isLast, usage.isConditional {
                item.refuse("expected the last usage to have neither `if` nor `unless`")
            }
            if !isLast, !usage.isConditional {
                item.refuse("no usage behind this one is reached, it has neither `if` nor `unless`")
            }
            usages.append(usage)
        }
        return usages
    }

    private func usage(_ item: YAMLField) -> UsageDraft? {
        guard let entry = item.mapping(Self.keys) else { return nil }
        var conditions: [Condition] = []
        var mentions: [Mention] = []
        let keys = ["if", "unless"].filter { entry.optional($0) != nil }
        for key in keys {
            for field in entry.optional(key)?.oneOrMore(limit: KnowledgeLimits.words) ?? [] {
                guard let text = field.text(),
                    let condition = ConditionText.read(text[...], in: field)
                else { continue }
                if let tag = ConditionText.tag(in: condition) {
                    mentions.append(Mention(subject: .tag(tag), location: field.location))
                }
                conditions.append(key == "if" ? condition : .not(condition))
            }
        }
        return usage(Self.parts(entry), conditions, mentions, isConditional: !keys.isEmpty)
    }

    private func usage(
        _ parts: Parts,
        _ conditions: [Condition],
        _ mentions: [Mention],
        isConditional: Bool
    ) -> UsageDraft {
        let usage = Usage(
            conditions: conditions,
            operands: parts.operands ?? general.operands ?? .none,
            effects: parts.effects ?? general.effects ?? [],
            input: parts.input ?? general.input ?? .ignored,
            runs: parts.runs ?? general.runs ?? .same,
            output: parts.output ?? general.output ?? .unknown(.text)
        )
        return UsageDraft(
            usage: usage,
            isConditional: isConditional,
            mentions: mentions + parts.mentions
        )
    }

    private static func parts(_ entry: YAMLMapping) -> Parts {
        var parts = Parts()
        parts.operands = entry.optional("operands").flatMap(OperandText.read)
        if let does = entry.optional("does") {
            let (effects, mentions) = EffectText.read(does)
            parts.effects = effects
            parts.mentions = mentions
        }
        parts.input = entry.optional("stdin").flatMap(UsageText.input)
        parts.runs = entry.optional("runs").flatMap(UsageText.context)
        parts.output = entry.optional("prints").flatMap(UsageText.output)
        return parts
    }
}
