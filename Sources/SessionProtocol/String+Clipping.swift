extension String {
    /// As much of the text as fits a field of so many bytes, cut between two Unicode scalars.
    package func clipped(to bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: bytes)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// As much of the text as fits a line of prose.
    package var clippedProse: String { clipped(to: FieldLimits.prose) }
}
