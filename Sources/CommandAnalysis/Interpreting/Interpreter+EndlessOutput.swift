import ShellSyntax

// Files that grow until nothing more fits: what is written to them has no end.

extension Interpreter {
    /// Notes that a command writes without end to files that its redirections open.
    mutating func noteFilling(
        _ vectors: [[Argument]],
        of command: SimpleCommand,
        _ redirected: Redirected,
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard let files = redirected.outputs, !files.isEmpty,
            let name = vectors.first?.first(where: { $0.literal != "nohup" })?.literal
        else { return }
        switch name {
        case "yes": break
        case "cat", "tr", "base64", "xxd", "od", "hexdump", "gzip":
            let isRead = command.redirections.contains { redirection in
                guard redirection.operator == .input, case .word(let word) = redirection.target
                else {
                    return false
                }
                return word.literal?.isEndless == true
            }
            let isNamed = vectors[0].dropFirst().contains { $0.literal?.isEndless == true }
            guard isRead || isNamed else { return }
        default: return
        }
        emitFilling(files, frame, program: name, at: range)
    }

    mutating func emitFilling(
        _ files: [AbstractPath],
        _ frame: Frame,
        program: ShellText,
        at range: SourceRange
    ) {
        let verb = ForeseenAction.Attribute(.verb, .texts(["fill"]))
        emit(
            .storageChange,
            frame,
            program: program,
            [.init(.path, .paths(files)), verb],
            at: range
        )
    }

    /// Notes that `dd` copies without end: nothing says how many blocks, and none is the last.
    mutating func noteFilling(
        byBlocks arguments: [Argument],
        _ program: ShellText,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        func value(_ name: String) -> AbstractText? {
            arguments.last { $0.text.knownPrefix.utf8.starts(with: name.utf8) }?.text
                .dropping(name.utf8.count)
        }
        guard let source = value("if=")?.literal, source.isEndless, value("count=") == nil,
            let target = value("of="), !target.knownPrefix.utf8.starts(with: "/dev/".utf8)
        else { return }
        emitFilling(paths(of: target, state), frame, program: program, at: range)
    }
}

extension ShellText {
    /// Whether it is a device that can be read without end.
    fileprivate var isEndless: Bool {
        switch self {
        case "/dev/zero", "/dev/urandom", "/dev/random", "/dev/full": true
        default: false
        }
    }
}
