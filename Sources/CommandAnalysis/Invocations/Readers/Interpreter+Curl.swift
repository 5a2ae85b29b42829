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
        where Self.namesFile.contains(where: value.tags.contains) {
            try readFile(value, program, call, &state, frame)
        }
        for cookies in parsed.values(tagged: "cookie")
        where !cookies.knownPrefix.utf8.contains(UInt8(ascii: "=")) {
            access(.read, cookies, &state, frame, program: program, at: call.range)
        }
        let urls = (parsed.operands.map(\.text) + parsed.values(of: .url)).map(\.withoutMatches)
        if parsed.has(Tag("remote-name")) {
            for url in urls {
                access(.write, url.lastComponent, &state, frame, program: program, at: call.range)
            }
        }
        guard let usage = parsed.usage else { return nil }
        var work = Performance(parsed, usage, program, call)
        var onlyAsks = !urls.isEmpty
        for url in urls {
            if let scheme = url.scheme {
                if scheme == "file" {
                    access(.read, url.file, &state, frame, program: program, at: call.range)
                } else if !Self.schemes.contains(scheme) {
                    // What is sent there are commands.
                    emit(.codeRun, frame, program: program, at: call.range)
                }
            }
            let request = HTTPRequest(
                method: parsed.method,
                url: url,
                headers: parsed.values(tagged: "header"),
                body: parsed.values(tagged: "data").first,
                socket: parsed.values(tagged: "socket").first
            )
            try perform(request.findings, .url, &work, &state, frame)
            onlyAsks = onlyAsks && request.onlyAsks
        }
        guard onlyAsks else { return nil }
        var asking = parsed
        asking.values = parsed.values.map { value in
            value.type == .method
                ? .init(type: .method, value: HTTPRequest.query, tags: value.tags) : value
        }
        return try perform(asking, program, call, &state, frame)
    }

    /// Options whose value may be `@` and the name of a file.
    private static let namesFile = [Tag("data"), Tag("header"), Tag("write-out")]

    /// Schemes by which files and pages travel.
    private static let schemes: Set<ShellText> = [
        "http", "https", "ftp", "ftps", "sftp", "scp", "tftp", "file",
    ]

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
        } else if value.tags.contains(Tag("encoded")) {
            // `NAME@FILE`, unless `NAME=` comes first.
            let name = prefix.prefix { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "=") }
            let mark = prefix.dropFirst(name.count).first
            offset = mark == UInt8(ascii: "@") ? name.count + 1 : nil
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

    func values(tagged name: ShellText) -> [AbstractText] {
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
    /// In small letters; without one, curl tells it from the name of the host.
    fileprivate var scheme: ShellText? {
        let known = knownPrefix.utf8
        let start = String(decoding: Array(known.prefix(5)), as: UTF8.self).lowercased()
        if start == "file:" { return "file" }
        var name = known.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        if !known.dropFirst(name.count).starts(with: "://".utf8) {
            name = known.prefix { $0 != UInt8(ascii: ".") }
            guard known.count > name.count else { return nil }
            let guessed = ["dict", "ldap", "imap", "smtp", "pop3"]
            let lower = String(decoding: name, as: UTF8.self).lowercased()
            return guessed.contains { $0.utf8.elementsEqual(lower.utf8) } ? ShellText(lower) : nil
        }
        return ShellText(String(decoding: name, as: UTF8.self).lowercased())
    }

    /// The file that a URL of that scheme names.
    fileprivate var file: AbstractText {
        guard let literal, !literal.utf8.contains(where: { "%[{".utf8.contains($0) }) else {
            return .notComputed
        }
        var path = literal.utf8.dropFirst("file:".utf8.count)
            .prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        // Behind two slashes a host is named.
        if path.starts(with: "//".utf8) {
            path = path.dropFirst(2).drop { $0 != UInt8(ascii: "/") }
        }
        return AbstractText(ShellText(Array(path)))
    }

    /// The name of the file that a URL leads to.
    fileprivate var lastComponent: AbstractText {
        guard let literal else { return AbstractText(UnknownText(.name, from: .notComputed)) }
        let path = literal.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let name = path.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
        return name.isEmpty
            ? AbstractText(UnknownText(.name, from: .notComputed)) : AbstractText(ShellText(name))
    }
}
