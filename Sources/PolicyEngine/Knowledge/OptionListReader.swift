import CommandAnalysis
import ShellSyntax
import StrictYAML

/// Reads `options`: texts, and the names of lists that are shared within a file.
struct OptionListReader {
    let shared: [String: [OptionDraft]]

    func read(_ field: YAMLField) -> [OptionDraft] {
        var options: [OptionDraft] = []
        var places: [Spelling: SourceLocation] = [:]
        for item in field.items() ?? [] {
            for option in self.options(item) {
                guard places.count + option.value.spellings.count <= KnowledgeLimits.spellings
                else {
                    field.refuse("exceeds the limit of \(KnowledgeLimits.spellings) spellings")
                    return options
                }
                if isNew(option, item, &places) { options.append(option) }
            }
        }
        return options
    }

    private func options(_ item: YAMLField) -> [OptionDraft] {
        if case .scalar(let text, _) = item.node.content, text.hasPrefix("use ") {
            let name = String(text.dropFirst(4))
            if let list = shared[name] { return list }
            item.refuse(name, expected: "a list under `shared`", among: shared.keys.sorted())
            return []
        }
        var text = OptionText(item)
        return (text.read() ?? []).map { Located($0, at: item.location) }
    }

    /// Whether no spelling was there before with the same value.
    private func isNew(
        _ option: OptionDraft,
        _ item: YAMLField,
        _ places: inout [Spelling: SourceLocation]
    ) -> Bool {
        var isNew = true
        for text in option.value.spellings {
            let spelling = Spelling(text, option.value.match)
            if let first = places[spelling] {
                let value = spelling.match.map { " with the value \($0.quoted)" } ?? ""
                item.findings.error(
                    "duplicate option \(text.quoted)\(value), first at line \(first.line)",
                    at: item.location
                )
                isNew = false
            }
            places[spelling] = option.location
        }
        return isNew
    }
}

/// What tells one option from another.
struct Spelling: Hashable {
    let text: ShellText
    /// The text that its value is or begins with.
    let match: ShellText?

    init(_ text: ShellText, _ match: KnownOption.Match?) {
        self.text = text
        self.match =
            switch match {
            case nil: nil
            case .whole(let text): ShellText(text.description.lowercased())
            case .prefix(let text): ShellText(text.description.lowercased() + "*")
            }
    }
}
