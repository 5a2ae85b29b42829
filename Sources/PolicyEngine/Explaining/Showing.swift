internal import CommandAnalysis
internal import ShellSyntax

// What the analysis found, in words that fit in one line.

extension AbstractText {
    /// The text, with `$X` or `…` for what is not known.
    var shown: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.escapingControls
            case .wildcard(.anyText): "*"
            case .wildcard(.anyCharacter): "?"
            case .wildcard(.oneOf): "[…]"
            case .unknown(let unknown): unknown.shown
            case .directory(let directory): directory.shown
            }
        }.joined()
    }
}

extension KnownDirectory {
    fileprivate var shown: String {
        switch self {
        case .start: "."
        case .home(let account): "~" + (account?.escapingControls ?? "")
        }
    }
}

extension UnknownText {
    fileprivate var shown: String {
        switch origin {
        case .variable(let name), .environment(let name): "$" + name.escapingControls
        case .output, .connection, .program, .input, .file, .link, .behindLink, .names,
            .addedOperands, .processes, .ownProcess, .notComputed:
            "…"
        }
    }
}

extension AbstractPath {
    /// The path as one would write it; `…` where its beginning is not known.
    var shown: String {
        let beginning: String =
            switch root {
            case .root: ""
            case .known(let directory): directory.shown
            case .unknown: "…"
            }
        let up = String(repeating: "/..", count: levelsUp)
        let path = beginning + up + components.map { "/" + $0.shown }.joined()
        return path.isEmpty ? "/" : path
    }
}

extension ForeseenAction {
    /// The action with its values: `file.delete /var/log recursive`.
    package var shown: String {
        let values = attributes.flatMap { attribute -> [String] in
            switch attribute.value {
            case .paths(let paths): paths.map(\.shown)
            case .texts(let texts): texts.map { "\(attribute.name.rawValue)=\($0.shown)" }
            case .flag(true): [attribute.name.rawValue]
            case .flag(false): []
            }
        }
        let possibly = certainty == .possible ? ["possibly"] : []
        return (possibly + [action.rawValue] + values).joined(separator: " ")
    }
}

extension ActionContext {
    /// As whom and where, as far as that is not what the request says: ` as root in container db`.
    var shown: String {
        var text = ""
        switch identity {
        case .login: break
        case .account(let name): text += " as `\(name.escapingControls)`"
        case .unknown: text += " as an account that the text does not tell"
        }
        switch place {
        case .target: break
        case .within(let kind, let name): text += " in \(kind.rawValue) `\(name.shown)`"
        }
        return text
    }
}
