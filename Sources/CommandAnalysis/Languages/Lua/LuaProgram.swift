import ShellSyntax

/// Code of Lua: what it runs, reads, writes and deletes.
///
/// A library is never a value, so an attribute of a value leads to no function of one.
struct LuaProgram: CodeWalker {
    static let joins: Set<ShellText> = [".."]
    static let dots: Set<ShellText> = [".", ":"]

    var list = TokenList([])
    var builder: FindingsBuilder
    var steps = 0

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = LuaLexer(code)
        lexer.lex()
        var program = LuaProgram(builder: FindingsBuilder(code))
        if lexer.hasFailed || !options.modules.isEmpty { program.builder.giveUp() }
        program.walk(lexer.streams)
        return CodeReading(program.builder.findings, steps: lexer.cursor.steps + program.steps)
    }

    private init(builder: FindingsBuilder) { self.builder = builder }

    static let keywords = words(
        """
        and break do else elseif end false for function if in local nil not or repeat return then
        true until while
        """
    )

    private static let denied = words(
        """
        load loadstring loadfile dofile require debug package _G _ENV getmetatable rawget rawset
        getfenv setfenv module newproxy coroutine goto
        """
    )

    private static let libraries = words("os io string table math utf8 bit32 bit jit ffi")

    private static let table: [ShellText: KnownCall] = calls([
        (.shell, "os.execute"), (.pipe, "io.popen"), (.open, "io.open"),
        (.file(.delete, .first), "os.remove"), (.move, "os.rename"),
        (
            .harmless,
            """
            os.getenv os.time os.date os.clock os.difftime os.exit os.setlocale
            io.read io.write io.stdin io.stdout io.stderr io.close io.type
            string.byte string.char string.find string.format string.gmatch string.gsub string.len
            string.lower string.match string.rep string.reverse string.sub string.upper string.pack
            string.unpack table.concat table.insert table.remove table.sort table.unpack table.pack
            utf8.char utf8.codepoint utf8.len math.abs math.ceil math.floor math.max math.min
            math.sqrt math.random math.randomseed math.pi math.huge math.sin math.cos math.log
            math.exp math.fmod math.tointeger math.type math.pow
            """
        ),
    ])

    /// Functions that take a file where they have an argument, and an open stream otherwise.
    private static let streams: [ShellText: KnownCall] = calls([
        (.file(.read, .first), "io.lines io.input"), (.file(.write, .first), "io.output"),
    ])

    mutating func name(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        if Self.denied.contains(name) {
            builder.giveUp()
        } else if Self.libraries.contains(name) {
            guard list.isSymbol(".", at: next), let function = list[place + 2],
                function.kind == .name
            else {
                builder.giveUp()
                return next
            }
            self.function(
                ShellText(name.description + "." + function.text.description),
                from: place,
                at: place + 3
            )
            return place + 3
        }
        return next
    }

    private mutating func function(_ path: ShellText, from start: Int, at open: Int) {
        if let call = Self.streams[path] {
            if !isCall(at: open) {
                builder.giveUp()
            } else if !list.arguments(in: open).isEmpty {
                perform(call, from: start, in: open)
            }
            return
        }
        let call = Self.table[path] ?? .opaque
        isCall(at: open) ? perform(call, from: start, in: open) : mention(call, at: start)
    }

    mutating func attribute(_ name: ShellText, at place: Int) -> Int {
        if name.utf8.starts(with: "__".utf8) { builder.giveUp() }
        return place + 1
    }

    mutating func other(_ token: CodeToken, at place: Int) -> Int { place + 1 }
}
