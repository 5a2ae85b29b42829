import ShellSyntax

/// Code of Python: what it runs, reads, writes and deletes.
struct PythonProgram: CodeWalker {
    static let joins: Set<ShellText> = ["+"]
    static let dots: Set<ShellText> = ["."]

    var list = TokenList([])
    var builder: FindingsBuilder
    var steps = 0
    private var imports = PythonImports()
    private var usesEnvironment = false

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = PythonLexer(code)
        lexer.lex()
        var program = PythonProgram(builder: FindingsBuilder(code))
        if lexer.hasFailed || !options.modules.isEmpty { program.builder.giveUp() }
        for stream in lexer.streams { program.imports.collect(stream) }
        if program.imports.hasUnknown { program.builder.giveUp() }
        program.walk(lexer.streams)
        if program.usesEnvironment, program.builder.hasPrograms { program.builder.giveUp() }
        return CodeReading(
            program.builder.findings,
            steps: lexer.cursor.steps + program.steps + program.imports.steps
        )
    }

    private init(builder: FindingsBuilder) { self.builder = builder }

    mutating func name(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        // A variable that gets a value, or an argument's name.
        if list.isSymbol("=", at: next) { return next }
        if let statement = imports.statement(at: place, in: list) { return statement }
        if PythonNames.keywords.contains(name) { return next }
        if PythonNames.deniedWords.contains(name) {
            builder.giveUp()
            return next
        }
        if name == "open" { call(.open, from: place, at: next) }
        let modules = imports.names[name] ?? []
        var end = next
        for module in modules { end = max(end, qualified(module, from: place)) }
        if !modules.isEmpty || name == "open" { return end }
        if PythonNames.builtins.contains(name) { return next }
        let isSpecial =
            name.utf8.starts(with: "__".utf8) || PythonNames.deniedBuiltins.contains(name)
        if isSpecial, !PythonNames.harmlessSpecial.contains(name) { builder.giveUp() }
        return next
    }

    /// Reads a name that stands for a module or for something in one, with what follows it.
    private mutating func qualified(_ bound: ShellText, from start: Int) -> Int {
        var path = bound
        var place = start + 1
        while PythonNames.modules.contains(path) {
            guard list.isSymbol(".", at: place), let next = list[place + 1], next.kind == .name
            else {
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
        if path == "os.environ" { usesEnvironment = true }
        if path == "sys.path" {
            let isOnlyImport = imports.modules == ["sys"]
            if !isOnlyImport { builder.giveUp() }
        }
        if path == "subprocess.run" || PythonNames.subprocesses.contains(path) {
            isCall(at: open) ? subprocess(from: start, in: open) : mention(.program, at: start)
            return
        }
        if path == "pathlib.Path" { return pathCall(at: open) }
        let known = PythonFunctions.table[path] ?? .opaque
        // What is sent makes another request of it.
        if known == .url, isCall(at: open), sendsSomething(in: open) { builder.giveUp() }
        call(known, from: start, at: open)
    }

    private mutating func sendsSomething(in open: Int) -> Bool {
        let all = arguments(in: open)
        let named = all.compactMap(\.keyword)
        return all.count - named.count > 1 || named.contains { $0 == "data" || $0 == "json" }
    }

    private mutating func call(_ call: KnownCall, from start: Int, at open: Int) {
        isCall(at: open) ? perform(call, from: start, in: open) : mention(call, at: start)
    }

    /// Reads what is done with a path that is written out: `Path("x").unlink()`.
    private mutating func pathCall(at open: Int) {
        guard isCall(at: open) else { return }
        let behind = list.behind(open)
        guard list.isSymbol(".", at: behind), let method = list[behind + 1], isCall(at: behind + 2),
            let call = PythonFunctions.pathMethods[method.text]
        else { return }
        let paths = arguments(in: open)
        let more = arguments(in: behind + 2)
        let file = paths.count == 1 ? paths : []
        perform(call, file + more, at: list.place(open..<list.behind(behind + 2)))
        pathMethodPlace = behind + 1
    }

    /// The method that `pathCall` has read with its path.
    private var pathMethodPlace = -1

    mutating func attribute(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        if place == pathMethodPlace {
            pathMethodPlace = -1
            return next
        }
        if name == "connect" || name == "connect_ex" {
            call(.connect, from: place, at: next)
        } else if name == "replace", imports.modules.contains("pathlib") {
            if arguments(in: next).count < 2 { mention(.file(.write, .first), at: place) }
        } else if name == "write", imports.modules.contains("xml.etree.ElementTree") {
            builder.giveUp()
        } else if let call = PythonFunctions.pathMethods[name] {
            // The path is not known: the method's arguments are no names of files.
            let range = list.place(place..<next)
            perform(call, [], at: range)
            if !isCall(at: next) { builder.giveUp() }
        } else if PythonNames.signals.contains(name), imports.modules.contains("psutil") {
            builder.giveUp()
            builder.addSignal(to: [.notComputed], at: list.place(place..<next))
        } else if !PythonNames.attributes.contains(name) {
            builder.giveUp()
        }
        return next
    }

    mutating func other(_ token: CodeToken, at place: Int) -> Int {
        if token.isSymbol("@") || token.isSymbol("`") || token.isSymbol("$") { builder.giveUp() }
        return place + 1
    }

    /// Reads a call that runs a program from a list, or a text for a shell.
    private mutating func subprocess(from start: Int, in open: Int) {
        let all = arguments(in: open)
        let range = span(start, call: open)
        var isShell = false
        for argument in all {
            guard let keyword = argument.keyword else { continue }
            if keyword == "shell" {
                isShell = argument.word != "False"
                if argument.word != "True", argument.word != "False" { builder.giveUp() }
            } else if keyword == "args" || !PythonNames.harmlessKeywords.contains(keyword) {
                builder.giveUp()
            }
        }
        let positional = all.filter { $0.keyword == nil }
        if positional.count != 1 { builder.giveUp() }
        guard let command = positional.first else {
            return builder.add(.command([.any(.notComputed)]), at: range)
        }
        if isShell {
            // Of a list the first element is the text, and the others are its parameters.
            if command.list != nil { builder.giveUp() }
            if case .one(let text) = command.arguments.first {
                builder.add(.shell(text), at: range)
            } else {
                builder.add(.shell(.notComputed), at: range)
            }
        } else if let words = command.list {
            builder.add(.command(words.isEmpty ? [.any(.notComputed)] : words), at: range)
        } else if command.text.literal != nil {
            builder.add(.command([.one(command.text)]), at: range)
        } else {
            builder.add(.command([.any(.notComputed)]), at: range)
        }
    }
}
