import ShellSyntax
import StrictYAML

/// Reads the top level of a knowledge file.
enum KnowledgeFileReader {
    static let keys = ["knowledge", "shared", "programs", "directories", "paths", "variables"]
    /// The one version of the format.
    static let version = "1"

    static func read(_ field: YAMLField, into draft: KnowledgeDraft) {
        guard let file = field.mapping(keys) else { return }
        if let written = file.required("knowledge") {
            if case .scalar(version, isPlain: true) = written.node.content {
            } else {
                written.refuse("expected the version of the format, `\(version)`")
            }
        }
        var shared: [String: [OptionDraft]] = [:]
        for (key, value) in file.optional("shared")?.entries() ?? [] {
            let expected = "a name (`[a-z][a-z0-9-]*`)"
            guard let name = key.text(expected, KnowledgeGrammar.word) else {
                continue
            }
            shared[name.description] = OptionListReader(shared: [:]).read(value)
        }
        if let programs = file.optional("programs") {
            ProgramReader(options: OptionListReader(shared: shared), draft: draft).read(programs)
        }
        if let directories = file.optional("directories") {
            SurroundingsReader.directories(directories, into: draft)
        }
        if let paths = file.optional("paths") { SurroundingsReader.paths(paths, into: draft) }
        if let variables = file.optional("variables") {
            SurroundingsReader.variables(variables, into: draft)
        }
    }
}
