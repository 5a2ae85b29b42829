internal import ShellSyntax

/// What `${x/pattern/string}` puts in for a match.
struct Replacement {
    enum Piece: Hashable {
        case text(AbstractText)
        /// What matched.
        case match
    }

    /// Nil where it is not known.
    let pieces: [Piece]?
    /// Whether the pattern matches letters of either case, so that nobody here knows what it does.
    var ignoresCase = false

    static let unknown = Replacement(pieces: nil)

    init(pieces: [Piece]?) { self.pieces = pieces }

    init(_ text: AbstractText) { pieces = text.pieces.isEmpty ? [] : [.text(text)] }

    /// The text for one match; nil where it is not known.
    func text(for match: ArraySlice<UInt8>) -> AbstractText? {
        guard let pieces else { return nil }
        var text = AbstractText.empty
        for piece in pieces {
            switch piece {
            case .text(let more): text.append(more)
            case .match: text.append(.text(ShellText(Array(match))))
            }
        }
        return text
    }
}

extension Interpreter {
    /// The texts that the versions of bash put in.
    mutating func replacements(
        _ word: Word?,
        _ state: inout ShellState,
        _ frame: Frame,
        isQuoted: Bool
    ) throws(AnalysisProblem) -> [Replacement] {
        guard let word else { return [Replacement(.empty)] }
        let choices = try foldSegments(word.parts, &state, frame)
        guard choices.count == 1 else { return [.unknown] }
        var all = ampersandReadings(of: choices[0], state, frame)
        if isQuoted, word.parts.haveSingleQuotes {
            let older = try withQuotes(word, &state, frame)
            all = readings(of: .quotesInReplacement, state, frame, newer: all, older: [older])
        }
        guard state.flags.ignoresCase else { return all }
        var newer = Replacement.unknown
        newer.ignoresCase = true
        return readings(of: .nocasematchInReplacement, state, frame, newer: [newer], older: all)
    }

    /// Since bash 5.2 an unquoted `&` is the match, and a backslash before it makes it one no more.
    private func ampersandReadings(
        of segments: [Segment],
        _ state: ShellState,
        _ frame: Frame
    ) -> [Replacement] {
        let text = segments.joined
        let isKnown = text.pieces.allSatisfy { if case .text = $0 { true } else { false } }
        guard isKnown, let newer = segments.withMatches else { return [.unknown] }
        let older = Replacement(text)
        if newer.pieces == older.pieces { return [older] }
        return readings(
            of: .matchInReplacement,
            state,
            frame,
            newer: [newer],
            older: [older]
        )
    }

    /// Before bash 4.3, single quotes within double ones are text like any other, and what stands
    /// between them is expanded.
    private mutating func withQuotes(
        _ word: Word,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Replacement {
        guard reading(of: .quotesInReplacement, state, frame).mayBeOlder else { return .unknown }
        var text: AbstractText? = .empty
        for part in word.parts {
            switch part {
            case .literal(let literal): text?.append(.text(literal.text))
            case .singleQuoted(let literal) where literal.text.isPlainInDoubleQuotes:
                text?.append(.text(ShellText("'\(literal.text)'")))
            case .singleQuoted(let literal):
                let range = frame.origin.range(of: literal.range)
                try expandAgain(AbstractText(literal.text), &state, frame, at: range)
                text = nil
            default: text = nil
            }
        }
        return text.map { Replacement($0) } ?? .unknown
    }
}

extension [WordPart] {
    fileprivate var haveSingleQuotes: Bool {
        contains { if case .singleQuoted = $0 { true } else { false } }
    }
}

extension ShellText {
    /// Whether nothing of it means anything in double quotes.
    fileprivate var isPlainInDoubleQuotes: Bool {
        !utf8.contains { [0x24, 0x60, 0x5C, 0x22].contains($0) }
    }
}

extension [Segment] {
    /// With the matches where `&` stands without quotes; nil where that cannot be told.
    fileprivate var withMatches: Replacement? {
        var pieces: [Replacement.Piece] = []
        func append(_ text: AbstractText) {
            if text.pieces.isEmpty { return }
            if case .text(let last) = pieces.last {
                pieces[pieces.count - 1] = .text(last + text)
            } else {
                pieces.append(.text(text))
            }
        }
        for segment in self {
            switch segment {
            case .quoted(let text): append(text)
            case .pattern(let text), .split(let text):
                guard let literal = text.literal else { return nil }
                var rest = [UInt8](literal.utf8)[...]
                var plain: [UInt8] = []
                while let byte = rest.popFirst() {
                    switch byte {
                    case UInt8(ascii: "&"):
                        append(AbstractText(ShellText(plain)))
                        plain = []
                        pieces.append(.match)
                    // `\&` and `\\` are one character.
                    case UInt8(ascii: "\\") where [0x26, 0x5C].contains(rest.first):
                        if let next = rest.popFirst() { plain.append(next) }
                    default: plain.append(byte)
                    }
                }
                append(AbstractText(ShellText(plain)))
            case .fieldEnd: append(" ")
            case .anyFields: return nil
            }
        }
        return Replacement(pieces: pieces)
    }
}
