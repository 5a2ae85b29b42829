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

    /// Whether all directories are usual ones, or stand behind these.
    private func isUsualPath(_ text: AbstractText) -> Bool {
        var text = text
        // What stood in PATH before is as usual as it was.
        if case .unknown(let unknown) = text.pieces.first, unknown.origin == .variable("PATH") {
            return true
        }
        if case .unknown(let unknown) = text.pieces.last, unknown.origin == .variable("PATH") {
            text = AbstractText(text.pieces.dropLast())
        }
        guard let literal = text.literal else { return false }
        return literal.utf8.split(separator: UInt8(ascii: ":")).allSatisfy { directory in
            let path = AbstractPath(
                AbstractText(ShellText(Array(directory))),
                relativeTo: .unknown
            )
            return knowledge.isProgramDirectory(path)
        }
    }
}
