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
        for deletion in search.deletions {
            let isOfSome = search.passesStart(deletion) && search.selects
            for path in search.found(deletion) {
                access(
                    isOfSome ? .delete : .deleteTree,
                    path,
                    &state,
                    frame,
                    program: program,
                    at: call.range
                )
            }
        }
        for command in search.commands {
            if command.isAsked {
                // Nobody answers, and then it is not run.
                if isLone(frame), frame.input == .nothing { continue }
                use(frame.input, as: .code)
            }
            try runFound(command, search, program, call, &state, frame)
        }
        return frame.collects ? search.printed ?? .notComputed : .notComputed
    }

    /// Whether a program is the first of the line and alone, so that nothing but the client can send
    /// it anything.
    private func isLone(_ frame: Frame) -> Bool {
        pipelines == 1 && redirections == 0 && frame.wrappers.isEmpty && frame.company == .none
            && frame.place == .target
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
        let takesNoDirectory = command.takesNoDirectory
        for found in search.handed(command) {
            if takesNoDirectory, search.starts.contains(found), isDirectory(found, state) {
                continue
            }
            var other = state
            var place = found
            if command.isInDirectory {
                // The name alone, run in the directory where it is: the same file.
                other.directories = search.starts.flatMap { paths(of: $0, state) }
                let real = self.paths(of: found, state)
                place = real.count == 1 ? real[0].text ?? .nameInDirectory : .nameInDirectory
            }
            let vector = command.arguments.map { $0.replacing("{}", with: place) }
            _ = try runVector(vector, &other, inner, at: call.range)
            state.files = other.files
        }
        for vector in search.linkVectors(command) {
            var other = state
            _ = try runVector(vector, &other, inner, at: call.range)
            state.files = other.files
        }
    }

    /// Whether the text names a directory, by how it is written or because every host has it.
    private func isDirectory(_ text: AbstractText, _ state: ShellState) -> Bool {
        guard let literal = text.literal else { return false }
        if literal == "." || literal == ".." || literal.utf8.last == UInt8(ascii: "/") {
            return true
        }
        let paths = paths(of: text, state)
        return paths.count == 1 && paths[0].isOfEveryHost
    }
}

extension AbstractText {
    fileprivate var holdsBraces: Bool {
        pieces.contains { piece in
            guard case .text(let text) = piece else { return false }
            return Array(text.utf8).holds("{}")
        }
    }

    /// A file in the directory where a command runs, of which nothing is known but that it is there.
    fileprivate static let nameInDirectory = AbstractText([
        .text("./"), .unknown(UnknownText(.name, from: .file)),
    ])
}

extension FindExpression.Command {
    /// Whether it gives files to somebody else and does nothing more: `chown`, `chgrp`.
    var changesOwner: Bool {
        let name = arguments.first?.literal
        // With more in the same word, it is another file.
        return (name == "chown" || name == "chgrp")
            && arguments.allSatisfy { $0.literal == "{}" || !$0.text.holdsBraces }
    }

    /// Whether it deletes files and fails on a directory: `rm` without `-r`, and `unlink`.
    fileprivate var takesNoDirectory: Bool {
        let words = arguments.map(\.literal)
        guard !words.contains(nil), let first = words.first else { return false }
        if first == "unlink" { return true }
        guard first == "rm" else { return false }
        return words.dropFirst().allSatisfy { word in
            guard let bytes = word?.utf8, bytes.first == UInt8(ascii: "-") else { return true }
            return bytes.dropFirst().allSatisfy { "fiIv".utf8.contains($0) }
        }
    }
}
