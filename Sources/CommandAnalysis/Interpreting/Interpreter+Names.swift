import ShellSyntax

// Names of files that another program takes for something else.

extension Interpreter {
    /// Notes that a file gets a name that `*` hands to programs as an option, or that Perl runs.
    mutating func noteNames(
        of paths: [AbstractPath],
        _ frame: Frame,
        _ program: ShellText?,
        at range: SourceRange
    ) {
        for path in paths {
            guard let name = path.components.last, name.isTakenForAnother else { continue }
            emit(.commandDeceptive, frame, program: program, at: range)
            return
        }
    }
}

extension AbstractText {
    /// Whether as an operand it is an option to nearly every program, or a command to `perl -n`.
    fileprivate var isTakenForAnother: Bool {
        if literal == "-" { return false }
        if let first = knownPrefix.utf8.first, "-|>".utf8.contains(first) { return true }
        guard case .text(let end) = pieces.last else { return false }
        return end.utf8.last == UInt8(ascii: "|")
    }
}
