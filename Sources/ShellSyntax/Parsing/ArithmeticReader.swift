/// Reads the parts of an arithmetic text as an expression (bash manual, *Shell Arithmetic*).
///
/// An expansion counts as one operand, or as a piece of the operand that it touches. Where the text
/// can be read only with what its expansions bring in, nobody can read it here.
struct ArithmeticReader {
    /// The text cannot be read as one expression.
    struct Failure: Error {
        let error: SyntaxError
    }

    let atoms: WordAtoms
    var index = 0
    /// How much deeper the expression may nest.
    var nesting: Int
    private let range: SourceRange

    static func reading(_ parts: [WordPart], _ range: SourceRange, nesting: Int)
        -> Arithmetic.Reading
    {
        var reader = ArithmeticReader(parts, range, nesting)
        reader.skipBlanks()
        if reader.index == reader.atoms.count { return .empty }
        do throws(Failure) {
            let expression = try reader.comma()
            guard reader.index == reader.atoms.count else {
                throw reader.unexpected("an operator or the end of the expression")
            }
            return .expression(expression)
        } catch {
            let depends = !error.error.isLimit && parts.contains { $0.bringsInText }
            return depends ? .depends : .error(error.error)
        }
    }

    private init(_ parts: [WordPart], _ range: SourceRange, _ nesting: Int) {
        atoms = WordAtoms(parts)
        self.range = range
        self.nesting = nesting
    }

    // MARK: characters

    /// The byte at a distance from where the reader is; 0 at the end and for what is no text.
    @inline(__always)
    func peek(_ distance: Int = 0) -> UInt8 { atoms.byte(at: index + distance) }

    mutating func skipBlanks() {
        while peek().isBlank || peek() == 0x0A { index += 1 }
    }

    private var isAtPart: Bool { atoms.isPart(index) }

    /// From the atom at an index to the one before where the reader is.
    func range(from start: Int) -> SourceRange { SourceRange(place(start), endPlace(index)) }

    private func place(_ index: Int) -> Int {
        index < atoms.count ? atoms.place(index) : Int(range.upperBound)
    }

    /// Where the atom before an index ends.
    private func endPlace(_ index: Int) -> Int {
        guard index <= atoms.count else { return Int(range.upperBound) }
        return index > 0 ? atoms.endPlace(index - 1) : place(0)
    }

    func unexpected(_ expected: ShellText) -> Failure {
        let found: ShellText =
            if index >= atoms.count { "" } else if isAtPart { "an expansion" } else {
                ShellText([peek()])
            }
        return Failure(
            error: SyntaxError(
                kind: .unexpected(found: found, expected: expected),
                range: SourceRange(place(index), max(place(index), endPlace(index + 1)))
            )
        )
    }

    // MARK: nesting

    mutating func enter() throws(Failure) {
        nesting -= 1
        guard nesting > 0 else {
            throw Failure(
                error: SyntaxError(
                    kind: .limit(.nesting, maximum: ParserLimits().nesting),
                    range: range
                )
            )
        }
    }

    // MARK: operands

    /// A constant, a variable, what expansions bring in, or what stands in parentheses.
    mutating func operand() throws(Failure) -> ArithmeticExpression {
        skipBlanks()
        if peek() == 0x28 {
            try enter()
            let start = index
            index += 1
            let inner = try comma()
            guard peek() == 0x29 else { throw unexpected("`)`") }
            index += 1
            nesting += 1
            let range = range(from: start)
            skipBlanks()
            return .group(inner, range)
        }
        let start = index
        var hasParts = false
        while isAtPart || peek().isOperand(isFirst: index == start) {
            hasParts = hasParts || isAtPart
            index += 1
        }
        guard index > start else { throw unexpected("an operand") }
        let text = atoms.parts(start, index)
        if hasParts {
            let word = Word(parts: text, range: range(from: start))
            skipBlanks()
            return .expanded(word)
        }
        guard case .literal(let literal)? = text.first else { throw unexpected("an operand") }
        if literal.text.utf8.first?.isDigit == true {
            guard literal.text.isNumber else {
                index = start
                throw unexpected("a number")
            }
            skipBlanks()
            return .number(literal)
        }
        let subscripting = try parseSubscript()
        skipBlanks()
        return .variable(literal, subscripting)
    }

    private mutating func parseSubscript() throws(Failure) -> Subscript? {
        guard peek() == 0x5B else { return nil }
        try enter()
        index += 1
        let start = index
        var depth = 0
        while index < atoms.count {
            if peek() == 0x5D {
                if depth == 0 { break }
                depth -= 1
            }
            if peek() == 0x5B { depth += 1 }
            index += 1
        }
        guard index < atoms.count else { throw unexpected("`]`") }
        let end = index
        index += 1
        let inner = atoms.parts(start, end)
        let innerRange = SourceRange(place(start), max(place(start), endPlace(end)))
        let word = Word(parts: inner, range: innerRange)
        let arithmetic = Arithmetic(
            parts: inner,
            reading: Self.reading(inner, innerRange, nesting: nesting),
            range: innerRange
        )
        nesting += 1
        return Subscript(word: word, arithmetic: arithmetic)
    }
}

extension WordPart {
    /// Whether what stands there is known only when it is expanded.
    fileprivate var bringsInText: Bool {
        switch self {
        case .literal, .escaped, .singleQuoted, .ansiCQuoted, .tilde, .array: false
        case .doubleQuoted(let text): text.parts.contains { $0.bringsInText }
        case .parameter, .commandSubstitution, .arithmetic, .processSubstitution, .braceExpansion,
            .extendedGlob, .deferredError:
            true
        }
    }
}

extension UInt8 {
    /// Belongs to a name or a number.
    fileprivate func isOperand(isFirst: Bool) -> Bool {
        isName || (!isFirst && (self == 0x23 || self == 0x40))
    }
}

extension ShellText {
    /// A constant: `10`, `010`, `0x1f`, `base#digits`.
    fileprivate var isNumber: Bool {
        let bytes = Array(utf8)
        if let hash = bytes.firstIndex(of: 0x23) {
            guard let base = Int(String(decoding: bytes[..<hash], as: UTF8.self)), base >= 2,
                base <= 64
            else { return false }
            return bytes[(hash + 1)...].allSatisfy { $0.digit(inBase: base) != nil }
        }
        if bytes.count > 1, bytes[0] == 0x30, bytes[1] | 0x20 == 0x78 {
            return bytes[2...].allSatisfy { $0.digit(inBase: 16) != nil }
        }
        let base = bytes[0] == 0x30 ? 8 : 10
        return bytes.allSatisfy { $0.digit(inBase: base) != nil }
    }
}

extension UInt8 {
    /// Its value as a digit: `0`–`9`, `a`–`z`, `A`–`Z`, `@`, `_`; up to 36 the case does not count.
    fileprivate func digit(inBase base: Int) -> Int? {
        let value: Int
        switch self {
        case 0x30...0x39: value = Int(self) - 0x30
        case 0x61...0x7A: value = Int(self) - 0x61 + 10
        case 0x41...0x5A: value = Int(self) - 0x41 + (base <= 36 ? 10 : 36)
        case 0x40: value = 62
        case 0x5F: value = 63
        default: return nil
        }
        return value < base ? value : nil
    }
}
