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
        for value in parsed.values {
            guard value.tags.contains(Tag("data")) || value.type == .text else { continue }
            try readFile(value, program, call, &state, frame)
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
