import ShellSyntax

/// Tokens of one stretch of code, with their brackets paired.
struct TokenList: Sendable {
    /// LIMIT: an expression or a list with more tokens than this is not computed, so that it costs
    /// the same however often it stands in another one.
    static let maximumFold = 100

    let tokens: [CodeToken]
    /// For each bracket the place of the other one; -1 for all other tokens.
    private let partners: [Int]
    /// Whether every bracket has its partner.
    let isBalanced: Bool

    init(_ tokens: [CodeToken]) {
        var partners = [Int](repeating: -1, count: tokens.count)
        var open: [Int] = []
        var isBalanced = true
        for (place, token) in tokens.enumerated() where token.kind == .symbol {
            switch token.text {
            case "(", "[", "{": open.append(place)
            case ")", "]", "}":
                if let partner = open.last, tokens[partner].text.isClosed(by: token.text) {
                    open.removeLast()
                    partners[partner] = place
                    partners[place] = partner
                } else {
                    isBalanced = false
                }
            default: break
            }
        }
        self.tokens = tokens
        self.partners = partners
        self.isBalanced = isBalanced && open.isEmpty
    }

    var count: Int { tokens.count }

    subscript(_ place: Int) -> CodeToken? { tokens.indices.contains(place) ? tokens[place] : nil }

    func isSymbol(_ text: ShellText, at place: Int) -> Bool { self[place]?.isSymbol(text) == true }

    func isName(_ text: ShellText, at place: Int) -> Bool { self[place]?.isName(text) == true }

    /// The place of the bracket that belongs to the one at a place.
    func partner(of place: Int) -> Int? {
        partners.indices.contains(place) && partners[place] >= 0 ? partners[place] : nil
    }

    /// The place behind the operand or bracketed group that starts at a place.
    func behind(_ place: Int) -> Int {
        if let partner = partner(of: place), partner > place { return partner + 1 }
        return place + 1
    }

    /// The first place from one on, outside of brackets that open behind it, where a token is such;
    /// a closing bracket ends the search, as does the limit.
    func find(from start: Int, where isSuch: (CodeToken) -> Bool) -> Int {
        var place = start
        var steps = 0
        while place < count, steps < Self.maximumFold {
            let token = tokens[place]
            if isSuch(token) || token.isClosing { return place }
            place = behind(place)
            steps += 1
        }
        return min(place, count)
    }

    /// The arguments between brackets, split at commas; of brackets that are not closed, to the end.
    func arguments(in open: Int) -> [Range<Int>] {
        let close = partner(of: open) ?? count
        return close > open + 1 ? elements(in: open + 1..<close) : []
    }

    /// The parts of a list, split at commas outside of brackets; a list beyond the limit is one part.
    func elements(in range: Range<Int>) -> [Range<Int>] {
        var elements: [Range<Int>] = []
        var start = range.lowerBound
        var place = start
        var steps = 0
        while place < range.upperBound {
            steps += 1
            if steps > Self.maximumFold { return [range] }
            if tokens[place].isSymbol(",") {
                elements.append(start..<place)
                start = place + 1
            }
            place = behind(place)
        }
        if start < range.upperBound { elements.append(start..<range.upperBound) }
        return elements
    }

    /// Where the tokens of a range stand in the code.
    func place(_ range: Range<Int>) -> Range<Int> {
        guard let first = self[range.lowerBound] else { return 0..<0 }
        let last = self[max(range.upperBound - 1, range.lowerBound)] ?? first
        return first.range.lowerBound..<max(last.range.upperBound, first.range.lowerBound)
    }
}

extension ShellText {
    fileprivate func isClosed(by closing: ShellText) -> Bool {
        switch self {
        case "(": closing == ")"
        case "[": closing == "]"
        default: closing == "}"
        }
    }
}
