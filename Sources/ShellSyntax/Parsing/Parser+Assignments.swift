// Assignments, arrays and subscripts (POSIX XCU 2.9.1; bash manual, *Arrays*).

extension Parser {
    /// The assignment that stands here, if one does.
    ///
    /// `takesSubscripts` tells whether blanks may stand
    /// in `name[…]`, and whether `(…)` is an array.
    mutating func parseAssignment(takesSubscripts: Bool) throws(Stop) -> Assignment? {
        let start = position
        guard text[start].isNameStart else { return nil }
        var end = start
        while text[end].isName { end = following(end) }
        let nameEnd = end
        var subscripting: Subscript?
        let nodesBefore = nodes
        switch text[end] {
        case 0x3D: break
        case 0x2B:
            guard features.contains(.arrays), text[following(end)] == 0x3D else { return nil }
        case 0x5B:
            guard features.contains(.arrays) else { return nil }
            let limit = takesSubscripts ? count : try endOfWord()
            position = end
            guard takesSubscripts || text[end..<limit].contains(0x5D),
                let read = try parseSubscript(inBraces: false), position <= limit
            else {
                position = start
                return nil
            }
            subscripting = read
            end = skippingContinuations(position)
        default: return nil
        }
        let appends = text[end] == 0x2B
        if appends { end = following(end) }
        guard text[end] == 0x3D else {
            position = start
            nodes = nodesBefore
            return nil
        }
        try countNode()
        position = following(end)
        let name = ShellText(text[start..<nameEnd].filter(\.isName))
        let value = try parseValue(afterEquals: end, takesArray: takesSubscripts)
        return Assignment(
            name: name,
            subscripting: subscripting,
            appends: appends,
            value: value,
            range: range(from: start)
        )
    }

    /// Whether the word goes on here: a line continuation alone is nothing of it.
    private var isAtRestOfWord: Bool {
        let offset = skippingContinuations(position)
        return !text[offset].endsWord || isProcessSubstitution(offset)
    }

    /// Where the word ends that stands here, if `[…]` in it has no meaning.
    private mutating func endOfWord() throws(Stop) -> Int {
        let nodesBefore = nodes
        _ = try parseWord(.argument)
        nodes = nodesBefore
        return position
    }

    private mutating func parseValue(afterEquals equals: Int, takesArray: Bool) throws(Stop)
        -> Assignment.Value
    {
        if text[position] == 0x28, takesArray, features.contains(.arrays) {
            let array = try parseArrayLiteral()
            guard isAtRestOfWord else { return .array(array) }
            // `a=(b)c` is no array to bash, but a word with parentheses in it.
            let rest = try parseWord(.assignmentValue)
            return .word(
                Word(parts: [.array(array)] + rest.parts, range: array.range.through(rest.range))
            )
        }
        guard isAtRestOfWord else {
            position = equals + 1
            return .word(Word(parts: [], range: range(from: position)))
        }
        return .word(try parseWord(.assignmentValue))
    }

    /// Reads `(…)`; the parser is before the parenthesis.
    mutating func parseArrayLiteral() throws(Stop) -> ArrayLiteral {
        try countNode()
        try enter()
        defer { leave() }
        let start = position
        position += 1
        open(.array, at: start)
        var elements: [ArrayElement] = []
        while true {
            try skipNewlines()
            guard isAtWord else { break }
            elements.append(try parseArrayElement())
        }
        guard text[position] == 0x29 else { throw unexpected("`)`") }
        position += 1
        close()
        return ArrayLiteral(elements: elements, range: range(from: start))
    }

    private mutating func parseArrayElement() throws(Stop) -> ArrayElement {
        let start = position
        if text[start] == 0x5B, let element = try parseKeyedElement(start) { return element }
        position = start
        let value =
            text[start] == 0x5B
            ? try parseSubscriptedWord(nameEnd: start) : try parseWord(.arrayElement)
        return ArrayElement(
            subscripting: nil,
            appends: false,
            value: value,
            range: range(from: start)
        )
    }

    /// `[subscript]=value`, if that stands here.
    private mutating func parseKeyedElement(_ start: Int) throws(Stop) -> ArrayElement? {
        guard let subscripting = try parseSubscript(inBraces: false) else { return nil }
        var end = skippingContinuations(position)
        let appends = text[end] == 0x2B
        if appends { end = following(end) }
        guard text[end] == 0x3D else { return nil }
        position = following(end)
        let value: Word
        if isAtWord {
            value = try parseWord(.assignmentValue)
        } else {
            position = end + 1
            value = Word(parts: [], range: range(from: position))
        }
        return ArrayElement(
            subscripting: subscripting,
            appends: appends,
            value: value,
            range: range(from: start)
        )
    }

    // MARK: subscripts

    /// Whether `name[` stands here, where bash takes all up to `]` for one word even if no `=`
    /// follows.
    var isAtSubscriptedName: Bool {
        guard features.contains(.arrays), text[position].isNameStart else { return false }
        return text[endOfName(position)] == 0x5B
    }

    func endOfName(_ start: Int) -> Int {
        var end = start
        while text[end].isName { end = following(end) }
        return end
    }

    /// Reads a word with `[…]` in it, which may hold blanks and operators.
    mutating func parseSubscriptedWord(nameEnd: Int) throws(Stop) -> Word {
        let start = position
        try enter()
        defer { leave() }
        open(.subscripting, at: start)
        position = nameEnd + 1
        var parts: [WordPart] = []
        let name = text[start..<position].filter { $0.isName || $0 == 0x5B }
        parts.append(.literal(Literal(text: ShellText(name), range: range(from: start))))
        parts += try parseOperand(.bracket, false).parts
        close()
        var literal = PendingLiteral(at: position)
        position += 1
        flush(&literal, &parts)
        if isAtRestOfWord { parts += try parseWord(.assignmentValue).parts }
        return Word(parts: parts, range: range(from: start))
    }

    /// Reads `[…]` and goes behind it.
    ///
    /// - Returns: Nil where it is not closed before the `}` around it.
    mutating func parseSubscript(inBraces: Bool) throws(Stop) -> Subscript? {
        try countNode()
        try enter()
        defer { leave() }
        position = skippingContinuations(position)
        open(.subscripting, at: position)
        position += 1
        let word = try parseOperand(inBraces ? .bracketInBraces : .bracket, false)
        close()
        guard text[position] == 0x5D else { return nil }
        let arithmetic = try makeArithmetic(word.parts, word.range)
        position += 1
        return Subscript(word: word, arithmetic: arithmetic)
    }
}
