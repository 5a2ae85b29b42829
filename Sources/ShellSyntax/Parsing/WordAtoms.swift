/// A word as readers of characters see it: the bytes of its literals, each with its place, and
/// parts that are opaque.
struct WordAtoms {
    private enum Atom {
        case byte(UInt8, Int32, end: Int32)
        case part(WordPart)
    }

    private var atoms: [Atom] = []

    init(_ parts: [WordPart]) {
        let count = parts.reduce(0) { count, part in
            if case .literal(let literal) = part { return count + literal.text.utf8.count }
            return count + 1
        }
        atoms.reserveCapacity(count)
        for part in parts {
            guard case .literal(let literal) = part else {
                atoms.append(.part(part))
                continue
            }
            // A line continuation leaves a literal shorter than its range: then all of it stands
            // where it began, but for its end.
            let isExact = literal.text.utf8.count == literal.range.bytes.count
            var offset = literal.range.lowerBound
            for byte in literal.text.utf8 {
                atoms.append(.byte(byte, offset, end: offset + 1))
                if isExact { offset += 1 }
            }
            if !isExact, case .byte(let last, let start, _)? = atoms.last {
                atoms[atoms.count - 1] = .byte(last, start, end: literal.range.upperBound)
            }
        }
    }

    var count: Int { atoms.count }

    /// The byte at an index; 0 at the end and for what is no text.
    @inline(__always)
    func byte(at index: Int) -> UInt8 {
        if index < atoms.count, case .byte(let byte, _, _) = atoms[index] { byte } else { 0 }
    }

    func isPart(_ index: Int) -> Bool {
        if index < atoms.count, case .part = atoms[index] { true } else { false }
    }

    /// Where the atom at an index begins in the source.
    func place(_ index: Int) -> Int {
        switch atoms[index] {
        case .byte(_, let offset, _): Int(offset)
        case .part(let part): Int(part.range.lowerBound)
        }
    }

    /// Where the atom at an index ends in the source.
    func endPlace(_ index: Int) -> Int {
        switch atoms[index] {
        case .byte(_, _, let end): Int(end)
        case .part(let part): Int(part.range.upperBound)
        }
    }

    /// A stretch as parts of a word again.
    func parts(_ start: Int, _ end: Int) -> [WordPart] {
        var parts: [WordPart] = []
        append(start, end, to: &parts)
        return parts
    }

    func append(_ start: Int, _ end: Int, to parts: inout [WordPart]) {
        var text: [UInt8] = []
        var textStart = start
        func flush(_ end: Int) {
            guard !text.isEmpty else { return }
            let range = SourceRange(place(textStart), endPlace(end - 1))
            parts.append(.literal(Literal(text: ShellText(text), range: range)))
            text = []
        }
        for index in start..<max(start, end) {
            switch atoms[index] {
            case .byte(let byte, _, _):
                if text.isEmpty { textStart = index }
                text.append(byte)
            case .part(let part):
                flush(index)
                parts.append(part)
            }
        }
        flush(end)
    }
}
