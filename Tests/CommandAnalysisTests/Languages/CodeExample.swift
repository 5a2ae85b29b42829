import CommandAnalysis
import ShellSyntax
import Testing

/// A code and what is found in it, in a short form.
///
/// In the code `«text»`, `«name»` and `«digits»` are unknown pieces of that shape. What is found is
/// written as `sh(rm x)`, `pipe(sort)`, `run(ls|-l)`, `read(f)`, `write(f)`, `delete(f)`,
/// `deleteTree(f)`, `permission(f)`, `connect(h)`, with `…` for what is not known, and `?` at the
/// end where the code may do more.
struct CodeExample: Sendable, CustomTestStringConvertible {
    let language: CodeLanguage
    let code: String
    let expected: String
    let options: CodeOptions

    init(
        _ language: CodeLanguage,
        _ code: String,
        _ expected: String = "",
        _ options: CodeOptions = .none
    ) {
        self.language = language
        self.code = code
        self.expected = expected
        self.options = options
    }

    var testDescription: String { "\(language.rawValue): \(code)" }

    var found: String {
        shown(CodeReading(Self.text(code), in: language, options: options).findings)
    }

    static func text(_ code: String) -> AbstractText {
        var text = AbstractText.empty
        for (number, part) in code.split(separator: "«", omittingEmptySubsequences: false)
            .enumerated()
        {
            let halves = part.split(separator: "»", omittingEmptySubsequences: false)
            if number > 0, let name = halves.first {
                let shape: UnknownText.Shape =
                    switch name {
                    case "digits": .digits
                    case "name": .name
                    case "path": .relativePath
                    default: .text
                    }
                text.append(.unknown(UnknownText(shape, from: .variable("X"))))
            }
            if let last = halves.last { text.append(.text(ShellText(String(last)))) }
        }
        return text
    }
}

func shown(_ findings: CodeFindings) -> String {
    var parts = findings.effects.map { shown($0.kind) }
    if !findings.isComplete { parts.append("?") }
    return parts.joined(separator: " ")
}

private func shown(_ kind: CodeEffect.Kind) -> String {
    switch kind {
    case .readFile(let file): "read(\(shown(file)))"
    case .writeFile(let file): "write(\(shown(file)))"
    case .deleteFile(let file, let isRecursive):
        "\(isRecursive ? "deleteTree" : "delete")(\(shown(file)))"
    case .lockFile(let file): "lock(\(shown(file)))"
    case .changePermission(let file): "permission(\(shown(file)))"
    case .shell(let text): "sh(\(shown(text)))"
    case .shellWithInput(let text): "pipe(\(shown(text)))"
    case .command(let arguments): "run(\(arguments.map(shown).joined(separator: "|")))"
    case .connect(let host): "connect(\(shown(host)))"
    case .action(.networkConnect, let attributes): "connect(\(host(in: attributes)))"
    case .action(let action, _): action.rawValue
    }
}

/// Of an address that was read as a whole.
private func host(in attributes: [ForeseenAction.Attribute]) -> String {
    for attribute in attributes where attribute.name == .host {
        if case .texts(let texts) = attribute.value { return texts.map(shown).joined() }
    }
    return ""
}

private func shown(_ argument: Argument) -> String {
    switch argument {
    case .one(let text): shown(text)
    case .any: "…*"
    }
}

private func shown(_ text: AbstractText) -> String {
    var shown = ""
    for piece in text.pieces {
        if case .text(let known) = piece { shown += known.description } else { shown += "…" }
    }
    return shown
}
