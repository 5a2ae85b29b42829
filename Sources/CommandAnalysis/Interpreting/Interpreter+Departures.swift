import ShellSyntax

// What does not come to its end, or does not run at all.

extension Interpreter {
    /// Joins what holds where redirections failed, so that nothing ran behind them.
    ///
    /// That a file which is written can be opened is taken for granted.
    mutating func joinSkipped(
        _ skipped: ShellState?,
        _ state: inout ShellState
    ) throws(AnalysisProblem) {
        guard var skipped else { return }
        skipped.input = state.input
        skipped.lastArgument = state.lastArgument
        if skipped != state { try join(&state, skipped) }
    }

    /// Notes what a program, or a command of the shell, is no surety for: that it is there, that it
    /// runs, and that the shell goes on.
    mutating func noteDoubt(
        of name: ShellText,
        _ call: Call,
        _ output: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        if Self.killers.contains(name) { state.progress.hasPerhapsEnded = true }
        guard output.literal?.isEmpty == false else { return }
        if Self.endingLines.contains(name), frame.input.text.literal?.utf8.last != 0x0A {
            // Some end the last line, and some do not.
            doubtOutput(.allOrNothing)
        }
        if !state.files.isEmpty {
            // A file that the line wrote is perhaps not there, or not for this login.
            let read = call.arguments.dropFirst().count { isWritten($0.text, state) }
            if read > 0 { doubtOutput(read > 1 ? .inPart : .allOrNothing) }
        }
        let hasOptions = call.arguments.dropFirst().contains { !$0.isNoOption && $0 != .one("-c") }
        if Self.surePrograms.contains(name) || Self.runningPrograms.contains(name) && !hasOptions {
            return
        }
        // What is not there prints nothing; what is stopped on the way prints a part.
        doubtOutput(Self.stoppingPrograms.contains(name) ? .inPart : .allOrNothing)
    }

    private func isWritten(_ text: AbstractText, _ state: ShellState) -> Bool {
        guard text.weight <= AnalysisLimits.pathBytes else { return true }
        return paths(of: text, state).contains { state.files[$0] != nil }
    }

    /// Notes that nothing is printed where a redirection fails.
    ///
    /// That the file can be opened into which it is printed is taken for granted.
    mutating func doubt(
        _ output: AbstractText,
        behind redirections: [Redirection],
        _ redirected: Redirected
    ) {
        guard !redirections.isEmpty, output.literal != nil else { return }
        let granted = redirected.outputs == nil ? 0 : 1
        if redirections.count(where: \.canFail) > granted { doubtOutput(.allOrNothing) }
    }

    /// Notes that the output is no surer than this.
    mutating func doubtOutput(_ surety: OutputSurety) { outputSurety = min(outputSurety, surety) }

    private static let stoppingPrograms: NameSet = [
        "timeout", "gtimeout", "prlimit", "systemd-run",
    ]

    /// What is on every system too, and with its options may run nothing.
    private static let runningPrograms: NameSet = ["bash", "dash", "env", "find", "sh", "xargs"]

    /// What reads lines and writes others.
    private static let endingLines: NameSet = ["cut", "rev", "sed", "sort", "tac", "uniq"]

    private static let killers: NameSet = ["kill", "pkill", "killall", "skill", "fuser"]

    /// What is on every system, and runs what it is given.
    private static let surePrograms: NameSet = [
        "[", "awk", "base64", "basename", "cat", "cksum", "cut", "date", "dirname", "du", "echo",
        "fold", "head", "id", "md5sum", "nl", "od", "printf", "pwd", "sed", "seq", "sha1sum",
        "sha224sum", "sha256sum", "sha384sum", "sha512sum", "sort", "tac", "tail", "tee", "test",
        "tr", "true", "uname", "uniq", "wc",
    ]

    /// Whether nothing of the list runs behind it: `exit`, `return`, or a group that ends so.
    func endsHere(_ pipeline: Pipeline, _ state: ShellState, _ frame: Frame) -> Bool {
        guard pipeline.commands.count == 1, pipeline.prefixes.isEmpty else { return false }
        switch pipeline.commands[0] {
        case .simple(let command):
            guard let name = command.words.first?.literal, command.redirections.isEmpty,
                command.assignments.isEmpty, state.functions[name] == nil,
                command.words.count <= 2, command.words.dropFirst().allSatisfy(\.isNumber)
            else { return false }
            switch name {
            case "exit": return true
            case "return": return frame.canReturn
            case "break", "continue": return frame.isInLoop
            default: return false
            }
        case .compound(let command):
            guard case .braceGroup(let list) = command.body, command.redirections.isEmpty else {
                return false
            }
            return endsHere(list, state, frame)
        case .function, .coprocess: return false
        }
    }

    /// Whether nothing runs behind the list.
    func endsHere(_ list: CommandList, _ state: ShellState, _ frame: Frame) -> Bool {
        guard let last = list.items.last, last.terminator != .ampersand,
            last.andOr.rest.isEmpty
        else { return false }
        return endsHere(last.andOr.first, state, frame)
    }
}

extension Word {
    /// Whether it is a status: with anything else behind it `exit` may fail, or tell how it is used.
    fileprivate var isNumber: Bool {
        guard let bytes = literal?.utf8 else { return false }
        return !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
}
