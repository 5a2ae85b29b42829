import ShellSyntax

// `env -S`: one argument that is split by rules of its own (coreutils manual, *env -S*).

extension Interpreter {
    mutating func splitEnvironment(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        // A dash alone is `-i`.
        if arguments.first?.literal == "-" {
            let rest = [.one("-i")] + arguments.dropFirst()
            return try byTable(rest, knowledge, program, call, &state, frame)
        }
        guard let index = arguments.firstIndex(where: { $0.isSplitString }) else { return nil }
        // A bundle such as `-iS` counts, and anything that stands behind its `S`.
        guard case .one(let option) = arguments[index] else { return nil }
        var rest = arguments[(index + 1)...]
        var text = option.splitStringValue
        if text.pieces.isEmpty {
            guard let next = rest.popFirst() else { return nil }
            text = next.text
        }
        guard let literal = text.literal, let words = SplitString.words(of: literal) else {
            emit(.commandDynamic, frame, program: program, at: call.range)
            return .notComputed
        }
        let vector = Array(arguments[..<index]) + words.map { .one($0) } + rest
        return try byTable(vector, knowledge, program, call, &state, frame)
    }
}

extension Argument {
    fileprivate var isSplitString: Bool {
        guard case .one(let text) = self else { return false }
        let prefix = Array(text.knownPrefix.utf8)
        if prefix.starts(with: "--s".utf8) { return true }
        // A short bundle: letters without values before it.
        guard prefix.first == UInt8(ascii: "-"), prefix.count > 1 else { return false }
        for byte in prefix.dropFirst() {
            if byte == UInt8(ascii: "S") { return true }
            if !"iv0".utf8.contains(byte) { return false }
        }
        return false
    }
}

extension AbstractText {
    /// What stands behind `-S` or `--split-string=` in the same argument.
    fileprivate var splitStringValue: AbstractText {
        let prefix = knownPrefix.utf8
        if prefix.starts(with: "--".utf8) {
            guard let equals = prefix.firstIndex(of: UInt8(ascii: "=")) else { return .empty }
            return dropping(prefix.distance(from: prefix.startIndex, to: equals) + 1)
        }
        guard let letter = prefix.firstIndex(of: UInt8(ascii: "S")) else { return .empty }
        return dropping(prefix.distance(from: prefix.startIndex, to: letter) + 1)
    }
}

/// Splits a text as `env -S` does.
private enum SplitString {
    /// The words; nil where the text is not one that `env` takes.
    static func words(of text: ShellText) -> [AbstractText]? {
        var words: [AbstractText] = []
        var current = AbstractText.empty
        var hasWord = false
        var quote: UInt8?
        var rest = Array(text.utf8)[...]
        func literal(_ bytes: [UInt8]) { current.append(.text(ShellText(bytes))) }
        while let byte = rest.popFirst() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D:
                if quote != nil {
                    literal([byte])
                } else if hasWord {
                    words.append(current)
                    current = .empty
                    hasWord = false
                }
                continue
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                if quote == nil {
                    quote = byte
                } else if quote == byte {
                    quote = nil
                } else {
                    literal([byte])
                }
            case UInt8(ascii: "#") where !hasWord && quote == nil:
                return words
            case UInt8(ascii: "$") where quote != UInt8(ascii: "'"):
                guard rest.popFirst() == UInt8(ascii: "{"),
                    let end = rest.firstIndex(of: UInt8(ascii: "}"))
                else { return nil }
                let name = ShellText(rest[..<end])
                rest = rest[(end + 1)...]
                current.append(.unknown(UnknownText(.text, from: .variable(name))))
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                switch (escaped, quote) {
                case (UInt8(ascii: "_"), nil):
                    if hasWord { words.append(current) }
                    current = .empty
                    hasWord = false
                    continue
                case (UInt8(ascii: "_"), _): literal([0x20])
                case (UInt8(ascii: "c"), nil):
                    if hasWord { words.append(current) }
                    return words
                case (UInt8(ascii: "f"), _): literal([0x0C])
                case (UInt8(ascii: "n"), _): literal([0x0A])
                case (UInt8(ascii: "r"), _): literal([0x0D])
                case (UInt8(ascii: "t"), _): literal([0x09])
                case (UInt8(ascii: "v"), _): literal([0x0B])
                case (let other, UInt8(ascii: "'"))
                where other != UInt8(ascii: "'") && other != 0x5C:
                    literal([0x5C, other])
                case (let other, _): literal([other])
                }
            default: literal([byte])
            }
            hasWord = true
        }
        if quote != nil { return nil }
        if hasWord { words.append(current) }
        return words
    }
}
