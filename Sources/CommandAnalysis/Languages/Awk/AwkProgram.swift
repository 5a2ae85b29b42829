import ShellSyntax

/// A program of awk: the commands that it runs, the files that it reads and writes.
///
/// Everything else that awk can do is computing, so whatever the lexer reads whole is complete.
struct AwkProgram {
    let list: TokenList
    var builder: FindingsBuilder
    let values: AwkVariables
    var steps = 0
    /// Where the print statement ends in which the walk is; nil outside of one.
    private var printDepth: Int?
    private var depth = 0
    private var changesEnvironment = false

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = AwkLexer(code)
        lexer.lex()
        let list = TokenList(lexer.tokens)
        var program = AwkProgram(list, code, options)
        if lexer.hasFailed || !list.isBalanced { program.builder.giveUp() }
        program.walk()
        if program.changesEnvironment, program.builder.hasPrograms { program.builder.giveUp() }
        let steps = lexer.cursor.steps + list.count + program.steps
        return CodeReading(program.builder.findings, steps: steps)
    }

    private init(_ list: TokenList, _ code: CodeText, _ options: CodeOptions) {
        self.list = list
        builder = FindingsBuilder(code)
        values = AwkVariables(list, options)
        if !options.modules.isEmpty { builder.giveUp() }
    }

    private mutating func walk() {
        for (place, token) in list.tokens.enumerated() {
            steps += 1
            switch token.kind {
            case .name: name(token.text, at: place)
            case .newline: if printDepth == depth { printDepth = nil }
            case .symbol: symbol(token.text, at: place)
            case .variable, .number, .string, .command, .regex: break
            case .unknown: builder.giveUp()
            }
        }
    }

    private mutating func name(_ name: ShellText, at place: Int) {
        switch name {
        case "print", "printf": printDepth = depth
        case "system" where list.isSymbol("(", at: place + 1):
            let argument = list.arguments(in: place + 1).first
            let text = argument.map(value) ?? .notComputed
            builder.add(.shell(text), at: list.place(place..<list.behind(place + 1)))
        case "system": builder.giveUp()
        case "getline": getline(at: place)
        case "ARGV", "ARGC":
            // The names of the files that are read.
            if isChanged(at: place) { builder.giveUp() }
        case "ENVIRON":
            if isChanged(at: place) { changesEnvironment = true }
        default: break
        }
    }

    /// Whether a variable or an element of an array may get another value at a place.
    private func isChanged(at place: Int) -> Bool {
        let isElement = list.isSymbol("[", at: place + 1)
        let next = list[isElement ? list.behind(place + 1) : place + 1]
        let previous = list[place - 1]
        let isOperand = previous?.isSymbol(",") == true && printDepth != depth
        let isPassed = isOperand || previous?.isName("getline") == true
        let isAssigned = ["=", "+=", "-=", "++", "--"].contains { next?.isSymbol($0) == true }
        let isWhole = !isElement && list.isSymbol("(", at: place - 1)
        return isPassed || isAssigned || isWhole
    }

    private mutating func symbol(_ symbol: ShellText, at place: Int) {
        switch symbol {
        case "(", "[", "{": depth += 1
        case ")", "]", "}":
            depth -= 1
            if let print = printDepth, depth < print { printDepth = nil }
        case ";": if printDepth == depth { printDepth = nil }
        case "@": if list[place + 1]?.kind != .regex { builder.giveUp() }
        case ">", ">>": if printDepth == depth { redirect(at: place) }
        case "|", "|&": pipe(at: place)
        default: break
        }
    }

    /// Notes the file of `print > FILE`.
    private mutating func redirect(at place: Int) {
        let range = target(from: place + 1)
        write(value(range), at: list.place(place..<range.upperBound))
    }

    private mutating func write(_ file: AbstractText, at range: Range<Int>) {
        if let host = Self.networkHost(file) {
            builder.add(.connect(host: host), at: range)
        } else if file.literal != "/dev/stdout", file.literal != "/dev/stderr" {
            builder.add(.writeFile(file), at: range)
        }
    }

    /// Notes the command of `print | COMMAND`.
    private mutating func pipe(at place: Int) {
        if list.isName("getline", at: place + 1) { return }
        let range = target(from: place + 1)
        let command = value(range)
        let span = list.place(place..<range.upperBound)
        if let host = Self.networkHost(command) {
            builder.add(.connect(host: host), at: span)
        } else {
            builder.add(.shellWithInput(command), at: span)
        }
    }

    private mutating func getline(at place: Int) {
        let operatorPlace = place - 1
        if list.isSymbol("|", at: operatorPlace) || list.isSymbol("|&", at: operatorPlace) {
            if printDepth == depth { builder.giveUp() }
            let range = source(before: operatorPlace)
            run(value(range), at: list.place(range.lowerBound..<place + 1))
            // To some versions the pipe takes only the last of several strings in a row.
            if range.count > 1, !list.isSymbol(")", at: operatorPlace - 1) {
                run(value(operatorPlace - 1..<operatorPlace), at: list.place(range))
            }
            return
        }
        var next = place + 1
        if list.isSymbol("$", at: next) { next += 1 }
        if list[next]?.kind == .name || list[next]?.kind == .number { next += 1 }
        if list.isSymbol("[", at: next) || list.isSymbol("(", at: next) { next = list.behind(next) }
        guard list.isSymbol("<", at: next) else { return }
        let range = target(from: next + 1)
        let first = range.lowerBound..<min(list.behind(range.lowerBound), range.upperBound)
        read(value(first), at: list.place(place..<range.upperBound))
        if first != range { read(value(range), at: list.place(place..<range.upperBound)) }
    }

    private mutating func run(_ command: AbstractText, at range: Range<Int>) {
        if let host = Self.networkHost(command) {
            builder.add(.connect(host: host), at: range)
        } else {
            builder.add(.shell(command), at: range)
        }
    }

    private mutating func read(_ file: AbstractText, at range: Range<Int>) {
        if let host = Self.networkHost(file) {
            builder.add(.connect(host: host), at: range)
        } else if file.literal != "-", file.literal != "/dev/stdin" {
            builder.add(.readFile(file), at: range)
        }
    }

    /// The expression behind a redirection, which ends where the statement does.
    private mutating func target(from start: Int) -> Range<Int> {
        let end = list.find(from: start) {
            if $0.kind == .newline { return true }
            guard $0.kind == .symbol else { return $0.kind == .name && Self.ends.contains($0.text) }
            return Self.ends.contains($0.text)
        }
        steps += end - start
        return start..<max(end, start)
    }

    private static let ends: Set<ShellText> = [
        ";", "{", "|", "|&", ">", ">>", "<", "&&", "||", "?", ":", ",", "==", "!=", "<=", ">=",
        "~", "!~", "in",
    ]

    /// The expression before a pipe.
    private mutating func source(before end: Int) -> Range<Int> {
        var start = end
        while start > 0, end - start < TokenList.maximumFold, let token = list[start - 1] {
            steps += 1
            if token.kind == .newline || token.isOpening || token.isSymbol("}") { break }
            if Self.begins.contains(token.text), token.kind == .symbol || token.kind == .name {
                break
            }
            start = (token.isClosing ? list.partner(of: start - 1) : nil) ?? start - 1
        }
        return start..<end
    }

    private static let begins: Set<ShellText> = ends.union([
        "!", "=", "+=", "-=", "*=", "/=", "print", "printf", "return", "else", "do", "exit",
        "delete", "case",
    ])

    /// What an expression is, where it is made of strings and variables with one value.
    private func value(_ range: Range<Int>) -> AbstractText { values.value(range, in: list) }

    /// The host of one of gawk's files that are connections: `/inet/tcp/0/host/80`.
    private static func networkHost(_ file: AbstractText) -> AbstractText? {
        let parts = file.knownPrefix.utf8.split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        )
        guard parts.count > 1, parts[0].isEmpty,
            ["inet", "inet4", "inet6"].contains(String(parts[1]))
        else { return nil }
        guard parts.count > 5, let host = parts[4...].first else { return .notComputed }
        return AbstractText(ShellText(host))
    }
}
