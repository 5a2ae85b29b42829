// Words from their parts.

extension ShellPrinter {
    mutating func write(_ word: Word) {
        for part in word.parts { write(part) }
    }

    mutating func write(_ part: WordPart) {
        switch part {
        case .literal(let literal): append(literal.text)
        case .escaped(let literal): append("\\\(literal.text)")
        case .singleQuoted(let literal): append("'\(literal.text)'")
        case .ansiCQuoted(let literal): append("$'\(literal.text)'")
        case .tilde(let literal): append("~\(literal.text)")
        case .doubleQuoted(let text):
            append(text.isLocale ? "$\"" : "\"")
            for part in text.parts { write(part) }
            append("\"")
        case .parameter(let expansion): write(expansion)
        case .commandSubstitution(let substitution):
            switch substitution.form {
            case .parentheses: writeSubstituted("$(", substitution.list)
            case .backquotes: writeBackquoted(substitution.list)
            }
        case .processSubstitution(let substitution):
            writeSubstituted(substitution.direction == .input ? "<(" : ">(", substitution.list)
        case .arithmetic(let expansion):
            append(expansion.isBracketed ? "$[" : "$((")
            write(expansion.arithmetic)
            append(expansion.isBracketed ? "]" : "))")
        case .braceExpansion(let expansion): write(expansion)
        case .extendedGlob(let glob): write(glob)
        case .array(let array): write(array)
        case .deferredError(let error): append(error.text)
        }
    }

    mutating func write(_ arithmetic: Arithmetic) {
        for part in arithmetic.parts { write(part) }
    }

    private mutating func write(_ expansion: BraceExpansion) {
        append("{")
        switch expansion.content {
        case .alternatives(let words): write(words, separator: ",")
        case .sequence(let start, let end, let step):
            append("\(start)..\(end)")
            if let step { append("..\(step)") }
        }
        append("}")
    }

    private mutating func write(_ glob: ExtendedGlob) {
        output.append(glob.quantifier.rawValue)
        append("(")
        write(glob.alternatives, separator: "|")
        append(")")
    }

    private mutating func write(_ words: [Word], separator: String) {
        for (index, word) in words.enumerated() {
            if index > 0 { append(separator) }
            write(word)
        }
    }

    // MARK: substitutions

    private mutating func writeSubstituted(_ opening: String, _ list: CommandList) {
        append(opening)
        let wasInSubstitution = isInSubstitution
        isInSubstitution = true
        inOwnText { $0.writeClosed(list, isSubstitution: true) }
        isInSubstitution = wasInSubstitution
    }

    private mutating func writeBackquoted(_ list: CommandList) {
        append("`")
        let start = output.count
        // A terminator may look like a substitution.
        if terminatorsAround.contains(where: { $0.utf8.contains(0x60) }) { append(" ") }
        inOwnText { printer in
            printer.writeText(list)
            printer.endText()
        }
        escapeForBackquotes(from: start)
        append("`")
    }

    /// Puts backslashes where the substitution takes some away.
    private mutating func escapeForBackquotes(from start: Int) {
        let inner = Array(output[start...])
        output.removeSubrange(start...)
        for (index, byte) in inner.enumerated() {
            let next = index + 1 < inner.count ? inner[index + 1] : 0x60
            switch (byte, next) {
            case (0x60, _), (0x5C, 0x5C), (0x5C, 0x24), (0x5C, 0x60), (0x5C, 0x22):
                output.append(0x5C)
            default: break
            }
            output.append(byte)
        }
    }
}
