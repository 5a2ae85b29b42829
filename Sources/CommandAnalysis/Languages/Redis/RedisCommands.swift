import ShellSyntax

/// Says what commands of Redis do, as `redis-cli` gets them: as arguments, or as lines.
public enum RedisCommands {
    // LIMIT: the bytes of one text of lines, twice the longest command line.
    public static let maximumBytes = 1 << 18

    static let engine = "redis"

    /// One command and its arguments.
    public static func findings(in arguments: [Argument]) -> CodeFindings {
        guard !arguments.isEmpty else { return CodeFindings(effects: [], isComplete: true) }
        var reader = RedisReader()
        reader.read(arguments, at: nil)
        return reader.collector.findings
    }

    /// Commands on lines of their own, as `redis-cli` reads them from its standard input.
    public static func findings(inLines text: AbstractText) -> CodeFindings {
        let query = QueryText(text)
        var reader = RedisReader()
        guard query.count <= maximumBytes else {
            reader.addUnreadable(at: nil)
            return reader.collector.findings
        }
        var start = 0
        while start < query.count {
            var end = start
            while end < query.count, query[end] != 0x0A { end += 1 }
            reader.readLine(start..<end, of: query)
            start = end + 1
        }
        return reader.collector.findings
    }
}

/// Reads one command after the other.
struct RedisReader {
    var collector = EffectCollector()
    /// Whether text that is not known may have made other lines of those that follow.
    private var isUncertain = false

    mutating func readLine(_ line: Range<Int>, of text: QueryText) {
        if text.bytes[line].contains(QueryText.textMark) {
            isUncertain = true
            addUnreadable(at: text.place(line))
        }
        guard let arguments = RedisLine.arguments(line, of: text) else {
            return addUnreadable(at: text.place(line))
        }
        read(arguments.map(Argument.one), at: text.place(line))
    }

    mutating func read(_ arguments: [Argument], at place: Range<Int>?) {
        var arguments = arguments[...]
        // `5 INCR x` runs it five times.
        if arguments.count > 1, let first = arguments.first?.literal, !first.isEmpty,
            first.utf8.allSatisfy(\.isQueryDigit)
        {
            arguments = arguments.dropFirst()
        }
        guard case .one(let first) = arguments.first else {
            if !arguments.isEmpty { addUnreadable(at: place) }
            return
        }
        let name = first.keyword
        let operands = Array(arguments.dropFirst())
        if let reader = Self.special[name] {
            return reader(&self, name, operands, place)
        }
        let subcommand = Self.keyword(operands.first)
        guard let kind = RedisTable.kind(name, subcommand) else { return addUnreadable(at: place) }
        guard RedisTable.hasSubcommands(name) else {
            return add(kind, name, operands, at: place)
        }
        add(kind, "\(name) \(subcommand)", Array(operands.dropFirst()), at: place)
    }

    static func keyword(_ argument: Argument?) -> String {
        guard case .one(let text) = argument else { return "" }
        return text.keyword
    }

    static func text(_ argument: Argument?) -> AbstractText {
        switch argument {
        case .one(let text): text
        case .any(let unknown): AbstractText(unknown)
        case nil: .notComputed
        }
    }

    // MARK: - Effects

    mutating func add(_ kind: CodeEffect.Kind, at place: Range<Int>?, _ limit: Certainty = .certain)
    {
        let isCertain = limit == .certain && !isUncertain
        collector.add(kind, isCertain ? .certain : .possible, at: place)
    }

    mutating func add(
        _ kind: RedisTable.Kind,
        _ statement: String,
        _ operands: [Argument],
        at place: Range<Int>?
    ) {
        var effect = DatabaseEffect(kind.action, engine: RedisCommands.engine, statement)
        switch kind {
        case .read: effect.object = RedisTable.hasNoKey(statement) ? [] : keys(operands.prefix(1))
        case .write:
            effect.object = keys(operands.prefix(1))
            effect.isBounded = true
        case .delete:
            effect.object = keys(operands)
            // How many keys such an argument is, nobody knows.
            effect.isBounded = operands.allSatisfy { if case .one = $0 { true } else { false } }
        case .erase: effect.isBounded = false
        case .schema, .administer: break
        }
        add(effect.kind, at: place)
    }

    // LIMIT: keys of one command that are told one by one.
    static let maximumKeys = 32

    private func keys(_ operands: some Sequence<Argument>) -> [AbstractText] {
        let keys = operands.prefix(Self.maximumKeys + 1).map { Self.text($0) }
        return keys.count > Self.maximumKeys ? keys.dropLast() + [.notComputed] : keys
    }

    mutating func addUnreadable(at place: Range<Int>?) {
        let write = DatabaseEffect(.databaseWrite, engine: RedisCommands.engine, nil)
        collector.add(write.kind, .possible, at: place)
        collector.leaveOpen()
    }
}

/// Cuts a line into arguments as Redis does.
enum RedisLine {
    /// The arguments; nil where a quote is not closed or the line is of the wire protocol.
    static func arguments(_ line: Range<Int>, of text: QueryText) -> [AbstractText]? {
        var arguments: [AbstractText] = []
        var index = line.lowerBound
        while index < line.upperBound {
            if text[index].isQueryBlank || text[index] == 0 {
                index += 1
                continue
            }
            let start = index
            var bytes: [UInt8] = []
            while index < line.upperBound, !text[index].isQueryBlank {
                let byte = text[index]
                index += 1
                guard byte == 0x22 || byte == 0x27 else {
                    bytes.append(byte)
                    continue
                }
                guard appendQuoted(byte, &index, line.upperBound, text, to: &bytes) else {
                    return nil
                }
            }
            arguments.append(text.decoded(bytes, firstMark: text.firstMark(from: start)))
        }
        let first = arguments.first?.knownPrefix.utf8.first
        return first == 0x2A || first == 0x24 ? nil : arguments
    }

    private static func appendQuoted(
        _ quote: UInt8,
        _ index: inout Int,
        _ limit: Int,
        _ text: QueryText,
        to bytes: inout [UInt8]
    ) -> Bool {
        while index < limit {
            let byte = text[index]
            index += 1
            if byte == quote { return index == limit || text[index].isQueryBlank }
            guard byte == 0x5C, index < limit, quote == 0x22 || text[index] == 0x27 else {
                bytes.append(byte)
                continue
            }
            let escaped = text[index]
            index += 1
            if quote == 0x22, escaped == 0x78, let high = text[index].hexadecimalValue,
                let low = text[index + 1].hexadecimalValue
            {
                bytes.append(min(high << 4 | low, 0x7F))
                index += 2
            } else {
                bytes.append(quote == 0x22 ? unescaped(escaped) : escaped)
            }
        }
        return false
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        case 0x62: 0x08
        case 0x61: 0x07
        default: byte
        }
    }
}
