import ShellSyntax

// Files whose names stand in another one: `tar -T F`, `xz --files=F`.

extension Interpreter {
    /// Remembers the actions of touching each file that a list names, and of reading the list.
    ///
    /// Of a list that nobody knows any file may be one, but for those that go into an archive.
    mutating func accessListed(
        by value: ParsedArguments.TypedValue,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        work.didAnything = true
        let list: Stream
        if value.value.literal == "-" {
            use(frame.input, as: .data)
            list = frame.input
        } else {
            access(.read, value.value, &state, frame, program: work.program, at: work.range)
            list = content(of: value.value, state, frame)
        }
        for name in list.text.listedNames {
            // Of an archive nothing is shown.
            if value.type == .backupList, name.literal == nil { continue }
            access(
                value.type == .editList ? .edit : .readTree,
                name,
                &state,
                frame,
                program: work.program,
                attributes: value.type == .editList ? [.edit] : [],
                at: work.range
            )
        }
    }
}

extension AbstractText {
    /// Names with line feeds or zero bytes between them.
    fileprivate var listedNames: [AbstractText] {
        guard let literal else { return pieces.count == 1 ? [self] : [.notComputed] }
        let names = literal.utf8.split { $0 == 0x0A || $0 == 0 }
        guard names.count <= AnalysisLimits.iterations else { return [.notComputed] }
        return names.map { AbstractText(ShellText($0)) }
    }
}
