import CommandAnalysis
import ShellSyntax
import StrictYAML

/// Reads the entries of `programs`, and of `commands` in them.
struct ProgramReader {
    static let keys =
        ["style", "options", "commands", "usage", "always", "reader", "like", "note"]
        + UsageReader.sharedKeys

    let options: OptionListReader
    let draft: KnowledgeDraft

    func read(_ field: YAMLField) {
        for (key, value) in field.entries() ?? [] {
            let expected = "the base name or the absolute path of a program"
            guard let names = names(key, expected, KnowledgeGrammar.program) else { continue }
            if let program = program(names, key, value, parent: nil, depth: 0) {
                draft.add(program)
            }
        }
    }

    private func names(
        _ key: YAMLField,
        _ expected: String,
        _ read: (String) -> ShellText?
    ) -> [ShellText]? {
        guard let text = key.written(expected) else { return nil }
        let words = text.split(separator: " ")
        guard !words.isEmpty, words.count <= KnowledgeLimits.programs else {
            key.refuse("expected \(expected), found \(text.quoted)")
            return nil
        }
        var names: [ShellText] = []
        for word in words {
            guard let name = read(String(word)) else {
                key.refuse("expected \(expected), found \(String(word).quoted)")
                return nil
            }
            names.append(name)
        }
        return names
    }

    private func program(
        _ names: [ShellText],
        _ key: YAMLField,
        _ value: YAMLField,
        parent: ProgramDraft?,
        depth: Int
    ) -> ProgramDraft? {
        guard let entry = value.mapping(Self.keys) else { return nil }
        let program = ProgramDraft(names: names, location: key.location, parent: parent)
        _ = entry.optional("note")?.text()
        program.style = entry.optional("style")?.choice()
        program.reader = entry.optional("reader")?.choice()
        program.options = entry.optional("options").map(options.read) ?? []
        (program.usages, program.mentions) = UsageReader.read(entry)
        if let always = entry.optional("always") {
            let (effects, mentions) = EffectText.read(always)
            program.always = effects
            program.mentions += mentions
        }
        if let like = entry.optional("like"),
            let words = like.words("the name of a program, like `docker` or `docker run`")
        {
            program.like = Located(words.map { ShellText(String($0)) }, at: like.location)
        }
        if let commands = entry.optional("commands") {
            program.commands = self.commands(commands, of: program, depth: depth + 1)
        }
        return program
    }

    private func commands(
        _ field: YAMLField,
        of parent: ProgramDraft,
        depth: Int
    ) -> [ProgramDraft] {
        guard depth <= KnowledgeLimits.commandDepth else {
            field.refuse(
                "exceeds the limit of \(KnowledgeLimits.commandDepth) levels of subcommands"
            )
            return []
        }
        var commands: [ProgramDraft] = []
        var lines: [ShellText: Int] = [:]
        for (key, value) in field.entries() ?? [] {
            let expected = "the name of a subcommand"
            guard let names = names(key, expected, KnowledgeGrammar.command),
                let command = program(names, key, value, parent: parent, depth: depth)
            else { continue }
            for name in names {
                if let line = lines[name] {
                    let message = "duplicate subcommand \(name.quoted), first at line \(line)"
                    field.findings.error(message, at: key.location)
                }
                lines[name] = key.location.line
            }
            guard lines.count <= KnowledgeLimits.commands else {
                field.refuse("exceeds the limit of \(KnowledgeLimits.commands) subcommands")
                return commands
            }
            commands.append(command)
        }
        return commands
    }
}
