import ShellSyntax

// Texts with other bytes in what is known of them.

extension AbstractText {
    /// Without so many bytes of the known text at its start.
    func dropping(_ bytes: Int) -> AbstractText {
        guard case .text(let first) = pieces.first else { return self }
        return AbstractText(
            [.text(ShellText(Array(first.utf8.dropFirst(bytes))))] + pieces.dropFirst()
        )
    }
}
