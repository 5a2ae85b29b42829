import ShellSyntax

/// Code of JavaScript for Node: what it runs, reads, writes and deletes.
struct JavaScriptProgram: CodeWalker {
    static let joins: Set<ShellText> = ["+"]
    static let dots: Set<ShellText> = [".", "?."]

    var list = TokenList([])
    var builder: FindingsBuilder
    var steps = 0
    private var imports = JavaScriptImports()
    private var usesEnvironment = false
    private var usesInput = false

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = JavaScriptLexer(code)
        lexer.lex()
        var program = JavaScriptProgram(builder: FindingsBuilder(code))
        if lexer.hasFailed || !options.modules.isEmpty { program.builder.giveUp() }
        for stream in lexer.streams { program.imports.collect(stream) }
        if program.imports.hasUnknown { program.builder.giveUp() }
        program.walk(lexer.streams)
        let changesPrograms = program.usesEnvironment || program.usesInput
        if changesPrograms, program.builder.hasPrograms { program.builder.giveUp() }
        return CodeReading(
            program.builder.findings,
            steps: lexer.cursor.steps + program.steps + program.imports.steps
        )
    }

    private init(builder: FindingsBuilder) { self.builder = builder }

    mutating func name(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        if name == "require" { return require(at: place) }
        if JavaScriptNames.keywords.contains(name) { return next }
        if isKey(at: place), !JavaScriptNames.deniedAttributes.contains(name) { return next }
        if let paths = imports.names[name] {
            if list.isSymbol("=", at: next) { return next }
            return paths.reduce(next) { max($0, qualified($1, from: place, at: next)) }
        }
        if JavaScriptNames.modules.contains(name) || JavaScriptNames.objects.contains(name)
            || name == "fetch"
        {
            return qualified(name, from: place, at: next)
        }
        if JavaScriptNames.globals.contains(name) { return next }
        if JavaScriptNames.denied.contains(name) { builder.giveUp() }
        return next
    }

    /// Whether a name is a key of an object that is written out.
    private func isKey(at place: Int) -> Bool {
        list.isSymbol(":", at: place + 1)
            && (list.isSymbol("{", at: place - 1) || list.isSymbol(",", at: place - 1))
    }

    private mutating func require(at place: Int) -> Int {
        if list.isSymbol(".", at: place + 1), list.isName("resolve", at: place + 2) {
            return place + 3
        }
        guard let (module, end) = JavaScriptImports.required(at: place, in: list) else {
            builder.giveUp()
            return place + 1
        }
        if module.utf8.suffix(5).elementsEqual(".json".utf8) {
            builder.add(.readFile(AbstractText(module)), at: list.place(place..<end))
            return end
        }
        if JavaScriptNames.modules.contains(module) {
            return imports.isBinding(place, in: list)
                ? end : qualified(module, from: place, at: end)
        }
        builder.giveUp()
        return end
    }

    /// Reads what follows a module or one of the objects whose attributes are listed.
    private mutating func qualified(_ bound: ShellText, from start: Int, at end: Int) -> Int {
        var path = bound
        var place = end
        while JavaScriptNames.modules.contains(path) || JavaScriptNames.objects.contains(path) {
            guard let dot = list[place], isDot(dot), let next = list[place + 1], next.kind == .name
            else {
                if let call = JavaScriptFunctions.table[path], isCall(at: place) {
                    perform(call, from: start, in: place)
                    return place
                }
                // A module as a value: what is done with it cannot be followed.
                builder.giveUp()
                return place
            }
            path = ShellText(path.description + "." + next.text.description)
            place += 2
        }
        function(path, from: start, at: place)
        return place
    }

    private mutating func function(_ path: ShellText, from start: Int, at open: Int) {
        if path == "process.env" { usesEnvironment = true }
        if path == "process.kill" {
            let call = KnownCall.signal(.processFirst)
            isCall(at: open) ? perform(call, from: start, in: open) : mention(call, at: start)
            return
        }
        if let call = JavaScriptFunctions.programs[path] {
            if isCall(at: open) { options(in: open) }
            isCall(at: open) ? perform(call, from: start, in: open) : mention(call, at: start)
            return
        }
        guard isCall(at: open) else {
            return mention(JavaScriptFunctions.table[path] ?? .opaque, at: start)
        }
        let call = JavaScriptFunctions.table[path] ?? .opaque
        if call == .url, list.arguments(in: open).contains(where: isOptions) { builder.giveUp() }
        perform(call, from: start, in: open)
    }

    private func isOptions(_ range: Range<Int>) -> Bool {
        guard let first = list[range.lowerBound] else { return false }
        return first.isSymbol("{") || (first.kind == .name && range.count == 1)
    }

    /// Looks at the options of a call that runs a program: some change what is run.
    private mutating func options(in open: Int) {
        for range in limited(list.arguments(in: open)).dropFirst() {
            guard let first = list[range.lowerBound] else { continue }
            if first.isSymbol("[") || first.kind == .string { continue }
            guard first.isSymbol("{") else {
                let isFunction = list.tokens[range].prefix(TokenList.maximumFold)
                    .contains { $0.isSymbol("=>") }
                if !isFunction, !first.isName("function") { builder.giveUp() }
                continue
            }
            for element in limited(list.arguments(in: range.lowerBound)) {
                guard let key = list[element.lowerBound],
                    JavaScriptFunctions.harmlessOptions.contains(key.text)
                else {
                    builder.giveUp()
                    break
                }
            }
        }
    }

    mutating func attribute(_ name: ShellText, at place: Int) -> Int {
        let isPrivate = name.utf8.first == UInt8(ascii: "_")
        if isPrivate || JavaScriptNames.deniedAttributes.contains(name) { builder.giveUp() }
        // What is written to a program may be code to it.
        if name == "stdin" { usesInput = true }
        return place + 1
    }

    mutating func other(_ token: CodeToken, at place: Int) -> Int {
        if token.isSymbol("{"), let close = list.partner(of: place),
            list.isSymbol("=", at: close + 1), list.isName("require", at: close + 2)
        {
            // The names in it are bound, not used.
            return close + 1
        }
        if token.isSymbol("["), let last = list[place - 1], last.endsOperand || isDot(last) {
            if !JavaScriptNames.keywords.contains(last.text) { subscriptKey(in: place) }
        } else if token.isSymbol("["), let close = list.partner(of: place),
            list.isSymbol(":", at: close + 1)
        {
            // A key that is computed: `{[x]: y} = z` takes `z[x]`.
            builder.giveUp()
        } else if token.isSymbol("@") {
            builder.giveUp()
        } else if token.kind == .string, list.isSymbol(":", at: place + 1) {
            safeKey(token)
        }
        return place + 1
    }

    /// A key that may be any text can lead to a constructor, and so to code.
    private mutating func subscriptKey(in open: Int) {
        guard let close = list.partner(of: open), let last = list[close - 1] else {
            return builder.giveUp()
        }
        if close == open + 2 {
            if last.kind == .string { return safeKey(last) }
            if last.kind == .number { return }
        }
        // What is subtracted is a number.
        let isNumber = last.kind == .number && list.isSymbol("-", at: close - 2) && close > open + 3
        if !isNumber { builder.giveUp() }
    }

    private mutating func safeKey(_ token: CodeToken) {
        guard let key = token.value.literal, key.utf8.first != UInt8(ascii: "_"),
            !JavaScriptNames.deniedAttributes.contains(key)
        else { return builder.giveUp() }
    }
}
