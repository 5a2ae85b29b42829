// Redirections (POSIX XCU 2.7).

extension Parser {
    /// The redirection that stands here, if one does.
    mutating func parseRedirection() throws(Stop) -> Redirection? {
        let start = position
        var descriptor: Redirection.Descriptor?
        switch text[position] {
        case 0x3C, 0x3E:
            if isAtProcessSubstitution { return nil }
        case 0x26:
            guard features.contains(.redirectionOfBoth), text[following(position)] == 0x3E else {
                return nil
            }
        case 0x30...0x39:
            guard let (number, end) = number(at: position) else { return nil }
            position = end
            descriptor = .number(number)
        case 0x7B:
            guard features.contains(.descriptorVariable),
                let (name, end) = variable(at: position)
            else { return nil }
            position = end
            descriptor = .variable(name)
        default:
            return nil
        }
        try countNode()
        forgetAliasBefore()
        let key = position
        let kind = takeOperator()
        let target: Redirection.Target
        switch kind {
        case .hereDocument, .hereDocumentStrippingTabs:
            target = .hereDocument(
                try parseHereDocument(stripsTabs: kind == .hereDocumentStrippingTabs, key: key)
            )
        case .hereString:
            target = .word(try parseTarget(.assignmentValue))
        case .duplicateInput, .duplicateOutput:
            target = .word(try parseDuplicated())
        case .input, .output, .append, .clobber, .inputOutput, .outputAndError,
            .appendOutputAndError:
            target = .word(try parseTarget(.argument))
        }
        return Redirection(
            descriptor: descriptor,
            operator: kind,
            target: target,
            range: range(from: start)
        )
    }

    private mutating func parseTarget(_ context: WordContext) throws(Stop) -> Word {
        skipBlanks()
        try expandAliasesOfNextWord()
        guard isAtWord, !isAtDescriptor else { throw unexpected("the word of a redirection") }
        let start = position
        let word = try parseWord(context)
        try demandPlainDescriptor(start, position)
        return word
    }

    /// Reads what stands behind `<&` or `>&`.
    ///
    /// To bash a `-` there is a token of its own: `>&-rm` closes the descriptor and names `rm`.
    /// And `>&1>b` is two redirections.
    private mutating func parseDuplicated() throws(Stop) -> Word {
        skipBlanks()
        let start = position
        if text[start] == 0x2D, features.contains(.multiDigitDescriptor) {
            try countNode()
            position += 1
            let range = range(from: start)
            return Word(
                parts: [.literal(Literal(text: slice(start, position), range: range))],
                range: range
            )
        }
        if text[start].isDigit, features.contains(.multiDigitDescriptor) {
            return try parseWord(.argument)
        }
        return try parseTarget(.argument)
    }

    /// Whether what stands here belongs to a redirection of its own: `1>`, `{name}<`.
    var isAtDescriptor: Bool {
        switch text[position] {
        case 0x30...0x39: number(at: position) != nil
        case 0x7B where features.contains(.descriptorVariable): variable(at: position) != nil
        default: false
        }
    }

    /// Digits directly before `<` or `>`, and the offset behind them.
    private func number(at start: Int) -> (Int32, end: Int)? {
        var end = start
        var number: Int32 = 0
        while text[end].isDigit {
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int32(text[end] - 0x30))
            if overflow || carry { return nil }
            number = sum
            end = following(end)
        }
        // `2<(a)` is a word.
        guard text[end] == 0x3C || text[end] == 0x3E, !isProcessSubstitution(end) else {
            return nil
        }
        if !features.contains(.multiDigitDescriptor), number > 9 { return nil }
        return (number, end)
    }

    /// The name of `{name}` directly before `<` or `>`, and the offset behind the brace; bash takes
    /// `{name[subscript]}` too.
    private func variable(at start: Int) -> (ShellText, end: Int)? {
        var end = following(start)
        guard text[end].isNameStart else { return nil }
        var name: [UInt8] = []
        func takeByte() {
            name.append(text[end])
            end = following(end)
        }
        while text[end].isName { takeByte() }
        if text[end] == 0x5B {
            while text[end] != 0x5D, !text[end].endsWord, !text[end].isSpecial { takeByte() }
            guard text[end] == 0x5D else { return nil }
            takeByte()
        }
        let next = following(end)
        guard text[end] == 0x7D, text[next] == 0x3C || text[next] == 0x3E,
            !isProcessSubstitution(next)
        else { return nil }
        return (ShellText(name), next)
    }

    /// bash takes `{name[subscript]}>` for a descriptor with quotes and expansions in the subscript
    /// too; nobody means that.
    mutating func demandPlainDescriptor(_ start: Int, _ end: Int) throws(Stop) {
        guard features.contains(.descriptorVariable), text[start] == 0x7B, text[end - 1] == 0x7D,
            text[end] == 0x3C || text[end] == 0x3E
        else { return }
        let name = text[start + 1..<end - 1].filter { $0 != 0x5C && $0 != 0x0A }
        if name.first?.isNameStart == true, name.last == 0x5D, name.contains(0x5B) {
            throw unexpected("a plain subscript")
        }
    }

    /// An operator whose last byte stands at an offset; the parser is behind it then.
    private mutating func behind(
        _ last: Int,
        _ found: RedirectionOperator
    ) -> RedirectionOperator {
        position = last + 1
        return found
    }

    private mutating func takeOperator() -> RedirectionOperator {
        let first = text[position]
        let second = following(position)
        position = second
        if first == 0x26 {
            position = following(second)
            guard text[position] == 0x3E else { return .outputAndError }
            position += 1
            return .appendOutputAndError
        }
        switch (first, text[second]) {
        case (0x3C, 0x3C):
            let third = following(second)
            switch text[third] {
            case 0x2D: return behind(third, .hereDocumentStrippingTabs)
            case 0x3C where features.contains(.hereString): return behind(third, .hereString)
            default:
                position = third
                return .hereDocument
            }
        case (0x3C, 0x26): return behind(second, .duplicateInput)
        case (0x3C, 0x3E): return behind(second, .inputOutput)
        case (0x3E, 0x3E): return behind(second, .append)
        case (0x3E, 0x26): return behind(second, .duplicateOutput)
        case (0x3E, 0x7C): return behind(second, .clobber)
        default: return first == 0x3C ? .input : .output
        }
    }

    /// The redirections behind a compound command.
    mutating func parseRedirections() throws(Stop) -> [Redirection] {
        var redirections: [Redirection] = []
        while true {
            let end = position
            skipBlanks()
            guard let redirection = try parseRedirection() else {
                position = end
                break
            }
            redirections.append(redirection)
            acceptsReservedWord = false
        }
        return redirections
    }
}

extension UInt8 {
    /// A quote or the beginning of an expansion.
    fileprivate var isSpecial: Bool {
        switch self {
        case 0x22, 0x24, 0x27, 0x5C, 0x60: true
        default: false
        }
    }
}
