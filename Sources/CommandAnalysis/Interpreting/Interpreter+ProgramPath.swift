import ShellSyntax

// What it means that the directories of programs are others.

extension Interpreter {
    /// Whether the programs found by name are still those that the knowledge is of.
    mutating func setPath(_ value: Variable.Value, _ state: inout ShellState) {
        guard case .scalar(let texts) = value else {
            state.areProgramsKnown = false
            return
        }
        for text in texts where !isUsualPath(text) { state.areProgramsKnown = false }
    }

    /// Whether all directories are usual ones, or stand behind these and are none where anybody puts
    /// something: a known program that is not installed would be found there.
    private func isUsualPath(_ text: AbstractText) -> Bool {
        var text = text
        var isBehind = false
        var isBeforePath = false
        // What stood in PATH before is as usual as it was.
        if case .unknown(let unknown) = text.pieces.first, unknown.origin == .variable("PATH") {
            isBehind = true
            text = AbstractText(Array(text.pieces.dropFirst()))
        } else if case .unknown(let unknown) = text.pieces.last,
            unknown.origin == .variable("PATH")
        {
            text = AbstractText(text.pieces.dropLast())
            isBeforePath = true
        }
        if isBehind {
            let directories = text.split(at: UInt8(ascii: ":"))
            return directories.first?.pieces.isEmpty != false
                && directories.dropFirst().allSatisfy { isClosed($0) }
        }
        guard let literal = text.literal else { return false }
        // Where nothing stands, the working directory is meant.
        let directories = literal.utf8.split(
            separator: UInt8(ascii: ":"),
            omittingEmptySubsequences: false
        )
        let isFollowed = text.pieces.count == 1 && directories.last?.isEmpty == true
        return (isFollowed && isBeforePath ? directories.dropLast() : directories[...]).allSatisfy {
            directory in
            let path = AbstractPath(
                AbstractText(ShellText(Array(directory))),
                relativeTo: .unknown
            )
            return !directory.isEmpty && knowledge.isProgramDirectory(path)
        }
    }

    /// Whether a directory that is looked in last is none where anybody puts something.
    private func isClosed(_ directory: AbstractText) -> Bool {
        switch directory.pieces.first {
        case .unknown: return true
        case .wildcard, nil: return false
        case .text(let text):
            guard text.utf8.first == UInt8(ascii: "/") else { return false }
            if !Self.open.contains(where: { text.utf8.starts(with: $0.utf8) }) { return true }
        case .directory: break
        }
        // What is put into these is looked at.
        let program = AbstractPath(directory + "/x", relativeTo: .unknown)
        return knowledge.classes(of: PathForm(program, recursive: false), forReading: false)
            .contains { $0.kind == .guard && $0.match == .yes }
    }

    private static let open: [ShellText] = [
        "/tmp", "/var/tmp", "/dev/shm", "/proc", "/home/", "/root", "/.", "//",
    ]
}
