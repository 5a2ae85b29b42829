import ShellSyntax

extension ShellText {
    /// Whether it matches as a pattern in which `*` is any text.
    func matchesStars(_ text: ShellText) -> Bool {
        let (patternBytes, textBytes) = (utf8, text.utf8)
        let (pattern, text) = (patternBytes.span, textBytes.span)
        var place = 0
        var position = 0
        // Where the last star ends, and how far the text goes for which it stands.
        var star: (end: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                place += 1
                star = (place, position)
            } else if place < pattern.count, pattern[place] == text[position] {
                place += 1
                position += 1
            } else if let last = star {
                place = last.end
                position = last.position + 1
                star = (place, position)
            } else {
                return false
            }
        }
        while place < pattern.count, pattern[place] == UInt8(ascii: "*") { place += 1 }
        return place == pattern.count
    }
}
