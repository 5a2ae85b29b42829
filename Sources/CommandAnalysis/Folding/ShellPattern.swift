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
        var states: Set<Int> = [start]
        for atom in atoms {
            var next: Set<Int> = []
            for offset in states {
                switch atom {
                case .byte(let byte):
                    if offset < text.count, text[offset] == byte { next.insert(offset + 1) }
                case .anyCharacter:
                    if offset < text.count { next.insert(text.characterEnd(from: offset)) }
                case .oneOf(let set):
                    if offset < text.count, set.contains(text[offset]) {
                        next.insert(text.characterEnd(from: offset))
                    }
                case .anyText: break
                }
            }
            if case .anyText = atom, let least = states.min() {
                next = Set(least...text.count)
            }
            states = next
            if states.isEmpty { return [] }
        }
        return states.sorted()
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
