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
