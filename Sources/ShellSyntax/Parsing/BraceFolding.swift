// Brace expansion (bash manual, *Brace Expansion*): the first of all expansions, on the text of a
// word, in which quotes and other expansions are opaque.

extension Parser {
    /// Finds the brace expansions in the unquoted text of a word.
    mutating func foldingBraces(_ parts: [WordPart]) throws(Stop) -> [WordPart] {
        var folder = BraceFolder(parts, maximumNesting: limits.nesting - nesting)
        guard let folded = folder.folded() else { throw exceeded(.nesting, limits.nesting) }
        nodes += folder.count
        return folded
    }
}

/// A word as characters and opaque parts, and the brace expansions in it.
///
/// bash takes the first `{` that some `}` closes. A `}` closes if it stands at the level of the `{`
/// with a comma or `..` between the two at that level; one without is passed over, so that `{a},b}`
/// is `a}` and `b`. What is between is split at the commas and searched again, and so is what
/// follows.
struct BraceFolder {
    private struct Group {
        let start: Int
        let end: Int
    }

    private let atoms: WordAtoms
    /// The other half of each balanced pair of braces.
    private var partners: [Int] = []
    /// How many commas stand before each offset.
    private var commasBefore: [Int32] = []
    private let maximumNesting: Int
    private var nesting = 0
    private(set) var count = 0

    init(_ parts: [WordPart], maximumNesting: Int) {
        self.maximumNesting = maximumNesting
        atoms = WordAtoms(parts)
        partners = Array(repeating: -1, count: atoms.count)
        commasBefore.append(0)
        var open: [Int] = []
        for index in 0..<atoms.count {
            let byte = byte(at: index)
            commasBefore.append(commasBefore[index] + (byte == 0x2C ? 1 : 0))
            if byte == 0x7B { open.append(index) }
            if byte == 0x7D, let start = open.popLast() {
                partners[start] = index
                partners[index] = start
            }
        }
    }

    /// - Returns: Nil where the expansions nest too deep.
    mutating func folded() -> [WordPart]? { parts(0, atoms.count) }

    private func byte(at index: Int) -> UInt8 { atoms.byte(at: index) }

    // MARK: finding

    /// The expansions of a stretch of the word, those in others left out.
    private func groups(_ start: Int, _ end: Int) -> [Group] {
        let level = Level(self, start, end)
        var groups: [Group] = []
        var index = start
        while index < end {
            guard byte(at: index) == 0x7B, !isEmptyPair(index, start, end),
                let close = closing(index, level, end)
            else {
                index += 1
                continue
            }
            groups.append(Group(start: index, end: close))
            index = close + 1
        }
        return groups
    }

    /// `{}` at the beginning, which `find` and `xargs` want as it is.
    private func isEmptyPair(_ index: Int, _ start: Int, _ end: Int) -> Bool {
        index == start && index + 1 < end && byte(at: index + 1) == 0x7D
    }

    private func closing(_ index: Int, _ level: Level, _ end: Int) -> Int? {
        let partner = partners[index]
        guard partner >= 0, partner < end else { return nil }
        if separates(index + 1, partner) { return partner }
        return level.closing(behind: partner)
    }

    /// Whether a comma or `..` stands between, at the level of both ends.
    private func separates(_ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end {
            switch byte(at: index) {
            case 0x7B where partners[index] > index && partners[index] < end:
                index = partners[index]
            case 0x2C: return true
            case 0x2E where index + 2 <= end && byte(at: index + 1) == 0x2E && index + 2 != end:
                return true
            default: break
            }
            index += 1
        }
        return false
    }

    /// The commas and the unpaired `}` of a stretch at its own level.
    private struct Level {
        private var separators: [Int] = []
        private var closers: [Int] = []

