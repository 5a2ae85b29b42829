import ShellSyntax

/// Goes over the tokens of code in a language of names, dots and calls.
///
/// Such code is complete where nothing of it can do more than what is listed. Each language has
/// lists of the functions that a bare name may call, and of the attributes that are harmless on any
/// value that those functions return; a name that is on none of them makes the code incomplete.
protocol CodeWalker {
    /// Operators that join texts.
    static var joins: Set<ShellText> { get }
    /// Operators behind which an attribute of a value stands.
    static var dots: Set<ShellText> { get }

    var list: TokenList { get set }
    var builder: FindingsBuilder { get set }
    var steps: Int { get set }

    /// Reads the bare name at a place, and perhaps what follows; returns where to go on.
    mutating func name(_ name: ShellText, at place: Int) -> Int
    /// Reads the attribute at a place, which stands behind a dot.
    mutating func attribute(_ name: ShellText, at place: Int) -> Int
    /// Reads any other token.
    mutating func other(_ token: CodeToken, at place: Int) -> Int
}

extension CodeWalker {
    mutating func walk(_ streams: [TokenList]) {
        for stream in streams {
            list = stream
            var place = 0
            while let token = list[place] {
                steps += 1
                if token.kind == .name {
                    let isAttribute = list.previous(of: place).map(isDot) ?? false
                    place =
                        isAttribute
                        ? attribute(token.text, at: place) : name(token.text, at: place)
                } else if token.kind == .unknown {
                    builder.giveUp()
                    place += 1
                } else {
                    place = other(token, at: place)
                }
            }
        }
        builder.nameSignalled(in: streams)
    }

    func isDot(_ token: CodeToken) -> Bool {
        token.kind == .symbol && Self.dots.contains(token.text)
    }

    func isCall(at place: Int) -> Bool { list.isSymbol("(", at: place) }

    /// The span in the code from a token to the end of its call.
    func span(_ start: Int, call open: Int) -> Range<Int> {
        list.place(start..<list.behind(open))
    }

    /// What the arguments in brackets are.
    mutating func arguments(in open: Int) -> [CallArgument] {
        limited(list.arguments(in: open)).map { argument($0) }
    }

    /// The arguments; where one is beyond the limit it may be several, of which nothing is known.
    mutating func limited(_ ranges: [Range<Int>]) -> [Range<Int>] {
        steps += TokenList.maximumFold
        if ranges.contains(where: { $0.count > TokenList.maximumFold }) { builder.giveUp() }
        return ranges
    }

    mutating func argument(_ range: Range<Int>) -> CallArgument {
        var keyword: ShellText?
        var value = range
        if range.count > 2, let first = list[range.lowerBound], first.kind == .name,
            list.isSymbol("=", at: range.lowerBound + 1)
        {
            keyword = first.text
            value = range.lowerBound + 2..<range.upperBound
        }
        return CallArgument(
            keyword: keyword,
            text: text(value),
            list: elements(value),
            word: word(value)
        )
    }

    /// The single word, or a number with a minus before it.
    private func word(_ range: Range<Int>) -> ShellText? {
        guard range.count == 1 || range.count == 2, let last = list[range.upperBound - 1] else {
            return nil
        }
        if range.count == 1 { return last.kind == .name || last.kind == .number ? last.text : nil }
        guard last.kind == .number, list.isSymbol("-", at: range.lowerBound) else { return nil }
        return ShellText("-" + last.text.description)
    }

    /// The elements of a list that is written out, or of a text that is split at blanks.
    private mutating func elements(_ range: Range<Int>) -> [Argument]? {
        let start = range.lowerBound
        guard let first = list[start] else { return nil }
        if first.kind == .variable, range.count == 1, first.text.utf8.first == UInt8(ascii: "@") {
            return [.any(.notComputed)]
        }
        // Parentheses around one value only group it.
        let isPair = first.isSymbol("(") && list.arguments(in: start).count > 1
        if isPair || first.isSymbol("["), list.behind(start) == range.upperBound {
            return list.arguments(in: start).prefix(TokenList.maximumFold).map {
                if list[$0.lowerBound]?.isSymbol("*") == true { return .any(.notComputed) }
                return .one(text($0))
            }
        }
        if first.kind == .string, range.count == 5, isDot(list.tokens[start + 1]),
            list.isName("split", at: start + 2), list.isSymbol(")", at: start + 4),
            let literal = first.value.literal
        {
            return literal.utf8.split(whereSeparator: \.isWhite).map {
                .one(AbstractText(ShellText($0)))
            }
        }
        return nil
    }

    /// What an expression is: texts that are joined, with unknown ones for all else.
    mutating func text(_ range: Range<Int>) -> AbstractText {
        steps += min(range.count, TokenList.maximumFold)
        return list.text(range, joins: Self.joins)
    }
}

extension TokenList {
    /// The token before a place that is no end of a line.
    func previous(of place: Int) -> CodeToken? {
        var before = place - 1
        while self[before]?.kind == .newline { before -= 1 }
        return self[before]
    }

    /// What an expression is, where it consists of strings, joined or in a row.
    func text(_ range: Range<Int>, joins: Set<ShellText>) -> AbstractText {
        if range.isEmpty || range.count > Self.maximumFold { return .notComputed }
        var builder = CodeTextBuilder()
        for place in range {
            let token = tokens[place]
            let previous = place > range.lowerBound ? tokens[place - 1] : nil
            // Behind a name or a bracket a parenthesis is a call.
            let isCalled =
                token.isSymbol("(") && previous.map { $0.endsOperand && !$0.isSymbol("(") } == true
            if isCalled { return .notComputed }
            switch token.kind {
            case .string: builder.append(token.value)
            case .symbol where token.text == "(" || token.text == ")": continue
            case .symbol where joins.contains(token.text): continue
            case .name, .variable:
                // A single variable between operators is a text that is not known.
                let next = place + 1 < range.upperBound ? tokens[place + 1] : nil
                let isSingle = [previous, next].allSatisfy {
                    $0 == nil || ($0?.kind == .symbol && joins.contains($0?.text ?? ""))
                }
                if !isSingle { return .notComputed }
                builder.append(UnknownText.notComputed)
            case .newline: continue
            case .number, .command, .regex, .symbol, .unknown: return .notComputed
            }
        }
        return builder.text
    }
}
