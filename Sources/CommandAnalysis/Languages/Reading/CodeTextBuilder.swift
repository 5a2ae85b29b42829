import ShellSyntax

/// Puts a text together byte by byte.
///
/// `AbstractText.append` copies what is there already; this does not.
struct CodeTextBuilder {
    private var pieces: [AbstractText.Piece] = []
    private var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Appends one byte of the code, or the unknown piece that it stands for.
    mutating func append(_ code: CodeText, at place: Int) {
        if let unknown = code.unknown(at: place) {
            append(unknown)
        } else {
            bytes.append(code.bytes[place])
        }
    }

    mutating func append(_ unknown: UnknownText) {
        flush()
        pieces.append(.unknown(unknown))
    }

    mutating func append(_ text: AbstractText) {
        for piece in text.pieces {
            if case .text(let known) = piece {
                bytes.append(contentsOf: known.utf8)
            } else {
                flush()
                pieces.append(piece)
            }
        }
    }

    private mutating func flush() {
        if bytes.isEmpty { return }
        pieces.append(.text(ShellText(bytes)))
        bytes.removeAll()
    }

    var text: AbstractText {
        var copy = self
        copy.flush()
        return AbstractText(copy.pieces)
    }
}
