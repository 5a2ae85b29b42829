import ShellSyntax

extension ShellText {
    /// Whether it matches as a pattern in which `*` is any text.
    func matchesStars(_ text: ShellText) -> Bool {
        let pattern = utf8
        let text = text.utf8
        var place = pattern.startIndex
        var position = text.startIndex
        // Where the last star ends, and how far the text goes for which it stands.
        var star: (end: String.Index, position: String.Index)?
        while position != text.endIndex {
            if place != pattern.endIndex, pattern[place] == UInt8(ascii: "*") {
                place = pattern.index(after: place)
                star = (place, position)
            } else if place != pattern.endIndex, pattern[place] == text[position] {
                place = pattern.index(after: place)
                position = text.index(after: position)
            } else if let last = star {
                place = last.end
                position = text.index(after: last.position)
                star = (place, position)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
