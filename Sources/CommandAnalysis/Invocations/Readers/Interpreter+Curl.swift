import ShellSyntax

// `curl`: the method follows from several options, and `@` reads files.

extension Interpreter {
    mutating func curl(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        let parsed = ArgumentReading.read(arguments, knowledge)
        if parsed.has(.help), !parsed.isUncertain { return nil }
        for value in parsed.values
        where value.tags.contains(Tag("data")) || value.tags.contains(Tag("header")) {
            try readFile(value, program, call, &state, frame)
        }
        let urls = (parsed.operands.map(\.text) + parsed.values(of: .url)).map(\.withoutMatches)
        if parsed.has(Tag("remote-name")) {
            for url in urls {
                access(.write, url.lastComponent, &state, frame, program: program, at: call.range)
            }
        }
        guard let usage = parsed.usage else { return nil }
        var work = Performance(parsed, usage, program, call)
        for url in urls {
            let request = HTTPRequest(
                method: parsed.method,
                url: url,
                headers: parsed.values(tagged: "header"),
                body: parsed.values(tagged: "data").first,
                socket: parsed.values(tagged: "socket").first
            )
            try perform(request.findings, .url, &work, &state, frame)
        }
        return nil
    }

    /// `-d @FILE`, `-F name=@FILE` and `-H @FILE` read a file.
    private mutating func readFile(
        _ value: ParsedArguments.TypedValue,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let prefix = value.value.knownPrefix.utf8
        var offset: Int?
        if prefix.first == UInt8(ascii: "@") {
            offset = 1
        } else if value.tags.contains(Tag("data")),
            let equals = prefix.firstIndex(of: UInt8(ascii: "="))
        {
            let next = prefix.index(after: equals)
            if next < prefix.endIndex,
                prefix[next] == UInt8(ascii: "@") || prefix[next] == UInt8(ascii: "<")
            {
                offset = prefix.distance(from: prefix.startIndex, to: next) + 1
            }
        }
        guard let offset else { return }
        let file = value.value.dropping(offset)
        if file.literal == "-" {
            use(frame.input, as: .data)
        } else {
            access(.read, file, &state, frame, program: program, at: call.range)
        }
    }
}

extension ParsedArguments {
    func values(of type: ValueType) -> [AbstractText] {
        values.filter { $0.type == type }.map(\.value)
    }

    fileprivate func values(tagged name: ShellText) -> [AbstractText] {
        values.filter { $0.tags.contains(Tag(name)) }.map(\.value)
    }

    /// The method that the options of `curl` make.
    fileprivate var method: AbstractText {
        if let method = values(of: .method).last { return method }
        if has(Tag("upload")) { return "PUT" }
        if has(Tag("head")) { return "HEAD" }
        return has(Tag("data")) && !has(Tag("get")) ? "POST" : "GET"
    }
}

extension AbstractText {
    /// The name of the file that a URL leads to.
    fileprivate var lastComponent: AbstractText {
        guard let literal else { return AbstractText(UnknownText(.name, from: .notComputed)) }
        let path = literal.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let name = path.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
        return name.isEmpty
            ? AbstractText(UnknownText(.name, from: .notComputed)) : AbstractText(ShellText(name))
    }
}
