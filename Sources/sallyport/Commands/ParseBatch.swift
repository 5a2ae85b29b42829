internal import ShellSyntax

/// `sallyport parse --batch`: an answer for each line of the standard input, in turn.
struct ParseBatch: Batch {
    let dialect: Dialect
    let options: ShellOptions
    let showsTrees: Bool

    func write(_ request: BatchRequest, to writer: inout JSONWriter) {
        write(request.command, to: &writer)
    }

    func writeFlaw(_ flaw: String, to writer: inout JSONWriter) {
        writer.key("status")
        writer.string("rejected")
        writer.key("error")
        writer.string(flaw)
    }

    /// A command is all that comes: a here-document or a last backslash that more text could complete
    /// is what the shell makes of it.
    private func write(_ command: [UInt8], to writer: inout JSONWriter) {
        let open = Program(command, dialect: dialect, isFinal: false, options: options)
        let program =
            open.status == .incomplete
            ? Program(command, dialect: dialect, isFinal: true, options: options) : open
        let isAccepted = program.status == .accepted
        writer.key("status")
        writer.string(program.status.rawValue)
        if let flaw = isAccepted ? open.flaw : program.flaw {
            writer.key(isAccepted ? "warning" : "error")
            let place = LineTable(command).place(of: flaw.range.bytes.lowerBound)
            writer.string("\(place): \(flaw.message)")
        }
        if showsTrees, isAccepted {
            writer.key("tree")
            writer.bare(JSONOutline.text(of: program))
        }
    }
}

extension Program {
    /// The first thing that is wrong, or what is open.
    fileprivate var flaw: (message: String, range: SourceRange)? {
        if let error = errors.first { return (error.description, error.range) }
        guard let incomplete, let innermost = incomplete.open.last else { return nil }
        return (incomplete.description, innermost.range)
    }
}
