/// Whether brace expansion joins what the tree has apart.
///
/// bash expands braces in the text, before it looks for anything else: `$x{1,2}` is `$x1 $x2`,
/// `{a,$x}b` is `ab $xb`, `~{a,b}` is `~a ~b`, `{$,}'a'` is `$'a' 'a'`. Nobody means that.
struct BraceJoining {
    /// What could go on with the text behind it.
    private struct Open: OptionSet {
        let rawValue: UInt8

        /// `$name`, without braces.
        static let name = Open(rawValue: 1)
        /// `$` alone.
        static let dollar = Open(rawValue: 2)
        /// `~` and the name behind it.
        static let tilde = Open(rawValue: 4)
        /// The beginning of the word, where `~` is expanded.
        static let start = Open(rawValue: 8)
    }

    private var joins = false
    /// How many brace expansions are around.
    private var depth = 0

    /// Whether any word that comes out of these parts reads otherwise than they say.
    static func joins(_ parts: [WordPart]) -> Bool {
        var joining = BraceJoining()
        _ = joining.read(parts, after: .start)
        return joining.joins
    }

    private mutating func read(_ parts: [WordPart], after before: Open) -> Open {
        var open = before
        var isBehindBraces = false
        for part in parts {
            switch part {
            case .literal(let literal):
                open = read(Array(literal.text.utf8), after: open, isBehindBraces)
            case .braceExpansion(let expansion):
                open = read(expansion.content, after: open)
            case .parameter(let expansion):
                if open.contains(.dollar) { joins = true }
                if case .variable = expansion.parameter, !expansion.isBraced {
                    open = .name
                } else {
                    open = []
                }
            case .tilde:
                open = .tilde
            case .singleQuoted, .doubleQuoted, .ansiCQuoted, .escaped, .commandSubstitution,
                .arithmetic, .processSubstitution, .extendedGlob, .array, .deferredError:
                if open.contains(.dollar) { joins = true }
                open = []
            }
            if case .braceExpansion = part { isBehindBraces = true } else { isBehindBraces = false }
        }
        return open
    }

    private mutating func read(_ content: BraceExpansion.Content, after open: Open) -> Open {
        switch content {
        case .alternatives(let words):
            depth += 1
            defer { depth -= 1 }
            var result: Open = []
            for word in words {
                // An empty one leaves what is before it open.
                result.formUnion(word.parts.isEmpty ? open : read(word.parts, after: open))
            }
            return result
        case .sequence:
            if !open.isDisjoint(with: [.name, .dollar, .tilde]) { joins = true }
            return []
        }
    }

    private mutating func read(
        _ text: [UInt8],
        after open: Open,
        _ isBehindBraces: Bool
    ) -> Open {
        guard let first = text.first, let last = text.last else { return open }
        if open.contains(.name), first.isName { joins = true }
        if open.contains(.dollar), first.isName || first.continuesDollar { joins = true }
        if open.contains(.tilde), first != 0x2F { joins = true }
        // `{~,a}`: the tree has no tilde in braces.
        if open.contains(.start), isBehindBraces || depth > 0, first == 0x7E { joins = true }
        if last == 0x24 { return .dollar }
        guard let tilde = text.lastIndex(of: 0x7E), !text[tilde...].contains(0x2F) else {
            return []
        }
        let isAtStart = tilde == 0 && open.contains(.start)
        let isBehindSign = tilde > 0 && (text[tilde - 1] == 0x3D || text[tilde - 1] == 0x3A)
        return isAtStart || isBehindSign ? .tilde : []
    }
}

extension UInt8 {
    /// May stand behind `$`: one of `{ ( [ @ * # ? - $ !`.
    fileprivate var continuesDollar: Bool {
        switch self {
        case 0x7B, 0x28, 0x5B, 0x40, 0x2A, 0x23, 0x3F, 0x2D, 0x24, 0x21: true
        default: false
        }
    }
}
