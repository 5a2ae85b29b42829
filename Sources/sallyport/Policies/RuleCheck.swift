internal import CommandAnalysis
internal import PolicyEngine
internal import ShellSyntax
internal import StrictYAML

/// What command lines are held against, all in the same circumstances.
struct RuleCheck {
    let rules: RulesInUse
    let situation: CommandSituation

    /// Checks one; where the input is nil, the client sends what it sends for all.
    func check(_ commandLine: [UInt8], input: ClientInput? = nil) -> CheckedCommand {
        var situation = situation
        if let input { situation.input = input }
        return rules.check(commandLine, in: situation)
    }

    /// One object on one line, with the files that were read.
    func json(of checked: CheckedCommand) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        checked.write(to: &writer)
        for (key, names) in [
            ("policies", rules.files.policies.map(\.name)),
            ("knowledge", rules.files.knowledgePlaces),
        ] {
            writer.key(key)
            writer.beginArray()
            for name in names { writer.string(name) }
            writer.endArray()
        }
        writer.endObject()
        return String(decoding: writer.text, as: UTF8.self)
    }
}
