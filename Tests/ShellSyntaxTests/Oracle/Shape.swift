import ShellSyntax

/// What two parsers can agree on: the kinds of commands and what is in which, words, and what of these
/// is more than text.
///
/// Literal text is where nothing else is, and so has no shape of its own. Places are left out where
/// one of the two does not know them.
struct Shape: Hashable {
    let kind: String
    let range: Range<Int>?
    let parts: [Shape]

    init(_ kind: String, _ range: Range<Int>? = nil, _ parts: [Shape] = []) {
        self.kind = kind
        self.range = range
        self.parts = parts
    }

    init(_ kind: String, _ range: SourceRange, _ parts: [Shape] = []) {
        self.init(kind, range.bytes, parts)
    }

    /// A node of arithmetic, which is known by its first byte.
    init(_ kind: String, beginning range: Range<Int>?, _ parts: [Shape]) {
        self.init(kind, range.map { $0.lowerBound..<$0.lowerBound }, parts)
    }

    /// What stands behind an operator of an expansion; text alone is nothing.
    static func operand(_ parts: [Shape]) -> [Shape] {
        parts.isEmpty ? [] : [Shape("operand", nil, parts)]
    }

    /// A kind that is there only where it holds more, or less, than one thing.
    static func group(_ kind: String, _ parts: [Shape]) -> Shape {
        parts.count == 1 ? parts[0] : Shape(kind, nil, parts)
    }

    /// Without the places, which what stands in back-quotes does not have.
    var withoutPlaces: Shape { Shape(kind, nil, parts.map(\.withoutPlaces)) }

    /// Whether another parser finds the same.
    ///
    /// What the shell reads only when it runs it, and then cannot, has no shape: mvdan/sh makes
    /// something of it.
    func agrees(with other: Shape) -> Bool {
        if parts.contains(where: { $0.kind == "error" }) { return kind == other.kind }
        return kind == other.kind && range == other.range && parts.count == other.parts.count
            && zip(parts, other.parts).allSatisfy { $0.agrees(with: $1) }
    }

    /// A line for each part, indented below what holds it.
    var lines: [String] {
        let place = range.map { " \($0.lowerBound)-\($0.upperBound)" } ?? ""
        return [kind + place] + parts.flatMap { $0.lines.map { "  " + $0 } }
    }
}
