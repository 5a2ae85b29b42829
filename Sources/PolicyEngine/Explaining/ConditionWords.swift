internal import CommandAnalysis
internal import PlainText
internal import ShellSyntax

// What a condition asks, in words.

extension RuleCondition {
    /// LIMIT: patterns of one list that are shown.
    static let maximumShownPatterns = 12

    /// All that must hold, each in a line.
    var words: [String] {
        switch self {
        case .all(let parts): parts.flatMap(\.words)
        case .any, .not, .surely, .test: [sentence]
        }
    }

    private var sentence: String {
        switch self {
        case .all(let parts): Self.joined(parts, "and")
        case .any(let parts): Self.joined(parts, "or")
        case .not(let part): "not (\(part.sentence))"
        case .surely(let part): "surely (\(part.sentence))"
        case .test(let test): test.words
        }
    }

    /// Texts in backticks; how many more there are is said.
    static func list(_ items: [String]) -> String {
        let shown = items.prefix(maximumShownPatterns).map { "`\($0.escapingControls())`" }
        let rest = items.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func joined(_ parts: [RuleCondition], _ word: String) -> String {
        parts.map { part in
            switch part {
            case .all, .any: "(\(part.sentence))"
            case .not, .surely, .test: part.sentence
            }
        }.joined(separator: " \(word) ")
    }
}

extension RuleTest {
    fileprivate var words: String {
        switch self {
        case .paths(let attribute, let list):
            "`\(attribute.rawValue)` is \(RuleCondition.list(list.patterns.map(\.written)))"
        case .texts(let attribute, let list):
            "`\(attribute.rawValue)` is \(RuleCondition.list(list.patterns.map(\.text.written)))"
        case .flag(let attribute, let value):
            "`\(attribute.rawValue)` is \(value ? "said" : "not said")"
        case .program(let list):
            "the program is \(RuleCondition.list(list.patterns.map(\.text.written)))"
        case .user(let patterns):
            "it runs as \(RuleCondition.list(patterns.map { $0?.text.written ?? "login" }))"
        case .place(let places): "it runs in \(RuleCondition.list(places.map(\.written)))"
        case .wrapper(let list):
            "it is run by \(RuleCondition.list(list.patterns.map(\.text.written)))"
        case .certainty(let certainty): "it is \(certainty.rawValue)"
        case .unknown(let attributes):
            "nothing is known of \(RuleCondition.list(attributes.map(\.rawValue)))"
        }
    }
}

extension PlacePattern {
    fileprivate var written: String {
        switch self {
        case .target: "target"
        case .within(let kind, nil): kind.rawValue
        case .within(let kind, let name?): "\(kind.rawValue) \(name.text.written)"
        }
    }
}

extension PathPattern {
    /// As a policy file writes it.
    fileprivate var written: String {
        let beginning =
            switch root {
            case .root: ""
            case .start: "."
            case .aboveStart: ".."
            case .home: "~"
            case .anyHome: "~*"
            }
        let path =
            beginning
            + components.map { component in
                switch component {
                case .one(let text): "/" + text.written
                case .any: "/**"
                }
            }.joined()
        return path.isEmpty ? "/" : path
    }
}

extension AbstractText {
    /// As a policy file writes a pattern; its wildcards are the only pieces beside text.
    var written: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.description.patternText
            case .wildcard(.anyText): "*"
            case .wildcard(.anyCharacter): "?"
            case .wildcard(.oneOf(let set)): set.written
            case .unknown, .directory: "…"
            }
        }.joined()
    }
}

extension Wildcard.CharacterSet {
    /// `[a-cx]`, `[!x]`.
    fileprivate var written: String {
        var ranges: [ClosedRange<UInt8>] = []
        // What is not ASCII is in a set that is written by what is not in it.
        for byte in UInt8(0)..<0x80 where contains(byte) != hasOthers {
            if let last = ranges.last, last.upperBound == byte - 1 {
                ranges[ranges.count - 1] = last.lowerBound...byte
            } else {
                ranges.append(byte...byte)
            }
        }
        let parts = ranges.map { range in
            let ends = [range.lowerBound, range.upperBound].map { String(Unicode.Scalar($0)) }
            return range.count == 1 ? ends[0] : ends.joined(separator: "-")
        }
        return "[\(hasOthers ? "!" : "")\(parts.joined())]"
    }
}

extension String {
    /// The pattern that is this text alone: a backslash stands before what would be more than itself.
    var patternText: String {
        reduce(into: "") { text, character in
            if "*?[\\".contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
