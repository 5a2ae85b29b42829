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

    var withoutFinalNewlines: AbstractText {
        guard case .text(let text) = pieces.last, text.utf8.last == 0x0A else { return self }
        var bytes = Array(text.utf8)
        while bytes.last == 0x0A { bytes.removeLast() }
        return AbstractText(pieces.dropLast() + [.text(ShellText(bytes))])
    }
}
