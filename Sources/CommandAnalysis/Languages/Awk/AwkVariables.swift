import ShellSyntax

/// The variables of a program of awk that have one value, and that a literal one.
struct AwkVariables {
    private var values: [ShellText: AbstractText] = [:]
    /// Those that something changes in a way that is not followed.
    private var changed: Set<ShellText> = []
    /// Whether more of them may change than were looked at.
    private var isLost = false

    init(_ list: TokenList, _ options: CodeOptions) {
        for variable in options.variables { assign(variable.name, Self.escaped(variable.value)) }
        for (place, token) in list.tokens.enumerated() where token.kind == .name {
            if token.text == "SYMTAB" {
                values = [:]
                return
            }
            use(token.text, at: place, in: list)
        }
        for name in changed { values[name] = nil }
        if isLost { values = [:] }
    }

    /// The value as awk takes it, which reads escapes in it.
    private static func escaped(_ value: AbstractText) -> AbstractText {
        let hasEscapes = value.pieces.contains {
            if case .text(let text) = $0 { text.utf8.contains(UInt8(ascii: "\\")) } else { false }
        }
        return hasEscapes ? .notComputed : value
    }

    private mutating func assign(_ name: ShellText, _ value: AbstractText?) {
        if let value, values[name] == nil {
            values[name] = value
        } else {
            changed.insert(name)
        }
    }

    private static let readers: Set<ShellText> = [
        "sub", "gsub", "split", "patsplit", "match", "asort", "asorti",
    ]

    private mutating func use(_ name: ShellText, at place: Int, in list: TokenList) {
        let next = list[place + 1]
        let previous = list[place - 1]
        if Self.readers.contains(name) || name == "function" || name == "func" {
            // Whatever stands in its parentheses may get another value, or is another variable.
            let open = name.utf8.starts(with: "func".utf8) ? place + 2 : place + 1
            guard let end = list.partner(of: open), end > open else { return }
            for inner in list.tokens[open..<end].prefix(TokenList.maximumFold)
            where inner.kind == .name {
                changed.insert(inner.text)
            }
            if end - open > TokenList.maximumFold { isLost = true }
        }
        if next?.isSymbol("=") == true {
            assign(name, literal(at: place + 2, in: list))
        } else if next?.isSymbol("[") == true
            || ["++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**="].contains(where: {
                next?.isSymbol($0) == true
            })
            || previous?.isSymbol("++") == true || previous?.isSymbol("--") == true
            || previous?.isName("getline") == true || next?.isName("in") == true
        {
            changed.insert(name)
        }
    }

    /// The string at a place, where it is a whole expression.
    private func literal(at place: Int, in list: TokenList) -> AbstractText? {
        guard let token = list[place], token.kind == .string else { return nil }
        guard let next = list[place + 1], next.kind != .newline else { return token.value }
        let isEnd = next.isClosing || next.isSymbol(";") || next.isSymbol(",")
        return isEnd ? token.value : nil
    }

    /// What an expression is: strings and variables in a row, parentheses around them.
    func value(_ range: Range<Int>, in list: TokenList) -> AbstractText {
        if range.isEmpty || range.count > TokenList.maximumFold { return .notComputed }
        var builder = CodeTextBuilder()
        for place in range {
            guard let token = list[place] else { return .notComputed }
            switch token.kind {
            case .string: builder.append(token.value)
            case .name where list.isSymbol("(", at: place + 1): return .notComputed
            case .name:
                if list.isSymbol("[", at: place + 1) { return .notComputed }
                if let value = values[token.text] {
                    builder.append(value)
                } else {
                    builder.append(UnknownText.notComputed)
                }
            case .number:
                if list.isSymbol("$", at: place - 1) { continue }
                guard token.text.utf8.allSatisfy(\.isDecimal) else { return .notComputed }
                builder.append(token.text.utf8)
            case .symbol where token.text == "(" || token.text == ")": continue
            case .symbol where token.text == "$": builder.append(UnknownText.notComputed)
            case .variable, .command, .regex, .symbol, .newline, .unknown: return .notComputed
            }
        }
        return builder.text
    }
}
