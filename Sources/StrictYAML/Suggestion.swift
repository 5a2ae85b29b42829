/// Finds what somebody probably meant.
package enum Suggestion {
    /// LIMIT: longer words are not compared, the comparison is quadratic.
    static let maximumLength = 64

    /// The closest of the candidates, if it is close enough to be a slip.
    package static func closest(to word: String, among candidates: [String]) -> String? {
        let length = word.unicodeScalars.count
        guard length <= maximumLength else { return nil }
        let allowed = length <= 3 ? 1 : 2
        var best: (distance: Int, candidate: String)?
        for candidate in candidates where candidate.unicodeScalars.count <= maximumLength {
            let distance = distance(Array(word.unicodeScalars), Array(candidate.unicodeScalars))
            guard distance <= allowed, distance < candidate.unicodeScalars.count else { continue }
            if let best, best.distance <= distance { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// Edits between two words, where swapping two neighbours counts as one.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 1..<(left.count + 1) {
            var current = [row]
            for column in 1..<(right.count + 1) {
                let isSame = left[row - 1] == right[column - 1]
                var edits = min(
                    previous[column] + 1,
                    current[column - 1] + 1,
                    previous[column - 1] + (isSame ? 0 : 1)
                )
                if row > 1, column > 1, left[row - 1] == right[column - 2],
                    left[row - 2] == right[column - 1]
                {
                    edits = min(edits, beforePrevious[column - 2] + 1)
                }
                current.append(edits)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
