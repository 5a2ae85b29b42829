import ShellSyntax

extension [WordPart] {
    /// The text after quote removal, where nothing is expanded.
    var plainText: ShellText? {
        if count == 1 { return self[0].plainText }
        var text = ""
        for part in self {
            guard let piece = part.plainText else { return nil }
            text += piece.description
        }
        return ShellText(text)
    }
}

extension WordPart {
    fileprivate var plainText: ShellText? {
        switch self {
        case .literal(let literal), .escaped(let literal), .singleQuoted(let literal):
            literal.text
        case .ansiCQuoted(let literal): ANSICQuoting.decode(literal.text)
        case .doubleQuoted(let quoted): quoted.parts.plainText
        case .tilde, .parameter, .commandSubstitution, .arithmetic, .processSubstitution,
            .braceExpansion, .extendedGlob, .array, .deferredError:
            nil
        }
    }
}

extension Word {
    /// What it becomes where quotes are all that is special in it; nil for any other word, and perhaps
    /// for one that is.
    var quotedText: AbstractText? {
        // Each part is put behind all of those before it.
        guard parts.count <= 8 else { return nil }
        var text = AbstractText.empty
        for part in parts {
            switch part {
            case .literal(let literal):
                if literal.text.contains(where: \.mayExpand) { return nil }
                text.append(.replacingPlaceholders(in: literal.text))
            case .escaped(let literal), .singleQuoted(let literal):
                text.append(.replacingPlaceholders(in: literal.text))
            case .doubleQuoted(let quoted):
                if quoted.parts.isEmpty { continue }
                guard quoted.parts.count == 1, case .literal(let literal) = quoted.parts[0] else {
                    return nil
                }
                text.append(.replacingPlaceholders(in: literal.text))
            case .ansiCQuoted, .tilde, .parameter, .commandSubstitution, .arithmetic,
                .processSubstitution, .braceExpansion, .extendedGlob, .array, .deferredError:
                return nil
            }
        }
        return text
    }
}

extension UInt8 {
    /// Whether it is part of a pattern, a brace expansion or a tilde, where nothing quotes it.
    fileprivate var mayExpand: Bool {
        switch self {
        case 0x2A, 0x3F, 0x5B, 0x7B, 0x7D, 0x7E: true
        default: false
        }
    }
}

extension AbstractText {
    /// What a pattern is where no file matches it.
    var withoutMatches: AbstractText {
        guard hasWildcard else { return self }
        return AbstractText(
            pieces.map { piece in
                switch piece {
                case .wildcard(.anyText): .text("*")
                case .wildcard(.anyCharacter): .text("?")
                case .wildcard(.oneOf(let set)): .text(set.text)
                case .text, .unknown, .directory: piece
                }
            }
        )
    }
}

extension Wildcard.CharacterSet {
    /// As a bracket expression.
    fileprivate var text: ShellText {
        ShellText([UInt8(ascii: "[")] + (0x20..<0x7F).filter { contains($0) } + [UInt8(ascii: "]")])
    }
}
