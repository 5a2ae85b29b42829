import ShellSyntax

// What `make` runs, where the line itself holds the text that says so.

extension Interpreter {
    /// Runs what the texts of `make` have it run, where the line itself holds them.
    mutating func runMakefiles(
        _ work: borrowing Performance,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard work.program == "make" || work.program == "gmake" || work.program == "bmake" else {
            return
        }
        var texts: [AbstractText] = []
        func add(_ stream: Stream) { if case .text(let text) = stream { texts.append(text) } }
        if work.parsed.has(Tag("stdin")) { add(frame.input) }
        for value in work.parsed.values where value.tags.contains(Tag("eval")) {
            texts.append(value.value)
        }
        var files = work.parsed.values.filter { $0.tags.contains(Tag("makefile")) }.map(\.value)
        if files.isEmpty { files = ["GNUmakefile", "makefile", "Makefile"] }
        for file in files {
            add(file.isStandardInput ? frame.input : content(of: file, state, frame))
        }
        for text in texts {
            guard let text = text.literal else { continue }
            var other = state
            var inner = try context(work, frame)
            inner.isCertain = false
            inner.input = .nothing
            for command in MakeCommands.commands(in: text) {
                try runShells(AbstractText(command), &other, inner, at: work.range)
            }
        }
    }
}
