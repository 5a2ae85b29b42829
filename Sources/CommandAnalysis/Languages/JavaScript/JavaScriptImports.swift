import ShellSyntax

/// What names of JavaScript code stand for modules: `const fs = require("fs")`.
struct JavaScriptImports {
    /// Modules, or functions of modules, by the names that are bound to them.
    private(set) var names: [ShellText: [ShellText]] = [:]
    /// Whether something of a module is bound in a way that is not followed.
    private(set) var hasUnknown = false
    private(set) var steps = 0

    mutating func collect(_ list: TokenList) {
        for place in 0..<list.count {
            steps += 1
            guard list.isName("require", at: place), list.isSymbol("=", at: place - 1),
                let (module, end) = Self.required(at: place, in: list)
            else { continue }
            var path = module
            var next = end
            while list.isSymbol(".", at: next), let name = list[next + 1], name.kind == .name {
                path = ShellText(path.description + "." + name.text.description)
                next += 2
            }
            if list.isSymbol("(", at: next) || list.isSymbol("[", at: next) { continue }
            bind(place - 2, to: path, in: list)
        }
    }

    /// The module of `require("x")` at a place, and the place behind it.
    static func required(at place: Int, in list: TokenList) -> (ShellText, Int)? {
        guard list.isName("require", at: place), list.isSymbol("(", at: place + 1),
            let string = list[place + 2], string.kind == .string,
            list.isSymbol(")", at: place + 3), let name = string.value.literal
        else { return nil }
        let prefix = "node:".utf8
        let isPrefixed = name.utf8.starts(with: prefix)
        return (isPrefixed ? ShellText(name.utf8.dropFirst(prefix.count)) : name, place + 4)
    }

    /// Whether `require` at a place is the value of a variable that `collect` has bound.
    func isBinding(_ place: Int, in list: TokenList) -> Bool {
        guard list.isSymbol("=", at: place - 1), let name = list[place - 2] else { return false }
        return name.kind == .name ? names[name.text] != nil : name.isSymbol("}")
    }

    private mutating func bind(_ target: Int, to path: ShellText, in list: TokenList) {
        guard let token = list[target] else { return }
        if token.kind == .name, list.isSymbol(".", at: target - 1) == false {
            names[token.text, default: []].append(path)
        }
        guard token.isSymbol("}"), let open = list.partner(of: target) else { return }
        let elements = list.arguments(in: open)
        for element in elements {
            guard let first = list[element.lowerBound], let last = list[element.upperBound - 1],
                first.kind == .name, last.kind == .name, element.count == 1 || element.count == 3
            else {
                hasUnknown = true
                continue
            }
            let function = ShellText(path.description + "." + first.text.description)
            names[last.text, default: []].append(function)
        }
    }
}
