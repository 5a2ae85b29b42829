/// A literal of JavaScript as an argument of a call.
indirect enum MongoValue: Hashable, Sendable {
    case object([Field])
    case array([MongoValue])
    case string(String)
    case regex(String)
    /// A number, a date, an identifier of an object: one value that is no condition.
    case plain
    /// What only running the code would tell.
    case unknown

    struct Field: Hashable, Sendable {
        let key: String
        let value: MongoValue
    }

    subscript(key: String) -> MongoValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }
}

/// Reads the arguments of a call.
struct MongoValueReader {
    // LIMIT: objects in objects; MongoDB itself takes 100, and conditions have five.
    static let maximumNesting = 24

    let tokens: [MongoToken]
    private(set) var index: Int
    /// Whether a part of it is not a literal.
    private(set) var isOpen = false

    init(_ tokens: [MongoToken], from index: Int) {
        self.tokens = tokens
        self.index = index
    }

    /// The arguments behind an opening parenthesis, up to and with the closing one.
    mutating func arguments() -> [MongoValue] {
        var values: [MongoValue] = []
        while index < tokens.count, !tokens[index].isSign(")") {
            let start = index
            values.append(value(0))
            if index < tokens.count, tokens[index].isSign(",") { index += 1 }
            if index == start { index += 1 }
        }
        if index >= tokens.count { isOpen = true }
        index += 1
        return values
    }

    private mutating func value(_ nesting: Int) -> MongoValue {
        guard index < tokens.count, nesting < Self.maximumNesting else { return unknownValue() }
        let token = tokens[index]
        let value: MongoValue
        switch token.kind {
        case .sign where token.text == "{": value = object(nesting)
        case .sign where token.text == "[": value = array(nesting)
        case .sign where token.text == "-" || token.text == "+":
            index += 1
            return self.value(nesting + 1)
        case .string:
            index += 1
            value = .string(token.text)
        case .number:
            index += 1
            // `1.5`
            while index < tokens.count, tokens[index].isSign(".") || tokens[index].kind == .number {
                index += 1
            }
            value = .plain
        case .regex:
            index += 1
            value = .regex(token.text)
        case .word: value = word(token)
        case .sign, .template, .hole: return unknownValue()
        }
        guard endsValue else { return unknownValue() }
        return value
    }

    private var endsValue: Bool {
        guard index < tokens.count else { return true }
        return [",", ")", "]", "}"].contains { tokens[index].isSign($0) }
    }

    // `ISODate("…")`, `new Date()`, `null`
    private mutating func word(_ token: MongoToken) -> MongoValue {
        index += 1
        if token.text == "new", index < tokens.count { index += 1 }
        if ["true", "false", "null", "undefined", "Infinity", "NaN", "MinKey", "MaxKey"]
            .contains(token.text)
        {
            return .plain
        }
        let name = token.text == "new" ? tokens[index - 1].text : token.text
        guard Self.constructors.contains(name), index < tokens.count, tokens[index].isSign("(")
        else {
            return unknownValue()
        }
        index += 1
        for argument in arguments() where argument == .unknown { return .unknown }
        return .plain
    }

    private static let constructors: Set<String> = [
        "ObjectId", "ISODate", "Date", "NumberInt", "NumberLong", "NumberDecimal", "UUID",
        "Timestamp",
        "BinData", "Int32", "Long", "Decimal128", "Double", "MinKey", "MaxKey",
    ]

    private mutating func object(_ nesting: Int) -> MongoValue {
        index += 1
        var fields: [MongoValue.Field] = []
        while index < tokens.count, !tokens[index].isSign("}") {
            let key = tokens[index]
            guard [.word, .string, .number].contains(key.kind), !key.text.isEmpty,
                index + 1 < tokens.count, tokens[index + 1].isSign(":")
            else { return unknownValue() }
            index += 2
            fields.append(.init(key: key.text, value: value(nesting + 1)))
            if index < tokens.count, tokens[index].isSign(",") { index += 1 }
        }
        index += 1
        return .object(fields)
    }

    private mutating func array(_ nesting: Int) -> MongoValue {
        index += 1
        var values: [MongoValue] = []
        while index < tokens.count, !tokens[index].isSign("]") {
            let start = index
            values.append(value(nesting + 1))
            if index < tokens.count, tokens[index].isSign(",") { index += 1 }
            if index == start { index += 1 }
        }
        index += 1
        return .array(values)
    }

    /// Goes to the end of the value, whatever it is.
    private mutating func unknownValue() -> MongoValue {
        isOpen = true
        var depth = 0
        while index < tokens.count {
            let token = tokens[index]
            if token.kind == .sign {
                if ["(", "[", "{"].contains(token.text) { depth += 1 }
                if [")", "]", "}"].contains(token.text) {
                    if depth == 0 { return .unknown }
                    depth -= 1
                }
                if depth == 0, token.text == "," { return .unknown }
            }
            index += 1
        }
        return .unknown
    }
}
