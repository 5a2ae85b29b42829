@testable import ShellSyntax

/// What a word expands to, read off the tree: how its parts are to be understood.
///
/// It knows a few parameters, patterns without special characters, and no file name that matches. What
/// it does not know is an `Unknown`.
struct ReferenceExpander {
    struct Unknown: Error {
        let part: String
    }

    /// A character, and whether a blank at its place splits the word.
    ///
    /// Without a byte it is a quote, which makes a field where there is nothing else.
    private struct Character {
        let byte: UInt8?
        let splits: Bool
    }

    private struct Text {
        var characters: [Character] = []
        var isQuoted: Bool { characters.contains { $0.byte == nil } }

        mutating func quote() { characters.append(Character(byte: nil, splits: false)) }

        mutating func append(_ bytes: some Sequence<UInt8>, splits: Bool = false) {
            characters += bytes.map { Character(byte: $0, splits: splits) }
        }

        mutating func append(_ other: Text, splits: Bool = false) {
            characters += other.characters.map {
                Character(byte: $0.byte, splits: $0.splits || splits)
            }
        }

        var bytes: [UInt8] { characters.compactMap(\.byte) }
    }

    let home: String
    let parameters: [String: String]

    func fields(of word: Word) throws -> [[UInt8]] {
        try Self.braceExpanded(word.parts).flatMap { try split(text(of: $0, inQuotes: false)) }
    }

    // MARK: braces

    /// The alternatives of the first brace expansion, each before what follows, and so on.
    static func braceExpanded(_ parts: [WordPart]) throws -> [[WordPart]] {
        guard let index = parts.firstIndex(where: \.isBraceExpansion),
            case .braceExpansion(let expansion) = parts[index]
        else { return [parts] }
        let rest = try braceExpanded(Array(parts[(index + 1)...]))
        let choices =
            switch expansion.content {
            case .alternatives(let words): try words.flatMap { try braceExpanded($0.parts) }
            case .sequence(let start, let end, let step):
                try sequence(start.description, end.description, step?.description)
                    .map { text in
                        [WordPart.literal(Literal(text: ShellText(text), range: expansion.range))]
                    }
            }
        return choices.flatMap { choice in rest.map { parts[..<index] + choice + $0 } }
    }

    private static func sequence(
        _ start: String,
        _ end: String,
        _ step: String?
    ) throws -> [String] {
        let distance = step.flatMap { Int($0) }.map { max(1, abs($0)) } ?? 1
        if let first = Int(start), let last = Int(end) {
            let isPadded = [start, end].contains {
                $0.count > 1 && $0.drop { $0 == "-" }.first == "0"
            }
            let width = isPadded ? max(start.count, end.count) : 0
            return values(first, last, distance).map { number in
                let digits = String(abs(number))
                let sign = number < 0 ? "-" : ""
                return sign
                    + String(repeating: "0", count: max(0, width - digits.count - sign.count))
                    + digits
            }
        }
        guard let first = start.utf8.first, let last = end.utf8.first else {
            throw Unknown(part: start)
        }
        return values(Int(first), Int(last), distance).map { String(UnicodeScalar(UInt8($0))) }
    }

    private static func values(_ first: Int, _ last: Int, _ distance: Int) -> [Int] {
        Array(stride(from: first, through: last, by: first <= last ? distance : -distance))
    }

    // MARK: parts

    private func text(of parts: [WordPart], inQuotes: Bool) throws -> Text {
        var text = Text()
        for part in parts {
            switch part {
            case .literal(let literal): text.append(literal.text.utf8)
            case .escaped(let literal):
                text.append(literal.text.utf8)
                text.quote()
            case .singleQuoted(let literal):
                text.append(literal.text.utf8)
                text.quote()
            case .ansiCQuoted(let literal):
                text.append(ANSICString.decoded(Array(literal.text.utf8)))
                text.quote()
            case .doubleQuoted(let quoted):
                text.append(try self.text(of: quoted.parts, inQuotes: true).bytes)
                text.quote()
            case .tilde(let name):
                guard name.text.isEmpty else { throw Unknown(part: "~\(name.text)") }
                text.append(home.utf8)
            case .parameter(let expansion):
                text.append(try value(of: expansion, inQuotes: inQuotes))
            case .commandSubstitution, .arithmetic, .processSubstitution, .braceExpansion,
                .extendedGlob, .array, .deferredError:
                throw Unknown(part: "\(part)")
            }
        }
        return text
    }

