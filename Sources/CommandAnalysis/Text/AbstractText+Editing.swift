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

    /// With a text in the place of each occurrence of another one in what is known.
    func replacing(_ mark: ShellText, with text: AbstractText) -> AbstractText {
        let sought = Array(mark.utf8)
        guard !sought.isEmpty else { return self }
        var result = AbstractText.empty
        for piece in pieces {
            guard case .text(let known) = piece else {
                result.append(piece)
                continue
            }
            let bytes = Array(known.utf8)
            var start = 0
            var index = 0
            while index + sought.count <= bytes.count {
                if bytes[index..<(index + sought.count)].elementsEqual(sought) {
                    result.append(.text(ShellText(bytes[start..<index])))
                    result.append(text)
                    index += sought.count
                    start = index
                } else {
                    index += 1
                }
            }
            result.append(.text(ShellText(bytes[start...])))
        }
        return result
    }
}