        init(_ folder: BraceFolder, _ start: Int, _ end: Int) {
            var index = start
            while index < end {
                switch folder.byte(at: index) {
                case 0x7B where folder.partners[index] >= 0 && folder.partners[index] < end:
                    index = folder.partners[index]
                case 0x7D: closers.append(index)
                case 0x2C: separators.append(index)
                case 0x2E
                where index + 2 < end && folder.byte(at: index + 1) == 0x2E
                    && folder.byte(at: index + 2) != 0x7D:
                    separators.append(index)
                default: break
                }
                index += 1
            }
        }

        /// The first `}` behind the first separator behind an offset.
        func closing(behind offset: Int) -> Int? {
            guard let separator = first(in: separators, above: offset) else { return nil }
            return first(in: closers, above: separator)
        }

        private func first(in sorted: [Int], above offset: Int) -> Int? {
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle] > offset { high = middle } else { low = middle + 1 }
            }
            return low < sorted.count ? sorted[low] : nil
        }
    }

    // MARK: back to parts

    private mutating func parts(_ start: Int, _ end: Int) -> [WordPart]? {
        nesting += 1
        guard nesting <= maximumNesting else { return nil }
        var parts: [WordPart] = []
        var textStart = start
        for group in groups(start, end) {
            guard let content = content(group) else {
                if nesting > maximumNesting { return nil }
                continue
            }
            atoms.append(textStart, group.start, to: &parts)
            let range = SourceRange(atoms.place(group.start), atoms.place(group.end) + 1)
            parts.append(.braceExpansion(BraceExpansion(content: content, range: range)))
            textStart = group.end + 1
        }
        atoms.append(textStart, end, to: &parts)
        nesting -= 1
        return parts
    }

    /// - Returns: Nil where the braces are text after all, or the nesting is too deep.
    private mutating func content(_ group: Group) -> BraceExpansion.Content? {
        let inner = group.start + 1
        guard commasBefore[group.end] > commasBefore[inner] else {
            return sequence(inner, group.end)
        }
        var words: [Word] = []
        var start = inner
        var index = inner
        while index <= group.end {
            if index < group.end {
                if byte(at: index) == 0x7B, partners[index] > index, partners[index] < group.end {
                    index = partners[index] + 1
                    continue
                }
                guard byte(at: index) == 0x2C else {
                    index += 1
                    continue
                }
            }
            guard let parts = parts(start, index) else { return nil }
            let first = start < index ? atoms.place(start) : atoms.place(index)
            words.append(Word(parts: parts, range: SourceRange(first, atoms.place(index))))
            count += 1
            index += 1
            start = index
        }
        return .alternatives(words)
    }

    /// `x..y` or `x..y..step`, of integers or of single letters.
    private func sequence(_ start: Int, _ end: Int) -> BraceExpansion.Content? {
        var bytes: [UInt8] = []
        for index in start..<end {
            guard byte(at: index) != 0 else { return nil }
            bytes.append(byte(at: index))
        }
        let fields = bytes.splitAtDots
        guard fields.count == 2 || fields.count == 3 else { return nil }
        let step = fields.count == 3 ? fields[2] : nil
        if let step, !step.isInteger { return nil }
        let areIntegers = fields[0].isInteger && fields[1].isInteger
        let areLetters = fields[0].isLetter && fields[1].isLetter
        guard areIntegers || areLetters else { return nil }
        return .sequence(
            start: ShellText(fields[0]),
            end: ShellText(fields[1]),
            step: step.map { ShellText($0) }
        )
    }
}

extension [UInt8] {
    fileprivate var splitAtDots: [[UInt8]] {
        var fields: [[UInt8]] = [[]]
        var index = 0
        while index < count {
            if self[index] == 0x2E, index + 1 < count, self[index + 1] == 0x2E {
                fields.append([])
                index += 2
            } else {
                fields[fields.count - 1].append(self[index])
                index += 1
            }
        }
        return fields
    }

    /// Digits with a sign or without, that fit 64 bits.
    fileprivate var isInteger: Bool {
        Int(String(decoding: self, as: UTF8.self)) != nil
    }

    fileprivate var isLetter: Bool {
        count == 1 && self[0].isNameStart && self[0] != 0x5F
    }
}
