import CommandAnalysis
import ShellSyntax
import StrictYAML

/// Reads `directories`, `paths` and `variables`: what surrounds programs.
enum SurroundingsReader {
    static let variableKeys = ["name", "value", "programs", "besides"]

    static func directories(_ field: YAMLField, into draft: KnowledgeDraft) {
        for item in field.items() ?? [] {
            if let (pattern, text) = pattern(item) {
                draft.addDirectory(pattern, text, at: item.location)
            }
        }
    }

    static func paths(_ field: YAMLField, into draft: KnowledgeDraft) {
        guard let classes = field.mapping(PathClass.allCases.map(\.rawValue)) else { return }
        for pathClass in PathClass.allCases {
            for item in classes.optional(pathClass.rawValue)?.items() ?? [] {
                if let (pattern, text) = pattern(item) {
                    draft.add(pattern, text, to: pathClass, at: item)
                }
            }
        }
    }

    private static func pattern(_ item: YAMLField) -> (PathPattern, String)? {
        guard let text = item.text() else { return nil }
        do throws(PathPatternError) {
            return (try PathPattern(ShellText(text)), text)
        } catch {
            item.refuse("expected a pattern of paths, found \(text.quoted): \(error)")
            return nil
        }
    }

    static func variables(_ field: YAMLField, into draft: KnowledgeDraft) {
        for item in field.items() ?? [] {
            guard let entry = item.mapping(variableKeys) else { continue }
            let name = entry.required("name")?.text("the name of a variable, perhaps with `*`") {
                isVariable($0) ? ShellText($0) : nil
            }
            let value = entry.required("value").flatMap(type)
            let programs = entry.optional("programs").map(programs)
            let besides = entry.optional("besides")
            if programs != nil { besides?.refuse("`programs` says already which programs read it") }
            guard let name, let value else { continue }
            let pattern = VariablePattern(
                name: name,
                value: value,
                programs: programs,
                besides: besides.map(Self.programs) ?? []
            )
            draft.add(pattern, at: item)
        }
    }

    /// bash exports functions as `BASH_FUNC_x%%`.
    private static func isVariable(_ text: String) -> Bool {
        KnowledgeGrammar.isPrintable(text) && !text.utf8.contains(UInt8(ascii: "="))
    }

    private static func type(_ field: YAMLField) -> ValueType? {
        let known = ValueType.ofVariables.map(\.rawValue)
        guard let word = field.written("one of \(known.quotedList)") else { return nil }
        guard let type = ValueType(rawValue: word), ValueType.ofVariables.contains(type) else {
            field.refuse(word, expected: "one of \(known.quotedList)", among: known)
            return nil
        }
        return type
    }

    private static func programs(_ field: YAMLField) -> [ShellText] {
        field.oneOrMore(limit: KnowledgeLimits.variablePrograms).compactMap { item in
            item.text("the base name or the absolute path of a program", KnowledgeGrammar.program)
        }
    }
}
