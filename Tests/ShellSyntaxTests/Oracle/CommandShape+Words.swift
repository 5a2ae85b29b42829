import ShellSyntax

extension CommandShape {
    static func word(_ word: Word) -> String { parts(word.parts) }

    static func parts(_ parts: [WordPart]) -> String {
        var text = ""
        var quoted: [UInt8]?
        var plain: [UInt8] = []
        func flush() {
            if !plain.isEmpty { text += "“\(String(decoding: plain, as: UTF8.self))”" }
            if let bytes = quoted { text += "‘\(String(decoding: bytes, as: UTF8.self))’" }
            plain = []
            quoted = nil
        }
        for part in parts {
            switch part {
            case .literal(let literal):
                if quoted != nil { flush() }
                plain += literal.text.utf8
            case .escaped(let literal), .singleQuoted(let literal):
                if !plain.isEmpty { flush() }
                quoted = (quoted ?? []) + Array(literal.text.utf8)
            case .ansiCQuoted(let literal):
                if !plain.isEmpty { flush() }
                quoted = (quoted ?? []) + ANSICString.decoded(Array(literal.text.utf8))
            default:
                flush()
                text += self.part(part)
            }
        }
        flush()
        return text
    }

    static func part(_ part: WordPart) -> String {
        switch part {
        case .literal, .escaped, .singleQuoted, .ansiCQuoted: parts([part])
        case .doubleQuoted(let quoted): "\"\(parts(quoted.parts))\""
        case .tilde(let name): "~\(name.text)~"
        case .parameter(let expansion): parameter(expansion)
        case .commandSubstitution(let substitution): "$\(list(substitution.list))"
        case .arithmetic(let expansion): "$((\(parts(expansion.arithmetic.parts))))"
        case .processSubstitution(let substitution):
            (substitution.direction == .input ? "<" : ">") + list(substitution.list)
        case .braceExpansion(let expansion):
            switch expansion.content {
            case .alternatives(let words): "{\(words.map { word($0) }.joined(separator: ","))}"
            case .sequence(let start, let end, let step): "{\(start)..\(end)..\(step ?? "")}"
            }
        case .extendedGlob(let glob):
            "\(glob.quantifier)(\(glob.alternatives.map { word($0) }.joined(separator: "|")))"
        case .array(let array): self.array(array)
        case .deferredError(let error): "ERROR\(error.construct)⟨\(error.text)⟩"
        }
    }

    static func parameter(_ expansion: ParameterExpansion) -> String {
        if !expansion.isBraced { return "$\(expansion.parameter.spelling)" }
        var text = "${\(expansion.isIndirect ? "!" : "")\(expansion.parameter.spelling)"
        if let key = expansion.subscripting { text += "[\(word(key.word))]" }
        switch expansion.operation {
        case nil: break
        case .length: text += " length"
        case .conditional(let condition, let treatsEmpty, let word):
            text += " \(condition)\(treatsEmpty) \(self.word(word))"
        case .removal(let side, let isLongest, let word):
            text += " remove \(side)\(isLongest) \(self.word(word))"
        case .substring(let offset, let length):
            text += " substring \(parts(offset.parts)):\(length.map { parts($0.parts) } ?? "-")"
        case .replacement(let occurrence, let pattern, let replacement):
            text += " replace \(occurrence) \(word(pattern))/\(replacement.map { word($0) } ?? "-")"
        case .caseChange(let change, let isGlobal, let pattern):
            text += " \(change)\(isGlobal) \(pattern.map { word($0) } ?? "-")"
        case .transformation(let name): text += "@\(name)"
        case .names(let selection): text += " names \(selection)"
        case .keys: text += " keys"
        }
        return text + "}"
    }
}
