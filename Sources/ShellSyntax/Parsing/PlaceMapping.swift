/// Where the bytes that a parser reads stand in the source.
struct PlaceMapping {
    enum Kind {
        /// What is read is the source.
        case same
        /// What is read is a part of the source that begins at an offset.
        case offset(Int)
        /// What is read was made from a part of the source; all of it stands there.
        case fixed(SourceRange)
    }

    private let kind: Kind
    /// What aliases brought in, in the order in which it stands in the text that is read.
    private var segments: [Segment] = []
    /// How many bytes the text behind the last segment stands further back than in the source.
    private var shift = 0

    private struct Segment {
        /// Offsets in the text that is read.
        let start: Int
        let end: Int
        /// Where the alias name stands.
        let name: SourceRange
        /// The shift of what stands behind the segment.
        let shiftBehind: Int
    }

    init(_ kind: Kind) { self.kind = kind }

    @inline(__always)
    func range(_ start: Int, _ end: Int) -> SourceRange {
        if segments.isEmpty, case .same = kind { return SourceRange(start, end) }
        return mapped(start, end)
    }

    private func mapped(_ start: Int, _ end: Int) -> SourceRange {
        if case .fixed(let range) = kind { return range }
        let first = place(of: start)
        let last = end > start ? place(of: end - 1) : first
        return SourceRange(
            Int(first.lowerBound),
            max(Int(first.lowerBound), end > start ? Int(last.upperBound) : Int(first.lowerBound))
        )
    }

    private func place(of offset: Int) -> SourceRange {
        var base = 0
        if case .offset(let start) = kind { base = start }
        // Few commands use more than a few aliases, and the last one is the likeliest.
        for segment in segments.reversed() {
            if offset >= segment.end {
                let source = offset - segment.shiftBehind + base
                return SourceRange(source, source + 1)
            }
            if offset >= segment.start { return segment.name }
        }
        return SourceRange(offset + base, offset + base + 1)
    }

    /// Whether an alias brought in the byte at an offset of the text that is read.
    func isBroughtIn(_ offset: Int) -> Bool {
        segments.contains { $0.start <= offset && offset < $0.end }
    }

    /// Notes that an alias put text in the place of its name.
    ///
    /// - Parameters:
    ///   - start: Where the text begins, and the name began, in the text that is read.
    ///   - length: How long it is.
    ///   - nameLength: How long the name was.
    mutating func insert(at start: Int, length: Int, nameLength: Int) {
        let name = range(start, start + nameLength)
        // Inside of another alias's text that segment grows and keeps its place.
        if let index = segments.lastIndex(where: { $0.start <= start && start < $0.end }) {
            let growth = length - nameLength
            let segment = segments[index]
            segments[index] = Segment(
                start: segment.start,
                end: segment.end + growth,
                name: segment.name,
                shiftBehind: segment.shiftBehind + growth
            )
            shift += growth
            return
        }
        shift += length - nameLength
        segments.append(
            Segment(start: start, end: start + length, name: name, shiftBehind: shift)
        )
    }
}