    private func plain(_ word: Word, inQuotes: Bool = false) throws -> [UInt8] {
        try text(of: word.parts, inQuotes: inQuotes).bytes
    }

    /// What an operand gives: what is quoted in it does not split, what is not does.
    private func operand(_ word: Word, inQuotes: Bool) throws -> Text {
        var text = Text()
        for part in word.parts {
            let piece = try self.text(of: [part], inQuotes: inQuotes)
            text.append(piece, splits: !inQuotes && !piece.isQuoted)
        }
        return text
    }

    private func value(of expansion: ParameterExpansion, inQuotes: Bool) throws -> Text {
        guard case .variable(let name) = expansion.parameter, !expansion.isIndirect,
            expansion.subscripting == nil
        else { throw Unknown(part: "\(expansion.parameter)") }
        let value = parameters[name.description]
        let bytes = Array((value ?? "").utf8)
        var text = Text()
        switch expansion.operation {
        case nil: text.append(bytes, splits: !inQuotes)
        case .length: text.append(String(bytes.count).utf8)
        case .conditional(let condition, let treatsEmptyAsUnset, let word):
            let isSet = value != nil && !(treatsEmptyAsUnset && bytes.isEmpty)
            switch condition {
            case .useDefault, .assignDefault:
                if !isSet { return try operand(word, inQuotes: inQuotes) }
                text.append(bytes, splits: !inQuotes)
            case .useAlternative:
                if isSet { return try operand(word, inQuotes: inQuotes) }
            case .fail: throw Unknown(part: "?")
            }
        case .removal(let side, _, let word):
            let pattern = try plain(word)
            let matches =
                side == .prefix
                ? bytes.starts(with: pattern) : bytes.suffix(pattern.count).elementsEqual(pattern)
            let rest =
                !matches
                ? bytes
                : side == .prefix
                    ? Array(bytes.dropFirst(pattern.count)) : Array(bytes.dropLast(pattern.count))
            text.append(rest, splits: !inQuotes)
        case .replacement(let occurrence, let pattern, let replacement):
            let pattern = String(decoding: try plain(pattern), as: UTF8.self)
            let new = String(decoding: try replacement.map { try plain($0) } ?? [], as: UTF8.self)
            guard occurrence == .first || occurrence == .every else { throw Unknown(part: "/") }
            let most = occurrence == .every ? Int.max : 1
            let changed = (value ?? "").replacing(pattern, with: new, maxReplacements: most)
            text.append(changed.utf8, splits: !inQuotes)
        case .caseChange(let change, isGlobal: true, nil) where change != .toggle:
            let changed = change == .upper ? (value ?? "").uppercased() : (value ?? "").lowercased()
            text.append(changed.utf8, splits: !inQuotes)
        case .caseChange, .substring, .transformation, .names, .keys:
            throw Unknown(part: "\(expansion)")
        }
        return text
    }

    // MARK: splitting

    /// Blanks that expansions brought in, outside of quotes, separate fields.
    private func split(_ text: Text) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var field: [UInt8]?
        for character in text.characters {
            guard let byte = character.byte else {
                field = field ?? []
                continue
            }
            if character.splits, [0x20, 0x09, 0x0A].contains(byte) {
                if let ended = field { fields.append(ended) }
                field = nil
            } else {
                field = (field ?? []) + [byte]
            }
        }
        if let field { fields.append(field) }
        return fields
    }
}

extension WordPart {
    fileprivate var isBraceExpansion: Bool {
        if case .braceExpansion = self { true } else { false }
    }
}
