import CommandAnalysis
import ShellSyntax

/// Findings in words, one effect a line: `database.write delete users bounded`.
///
/// A `?` at the end is an effect that is possible; the line `open` says that there may be more.
enum FindingsText {
    static func lines(_ findings: CodeFindings) -> [String] {
        findings.effects.map { line($0) } + (findings.isComplete ? [] : ["open"])
    }

    private static func line(_ effect: CodeEffect) -> String {
        let mark = effect.certainty == .possible ? " ?" : ""
        return text(effect.kind) + mark
    }

    private static func text(_ kind: CodeEffect.Kind) -> String {
        switch kind {
        case .readFile(let path): "read \(text(path))"
        case .writeFile(let path): "write \(text(path))"
        case .deleteFile(let path, let isRecursive):
            "delete \(text(path))" + (isRecursive ? " recursive" : "")
        case .lockFile(let path): "lock \(text(path))"
        case .changePermission(let path): "permission \(text(path))"
        case .shell(let command): "shell \(text(command))"
        case .shellWithInput(let command): "shell with input \(text(command))"
        case .command(let arguments): "command \(arguments.count)"
        case .connect(let host): "connect \(text(host))"
        case .action(let action, let attributes):
            ([action.rawValue] + attributes.compactMap(text)).joined(separator: " ")
        }
    }

    private static func text(_ attribute: ForeseenAction.Attribute) -> String? {
        if attribute.name == .engine { return nil }
        switch attribute.value {
        case .texts(let texts): return texts.map { text($0) }.joined(separator: ",")
        case .paths: return "paths"
        case .flag(let isSet):
            if attribute.name == .bounded { return isSet ? "bounded" : "unbounded" }
            return isSet ? attribute.name.rawValue : "not-\(attribute.name.rawValue)"
        }
    }

    /// A text with `{shape}` in the place of what is not known.
    static func text(_ text: AbstractText) -> String {
        text.pieces.map { piece in
            switch piece {
            case .text(let known): known.description
            case .unknown(let unknown): "{\(unknown.shape)}"
            case .wildcard: "{wildcard}"
            case .directory(let directory): "{\(directory)}"
            }
        }.joined()
    }
}

/// A text of tests: `{text}`, `{name}` and `{digits}` are not known.
func abstract(_ template: String) -> AbstractText {
    var result = AbstractText.empty
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
        let shapes: [String: UnknownText.Shape] = [
            "text": .text, "name": .name, "digits": .digits, "path": .relativePath,
        ]
        guard let close = rest[open...].firstIndex(of: "}"),
            let shape = shapes[String(rest[rest.index(after: open)..<close])]
        else {
            let next = rest.index(after: open)
            result.append(.text(ShellText(String(rest[..<next]))))
            rest = rest[next...]
            continue
        }
        result.append(.text(ShellText(String(rest[..<open]))))
        result.append(.unknown(UnknownText(shape, from: .output)))
        rest = rest[rest.index(after: close)...]
    }
    result.append(.text(ShellText(String(rest))))
    return result
}
