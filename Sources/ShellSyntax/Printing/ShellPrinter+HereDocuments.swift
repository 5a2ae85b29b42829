// The texts of here-documents.

/// A here-document whose text is to stand behind the line.
struct PendingDocument {
    let document: HereDocument
    let stripsTabs: Bool
}

extension ShellPrinter {
    /// Writes the text and the line that ends it.
    mutating func write(_ pending: PendingDocument) {
        let document = pending.document
        let start = output.count
        let around = terminatorsAround
        terminatorsAround.append(document.terminator)
        inOwnText { printer in
            for part in document.body { printer.write(part) }
        }
        terminatorsAround = around
        isSeparated = true
        guard document.isTerminated else { return }
        append(document.terminator)
        if pending.stripsTabs, endsTextAround(start) {
            indent(from: start, joinsLines: !document.isQuoted)
        } else if around.contains(document.terminator) {
            // `EOF)` ends this document and not the one around.
            return
        }
        output.append(0x0A)
        isSeparated = true
    }

    /// Whether a line behind an offset would end a here-document around.
    private func endsTextAround(_ start: Int) -> Bool {
        guard !terminatorsAround.isEmpty else { return false }
        return output[start...].split(separator: 0x0A, omittingEmptySubsequences: false)
            .contains { line in terminatorsAround.contains { line.elementsEqual($0.utf8) } }
    }

    /// Puts a tab in front of each line, where it is taken away again.
    private mutating func indent(from start: Int, joinsLines: Bool) {
        let text = Array(output[start...])
        output.removeSubrange(start...)
        var isLineStart = true
        var isQuoted = false
        for byte in text {
            if isLineStart { output.append(0x09) }
            output.append(byte)
            isLineStart = byte == 0x0A && !(joinsLines && isQuoted)
            isQuoted = byte == 0x5C && !isQuoted
        }
    }
}
