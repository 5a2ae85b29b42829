/// A pattern as it is held against one text that is known: from left to right, and back to the last
/// wildcard where what follows does not fit.
///
/// Nearly all texts are such, and nearly all patterns have one wildcard or two: that takes a tenth of
/// what a ``GlobMachine`` does in all of its states at once.
struct GlobSteps: Sendable {
    /// It counts no references.
    private enum Step: Sendable {
        /// These of the bytes.
        case text(Range<Int>)
        case one(ByteSet)
        case many(ByteSet)
        case below
    }

    private let steps: [Step]
    private let bytes: [UInt8]

    init(_ tokens: [GlobToken]) {
        var bytes: [UInt8] = []
        steps = tokens.map { token in
            switch token {
            case .text(let text):
                bytes += text
                return .text(bytes.count - text.count..<bytes.count)
            case .one(let bytes): return .one(bytes)
            // See `GlobMachineBuilder`.
            case .many(let bytes), .visible(let bytes): return .many(bytes)
            case .below: return .below
            }
        }
        self.bytes = bytes
    }

    /// Whether the text is in the set; nil where that takes longer than asking the machine.
    func match(_ text: [UInt8]) -> Bool? {
        var match = Match(steps: self, text: text, effort: 4 * text.count + 64)
        let isFound = match.fits(from: 0, at: 0)
        return match.effort < 0 ? nil : isFound
    }

    private struct Match {
        private let steps: [Step]
        private let bytes: [UInt8]
        private let text: [UInt8]
        /// How many bytes may still be looked at.
        private(set) var effort: Int

        init(steps: GlobSteps, text: [UInt8], effort: Int) {
            self.steps = steps.steps
            bytes = steps.bytes
            self.text = text
            self.effort = effort
        }

        /// Whether the steps from one on fit what is left of the text, to its end.
        mutating func fits(from first: Int, at start: Int) -> Bool {
            var position = start
            for index in first..<steps.count {
                effort -= 1
                switch steps[index] {
                case .text(let range):
                    guard range.count <= text.count - position else { return false }
                    for byte in range {
                        if text[position] != bytes[byte] { return false }
                        position += 1
                    }
                    effort -= range.count
                case .one(let set):
                    guard position < text.count, set.contains(text[position]) else { return false }
                    position += 1
                case .many(let set): return fitsMany(set, index, position)
                case .below: return fitsBelow(index, position)
                }
            }
            return position == text.count
        }

        private mutating func fitsMany(_ set: ByteSet, _ index: Int, _ start: Int) -> Bool {
            var position = start
            let next = firstByte(behind: index)
            while effort >= 0 {
                if next == nil || position < text.count && text[position] == next,
                    fits(from: index + 1, at: position)
                {
                    return true
                }
                guard position < text.count, set.contains(text[position]) else { return false }
                position += 1
                effort -= 1
            }
            return false
        }

        /// No component is without a name.
        private mutating func fitsBelow(_ index: Int, _ start: Int) -> Bool {
            var position = start
            let next = firstByte(behind: index)
            let slash = UInt8(ascii: "/")
            while effort >= 0 {
                let isName = position == start || text[position - 1] != slash
                if isName, next == nil || position < text.count && text[position] == next,
                    fits(from: index + 1, at: position)
                {
                    return true
                }
                guard position < text.count else { return false }
                let isSlash = text[position] == slash
                // A component begins here, or goes on.
                if isSlash ? !isName : position == start { return false }
                position += 1
                effort -= 1
            }
            return false
        }

        /// What must stand behind a wildcard; nil where that may be one of several.
        private func firstByte(behind index: Int) -> UInt8? {
            guard index + 1 < steps.count, case .text(let range) = steps[index + 1] else {
                return nil
            }
            return range.isEmpty ? nil : bytes[range.lowerBound]
        }
    }
}
