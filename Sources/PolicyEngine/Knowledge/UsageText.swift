import CommandAnalysis
import ShellSyntax
import StrictYAML

/// The texts of `stdin`, `runs` and `prints`.
enum UsageText {
    static func input(_ field: YAMLField) -> InputUse? {
        let expected =
            "`ignored`, `data`, `data without files`, `files`, `code`, `code SQL`, `code without script`, "
            + "`code SQL without script`, the same with `console`, or `operands`"
        guard let words = field.words(expected) else { return nil }
        switch words {
        case ["ignored"]: return .ignored
        case ["data"]: return .data
        case ["data", "without", "files"]: return .dataWithoutFiles
        case ["files"]: return .files
        case ["operands"]: return .operands
        default: break
        }
        var rest = words[...]
        let first = rest.popFirst()
        let isConsole = first == "console"
        guard isConsole || first == "code" else { return refuse(field, expected) }
        var language: ValueType?
        if let word = rest.first, word != "without" {
            guard let type = field.type(word) else { return nil }
            guard type.isCode else {
                field.refuse("expected a type of code like `SQL`, found \(String(word).quoted)")
                return nil
            }
            language = type
            rest.removeFirst()
        }
        if rest.isEmpty { return isConsole ? .console(language) : .code(language) }
        guard Array(rest) == ["without", "script"] else { return refuse(field, expected) }
        return isConsole ? .consoleWithoutScript(language) : .codeWithoutScript(language)
    }

    static func context(_ field: YAMLField) -> RunContext? {
        let expected =
            "`as root`, `as TYPE`, `in container TYPE`, `from home`, `with operands` or several of them"
        guard let words = field.words(expected) else { return nil }
        var rest = words[...]
        var identity: RunContext.Identity?
        var location: RunContext.Location?
        var directory: RunContext.Directory?
        var addsOperands: Bool?
        while let word = rest.popFirst() {
            guard let next = rest.popFirst() else { return refuse(field, expected) }
            switch word {
            case "as" where identity == nil:
                if next == "root" {
                    identity = .root
                } else {
                    guard let type = field.type(next) else { return nil }
                    identity = .value(type)
                }
            case "in" where location == nil:
                guard let kind = Place.Kind(rawValue: String(next)) else {
                    let known = Place.Kind.allCases.map(\.rawValue)
                    field.refuse(next, expected: "one of \(known.quotedList)", among: known)
                    return nil
                }
                guard let name = rest.popFirst() else { return refuse(field, expected) }
                guard let type = field.type(name) else { return nil }
                location = .within(kind, type)
            case "from" where directory == nil:
                guard let named = RunContext.Directory(rawValue: String(next)), named != .same
                else {
                    let known = RunContext.Directory.allCases.dropFirst().map(\.rawValue)
                    field.refuse(next, expected: "one of \(known.quotedList)", among: known)
                    return nil
                }
                directory = named
            case "with" where addsOperands == nil && next == "operands":
                addsOperands = true
            default: return refuse(field, expected)
            }
        }
        return RunContext(
            identity: identity ?? .same,
            location: location ?? .same,
            directory: directory ?? .same,
            addsOperands: addsOperands ?? false
        )
    }

    static func output(_ field: YAMLField) -> OutputShape? {
        let expected =
            "`text`, `digits`, `name`, `names`, `nothing`, `paths`, `relative paths`, `connection` or "
            + "`below DIRECTORY`"
        guard let words = field.words(expected) else { return nil }
        switch words {
        case ["text"]: return .unknown(.text)
        case ["digits"]: return .unknown(.digits)
        case ["name"]: return .unknown(.name)
        case ["names"]: return .names
        case ["relative", "paths"]: return .unknown(.relativePath)
        case ["nothing"]: return .nothing
        case ["connection"]: return .connection
        case ["paths"]: return .belowOperands
        default: break
        }
        guard words.count == 2, words[0] == "below", KnowledgeGrammar.isNormalPath(String(words[1]))
        else { return refuse(field, expected) }
        return .below(ShellText(String(words[1])))
    }

    private static func refuse<Value>(_ field: YAMLField, _ expected: String) -> Value? {
        if case .scalar(let text, _) = field.node.content {
            field.refuse("expected \(expected), found \(text.quoted)")
        }
        return nil
    }
}
