/// The aliases whose text is being read.
struct AliasExpansions {
    fileprivate struct Active {
        let name: ShellText
        /// Where the text ends that the alias brought in.
        var end: Int
        /// Whether the text ends with a blank, so that the word behind it is looked up too.
        let expandsNext: Bool
    }

    /// From the outside in.
    fileprivate var active: [Active] = []
    /// Whether the next word is looked up because an alias's text with a blank at its end was left.
    fileprivate var expandsNext = false
    fileprivate var bytes = 0

    var areIdle: Bool { active.isEmpty && !expandsNext }

    /// For a text of its own: no alias is active, and what was brought in counts on.
    var rest: AliasExpansions {
        var rest = AliasExpansions()
        rest.bytes = bytes
        return rest
    }

    mutating func spend(_ other: AliasExpansions) { bytes = max(bytes, other.bytes) }

    /// Leaves all texts that end at an offset or before it.
    ///
    /// In bash the outermost one tells whether the next word is looked up, in dash any does.
    fileprivate mutating func leave(upTo offset: Int, anyExpands: Bool) {
        while let last = active.last, last.end <= offset {
            expandsNext = last.expandsNext || (anyExpands && expandsNext)
            active.removeLast()
        }
    }
}

extension Parser {
    /// Puts the text of an alias in the place of the word that stands here, if it names one.
    ///
    /// Where no command may start, a word is looked up only behind an alias whose text ends with a
    /// blank.
    ///
    /// - Returns: Whether it did; then what stands here is to be looked at again.
    mutating func expandAlias(startsCommand: Bool) throws(Stop) -> Bool {
        guard options.expandsAliases, !aliases.isEmpty else { return false }
        leaveAliases()
        guard startsCommand || expansions.expandsNext, let (name, end) = aliasName,
            let value = aliases[name], !expansions.active.contains(where: { $0.name == name })
        else { return false }
        try replace(through: end, with: value, of: name)
        return true
    }

    /// Does so again and again, and goes behind the blanks.
    mutating func expandAliasesOfNextWord() throws(Stop) {
        while try expandAlias(startsCommand: false) { skipBlanks() }
    }

    /// The word that stands here and could be the name of an alias, and where it ends.
    private var aliasName: (ShellText, end: Int)? {
        var end = position
        var name: [UInt8] = []
        while !text[end].endsWord {
            guard text[end].isAliasName else { return nil }
            name.append(text[end])
            end = following(end)
        }
        // The `2` of `2>` is no word.
        guard !name.isEmpty, text[position] == 0x7B || !isAtDescriptor else { return nil }
        return (ShellText(name), end)
    }

    private mutating func leaveAliases() {
        expansions.leave(upTo: position, anyExpands: features.contains(.anyAliasExpandsNext))
    }

    /// Notes that what stands here ends what an alias says about the next word: a word that is
    /// none, the operator of a redirection, a line feed.
    mutating func forgetAliasBefore() {
        guard !expansions.areIdle else { return }
        leaveAliases()
        expansions.expandsNext = false
    }

    /// Whether the byte at an offset came out of an alias whose text is being read.
    func isOfAlias(_ offset: Int) -> Bool { places.isBroughtIn(offset) }

    private mutating func replace(
        through end: Int,
        with value: ShellText,
        of name: ShellText
    ) throws(Stop) {
        var bytes = Array(value.utf8)
        let expandsNext = bytes.last?.isBlank ?? false
        if features.contains(.aliasEndsWord), bytes.endsInWord { bytes.append(0x20) }
        // To look the name up costs as much as to read some bytes; what stands behind moves, which
        // costs far less than to read it.
        expansions.bytes += bytes.count + 64 + (count - end) / 128
        guard expansions.bytes <= limits.aliasBytes else {
            throw exceeded(.aliasBytes, limits.aliasBytes)
        }
        let growth = bytes.count - (end - position)
        places.insert(at: position, length: bytes.count, nameLength: end - position)
        text.replaceSubrange(position..<end, with: bytes)
        count += growth
        hasContinuations = hasContinuations || bytes.contains(0x5C)
        for index in expansions.active.indices { expansions.active[index].end += growth }
        expansions.active.append(
            AliasExpansions.Active(
                name: name,
                end: position + bytes.count,
                expandsNext: expandsNext
            )
        )
    }
}

extension UInt8 {
    /// May stand in the name of an alias: no quote and nothing that starts an expansion.
    fileprivate var isAliasName: Bool {
        switch self {
        case 0x22, 0x24, 0x27, 0x2F, 0x5C, 0x60: false
        default: true
        }
    }
}

extension [UInt8] {
    /// Whether the text of an alias ends in a word, which bash takes to end there: not behind a
    /// blank or an operator, in quotes, or behind a backslash.
    fileprivate var endsInWord: Bool {
        guard let last, !last.isBlank, last != 0x0A, !last.isMeta else { return false }
        var quote: UInt8?
        var isEscaped = false
        for byte in self {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C, quote != 0x27 {
                isEscaped = true
            } else if byte == quote {
                quote = nil
            } else if quote == nil, byte == 0x22 || byte == 0x27 {
                quote = byte
            }
        }
        return quote == nil && !isEscaped
    }
}
