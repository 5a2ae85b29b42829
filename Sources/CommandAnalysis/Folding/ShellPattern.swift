import ShellSyntax

/// A pattern as `case`, `[[ == ]]` and `${x#pattern}` match it: `*` goes over slashes too.
struct ShellPattern {
    private enum Atom {
        case byte(UInt8)
        case anyText
        case anyCharacter
        case oneOf(Wildcard.CharacterSet)
    }

    private let atoms: [Atom]

    private init(atoms: [Atom]) { self.atoms = atoms }

    /// Nil where part of the pattern is not known.
    init?(_ pattern: AbstractText) {
        var atoms: [Atom] = []
        for piece in pattern.pieces {
            switch piece {
            case .text(let text): atoms += text.utf8.map { .byte($0) }
            case .wildcard(.anyText): atoms.append(.anyText)
            case .wildcard(.anyCharacter): atoms.append(.anyCharacter)
            case .wildcard(.oneOf(let set)): atoms.append(.oneOf(set))
            case .unknown, .directory: return nil
            }
        }
        self.atoms = atoms
    }

    func matches(_ text: [UInt8]) -> Bool { ends(in: text, from: 0).contains(text.count) }

    /// Where a match that begins at an offset may end, in rising order.
    func ends(in text: [UInt8], from start: Int) -> [Int] {
        // Nearly always the first byte says that there is no match.
        if case .byte(let byte) = atoms.first, start >= text.count || text[start] != byte {
            return []
        }
        var states = [start]
        for atom in atoms {
            if case .anyText = atom {
                if let least = states.first { states = Array(least...text.count) }
                continue
            }
            var next: [Int] = []
            for offset in states where offset < text.count {
                let end: Int
                switch atom {
                case .byte(let byte):
                    if text[offset] != byte { continue }
                    end = offset + 1
                case .oneOf(let set) where !set.contains(text[offset]): continue
                case .anyCharacter, .oneOf: end = text.characterEnd(from: offset)
                case .anyText: continue
                }
                // Several bytes of one character end with it.
                if next.last != end { next.append(end) }
            }
            states = next
            if states.isEmpty { return [] }
        }
        return states
    }

    /// Where a match that ends at the end of the text may begin, in rising order.
    func starts(in text: [UInt8]) -> [Int] {
        guard canRunBackwards(over: text) else {
            return (0...text.count).filter { ends(in: text, from: $0).last == text.count }
        }
        let backwards = ShellPattern(atoms: atoms.reversed())
        return backwards.ends(in: text.reversed(), from: 0).reversed().map { text.count - $0 }
    }

    /// Whether each part of the pattern matches the same read from the end.
    private func canRunBackwards(over text: [UInt8]) -> Bool {
        let isOfBytes = atoms.allSatisfy { atom in
            switch atom {
            case .byte, .anyText: true
            case .anyCharacter, .oneOf: false
            }
        }
        return isOfBytes || text.allSatisfy { $0 < 0x80 }
    }
}

extension [UInt8] {
    /// The offset behind the UTF-8 character at an offset.
    fileprivate func characterEnd(from offset: Int) -> Int {
        var end = offset + 1
        while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
