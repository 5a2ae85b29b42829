import ShellSyntax

// `find`: starting points, then an expression in which some words run, delete or write.

extension Interpreter {
    mutating func find(
        _ arguments: [Argument],
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let search = FindExpression(arguments)
        var frame = frame
        if search.isUncertain { frame.isCertain = false }
        if search.isHelp {
            emit(.systemRead, frame, program: program, at: call.range)
            return .notComputed
        }
        for start in search.starts {
            access(.look, start, &state, frame, program: program, at: call.range)
        }
        for file in search.written {
            access(.write, file, &state, frame, program: program, at: call.range)
        }
        for file in search.read {
            access(.read, file, &state, frame, program: program, at: call.range)
        }
        if search.deletes {
            for path in search.found {
                access(
                    search.passesStart && search.selects ? .delete : .deleteTree,
                    path,
                    &state,
                    frame,
                    program: program,
                    at: call.range
                )
            }
        }
        for command in search.commands {
            try runFound(command, search, program, call, &state, frame)
        }
        guard frame.collects, search.starts.count == 1, !search.printsOtherwise else {
            return .notComputed
        }
        return search.starts[0]
            + AbstractText([
                .text("/"), .unknown(UnknownText(.relativePath, from: .output)),
            ])
    }

    /// Runs what stands behind `-exec`, with what was found in the place of `{}`.
    private mutating func runFound(
        _ command: FindExpression.Command,
        _ search: FindExpression,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        var inner = try frame.nested().wrapped(by: program)
        // `-ok` asks on the terminal, and `-exec` reads what `find` would.
        inner.origin = .part(call.range)
        inner.collects = false
        let starts = search.handed.isEmpty ? [AbstractText.notComputed] : search.handed
        for found in starts {
            var other = state
            var place = found
            if command.isInDirectory {
                // The name alone, run in the directory where it is.
                other.directories = search.starts.flatMap { paths(of: $0, state) }
                place = AbstractText([
                    .text("./"), .unknown(UnknownText(.name, from: .file)),
                ])
            }
            let vector = command.arguments.map { $0.replacing("{}", with: place) }
            _ = try runVector(vector, &other, inner, at: call.range)
            state.files = other.files
        }
    }
}
