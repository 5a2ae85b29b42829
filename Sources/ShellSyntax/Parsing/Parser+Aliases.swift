/// The aliases whose text is being read.
struct AliasExpansions {
    fileprivate struct Active {
        let name: ShellText
        /// Where the text ends that the alias brought in.
        var end: Int
        /// Whether the text ends with a blank, so that the word behind it is looked up too.
        let expandsNext: Bool
    }

    fileprivate var active: [Active] = []
    fileprivate var bytes = 0

    /// For a text of its own: no alias is active, and what was brought in counts on.
    var rest: AliasExpansions {
        var rest = AliasExpansions()
        rest.bytes = bytes
        return rest
    }

    mutating func spend(_ other: AliasExpansions) { bytes = max(bytes, other.bytes) }
}

extension Parser {
    /// Puts the text of an alias in the place of the word that stands here, if it names one.
    ///
    /// - Returns: Whether it did; then the word is to be read again.
    mutating func expandAlias() throws(Stop) -> Bool {
        guard options.expandsAliases, !aliases.isEmpty else { return false }
        var end = position
        while !text[end].endsWord {
            guard text[end].isAliasName else { return false }
            end += 1
        }
        guard end > position else { return false }
        let name = slice(position, end)
        guard let value = aliases[name] else { return false }
        expansions.active.removeAll { $0.end <= position }
        guard !expansions.active.contains(where: { $0.name == name }) else { return false }
        try replace(through: end, with: value, of: name)
        return true
    }

    /// Whether the word that stands here follows an alias's text that ends with a blank.
    var followsExpandingAlias: Bool {
        guard let last = expansions.active.last, last.expandsNext, last.end <= position else {
            return false
        }
        return text[last.end..<position].allSatisfy(\.isBlank)
    }

    private mutating func replace(
        through end: Int,
        with value: ShellText,
        of name: ShellText
    ) throws(Stop) {
        let bytes = Array(value.utf8)
        // What stands behind moves, which costs less than to read it.
        expansions.bytes += bytes.count + (count - end) / 16
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
                expandsNext: bytes.last?.isBlank ?? false
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
