import ShellSyntax

/// What the import statements of Python code bind names to.
struct PythonImports {
    /// Modules, or functions of modules, by the names that are bound to them.
    private(set) var names: [ShellText: [ShellText]] = [:]
    /// All modules that are named.
    private(set) var modules: Set<ShellText> = []
    /// Whether a module is loaded of which nothing is known, or names that are not listed.
    private(set) var hasUnknown = false
    private(set) var steps = 0

    mutating func collect(_ list: TokenList) {
        var place = 0
        while place < list.count {
            steps += 1
            if list.isName("import", at: place) {
                place = plain(place + 1, in: list)
            } else if list.isName("from", at: place), isImport(place, in: list) {
                place = named(place + 1, in: list)
            } else {
                place += 1
            }
        }
    }

    /// The place behind an import statement that starts at a place.
    func statement(at place: Int, in list: TokenList) -> Int? {
        let isFrom = list.isName("from", at: place)
        guard list.isName("import", at: place) || (isFrom && isImport(place, in: list)) else {
            return nil
        }
        var reader = PythonImports()
        return isFrom ? reader.named(place + 1, in: list) : reader.plain(place + 1, in: list)
    }

    /// Whether `from` begins an import, and is not that of `yield` or `raise`.
    private func isImport(_ place: Int, in list: TokenList) -> Bool {
        var next = place + 1
        while list[next]?.kind == .name || list.isSymbol(".", at: next)
            || list.isSymbol("...", at: next)
        {
            if list.isName("import", at: next) { return true }
            next += 1
            if next - place > TokenList.maximumFold { return true }
        }
        return false
    }

    /// Reads `a.b as c, d` behind `import`.
    private mutating func plain(_ start: Int, in list: TokenList) -> Int {
        var place = start
        while true {
            guard let (module, behind) = dotted(place, in: list) else {
                hasUnknown = true
                return place
            }
            place = behind
            note(module)
            if list.isName("as", at: place), let alias = list[place + 1], alias.kind == .name {
                bind(alias.text, to: module)
                place += 2
            } else {
                let first = module.utf8.split(separator: UInt8(ascii: ".")).first ?? []
                bind(ShellText(first), to: ShellText(first))
            }
            guard list.isSymbol(",", at: place) else { return place }
            place += 1
        }
    }

    /// Reads `a.b import (c as d, e)` behind `from`.
    private mutating func named(_ start: Int, in list: TokenList) -> Int {
        guard let (module, behind) = dotted(start, in: list), list.isName("import", at: behind)
        else {
            hasUnknown = true
            return start
        }
        note(module)
        var place = behind + 1
        if list.isSymbol("(", at: place) { place += 1 }
        while let name = list[place], name.kind == .name {
            let path = ShellText(module.description + "." + name.text.description)
            place += 1
            if list.isName("as", at: place), let alias = list[place + 1], alias.kind == .name {
                bind(alias.text, to: path)
                place += 2
            } else {
                bind(name.text, to: path)
            }
            guard list.isSymbol(",", at: place) else { break }
            place += 1
            while list[place]?.kind == .newline { place += 1 }
        }
        if list.isSymbol("*", at: place) { hasUnknown = true }
        return place
    }

    private func dotted(_ start: Int, in list: TokenList) -> (ShellText, Int)? {
        var place = start
        var parts: [String] = []
        while let part = list[place], part.kind == .name, parts.count < TokenList.maximumFold {
            parts.append(part.text.description)
            place += 1
            guard list.isSymbol(".", at: place) else {
                return (ShellText(parts.joined(separator: ".")), place)
            }
            place += 1
        }
        return nil
    }

    private mutating func note(_ module: ShellText) {
        modules.insert(module)
        if !PythonNames.modules.contains(module) { hasUnknown = true }
    }

    private mutating func bind(_ name: ShellText, to path: ShellText) {
        if names[name]?.contains(path) != true { names[name, default: []].append(path) }
    }
}
