import ShellSyntax

// Which conditions of the knowledge hold for arguments, and which may hold for all that is known.

extension ParsedArguments {
    /// The first usage whose conditions hold.
    var usage: Usage? {
        knowledge.usages.first { $0.conditions.allSatisfy { holds($0) } }
    }

    /// The usages that may be meant as well, because of an operand or a value that is not known, and
    /// that do more than reading.
    func otherUsages(than usage: Usage) -> [Usage] {
        guard knowledge.usages.count > 1, isAnythingUnknown else { return [] }
        var others: [Usage] = []
        for candidate in knowledge.usages {
            let conditions = candidate.conditions
            if candidate !== usage, !candidate.onlyReads, conditions.allSatisfy({ mayBeSo($0) }) {
                others.append(candidate)
            }
            // Nothing behind one whose conditions surely hold counts.
            if conditions.allSatisfy({ holds($0) && isSure($0) }) { break }
        }
        return others
    }

    /// Whether there is an operand or a value of which not all is known.
    var isAnythingUnknown: Bool {
        operands.contains { $0.literal == nil } || values.contains { $0.value.literal == nil }
    }

    func holds(_ condition: Condition) -> Bool {
        switch condition {
        case .tag(let tag): has(tag)
        case .value(let tag, let pattern):
            values.contains { $0.tags.contains(tag) && $0.value.isOf(pattern) }
        case .allValues(let tag, let pattern):
            values(taggedAs: tag, allSatisfy: { $0.isOf(pattern) })
        case .operands(let least): operands.count >= least
        case .operand(let place?, let pattern):
            place <= operands.count && operands[place - 1].matches(pattern)
        case .operand(nil, let pattern): operands.contains { $0.matches(pattern) }
        case .not(let inner): !holds(inner)
        }
    }

    /// Whether there are such values, and this is so of each of them.
    private func values(taggedAs tag: Tag, allSatisfy isSo: (AbstractText) -> Bool) -> Bool {
        let tagged = values.filter { $0.tags.contains(tag) }
        return !tagged.isEmpty && tagged.allSatisfy { isSo($0.value) }
    }

    /// Whether it holds, or may hold because of an operand or a value that is not known.
    func mayHold(_ condition: Condition) -> Bool {
        switch condition {
        case .value(let tag, let pattern):
            values.contains { $0.tags.contains(tag) && $0.value.mayBeOf(pattern) }
        case .allValues(let tag, let pattern):
            values(taggedAs: tag, allSatisfy: { $0.mayBeOf(pattern) })
        case .operand(let place?, let pattern) where place <= operands.count:
            operands[place - 1].text.mayMatch(pattern)
        case .operand(nil, let pattern): operands.contains { $0.text.mayMatch(pattern) }
        case .tag, .operands, .operand, .not: holds(condition)
        }
    }

    /// Whether it may hold, be it because what it excludes is not certain.
    private func mayBeSo(_ condition: Condition) -> Bool {
        if case .not(let inner) = condition { return !(holds(inner) && isSure(inner)) }
        return mayHold(condition)
    }

    /// Whether what ``holds(_:)`` says of it is certain.
    private func isSure(_ condition: Condition) -> Bool {
        if case .not(let inner) = condition { return isSure(inner) }
        return holds(condition) || !mayHold(condition)
    }
}

extension Argument {
    /// Whether it matches a pattern with `*` for any text, whatever is not known of it.
    fileprivate func matches(_ pattern: ShellText) -> Bool {
        switch self {
        case .one(let text): text.matches(pattern)
        case .any(let unknown): unknown.writtenTexts.contains { pattern.isPart(of: $0) }
        }
    }
}

extension AbstractText {
    /// Whether it is known and matches, in letters of either case.
    fileprivate func isOf(_ pattern: ShellText) -> Bool {
        lowercased.literal.map { pattern.lowercased.matchesStars($0) } ?? false
    }

    /// Whether it matches or may do so, in letters of either case.
    fileprivate func mayBeOf(_ pattern: ShellText) -> Bool {
        mayBeMeant && lowercased.mayMatch(pattern.lowercased)
    }

    /// Whether it is known, or has a piece in it that may be any text.
    fileprivate var mayBeMeant: Bool {
        literal != nil || pieces.contains { $0.mayBeChosen(besidesOutput: false) }
    }

    /// With ASCII letters as small ones.
    fileprivate var lowercased: AbstractText {
        AbstractText(
            pieces.map { piece in
                if case .text(let text) = piece { .text(text.lowercased) } else { piece }
            }
        )
    }

    /// Whether it matches a pattern with `*` for any text, whatever its unknown pieces are.
    fileprivate func matches(_ pattern: ShellText) -> Bool {
        if let literal { return pattern.matchesStars(literal) }
        guard pattern.utf8.contains(UInt8(ascii: "*")), mayBegin(as: pattern) else { return false }
        return StarMatching(pattern, self, isChoosing: { _ in false }).matches
    }

    /// Whether it matches, or may do so: its unknown pieces may be anything, but for what the host
    /// alone has set.
    ///
    /// Of a single text, such as `-1`, nobody thinks where a program or a file tells the value.
    fileprivate func mayMatch(_ pattern: ShellText) -> Bool {
        if literal != nil { return matches(pattern) }
        guard mayBegin(as: pattern) else { return false }
        let isSingle = !pattern.contains(UInt8(ascii: "*"))
        // Most are one variable or what one program prints.
        if pieces.count == 1, pieces[0].mayBeChosen(besidesOutput: isSingle) { return true }
        return StarMatching(
            pattern,
            self,
            isChoosing: { $0.mayBeChosen(besidesOutput: isSingle) }
        ).matches
    }
}

extension AbstractText {
    /// Whether the text that is known before the first other piece, and a pattern before its first
    /// star, are the same as far as both go: most are not, and nothing more has to be looked at.
    private func mayBegin(as pattern: ShellText) -> Bool {
        guard case .text(let text)? = pieces.first else { return true }
        return zip(pattern.utf8.prefix { $0 != UInt8(ascii: "*") }, text.utf8).allSatisfy(==)
    }
}

/// Compares a pattern that has `*` for any text with a text of which not all is known.
private struct StarMatching {
    private enum Symbol {
        case byte(UInt8)
        case unknown, chosen
    }

    private let pattern: [UInt8]
    private var symbols: [Symbol] = []

    /// What `isChoosing` picks may be just what the pattern asks for; the other unknown pieces are what
    /// `*` stands for, or nothing that matches.
    init(
        _ pattern: ShellText,
        _ text: AbstractText,
        isChoosing: (AbstractText.Piece) -> Bool
    ) {
        self.pattern = Array(pattern.utf8)
        for piece in text.pieces {
            switch piece {
            case .text(let text): symbols += text.utf8.map { .byte($0) }
            case .directory: symbols += [.byte(UInt8(ascii: "/")), .unknown]
            case .unknown, .wildcard: symbols.append(isChoosing(piece) ? .chosen : .unknown)
            }
        }
    }

    /// Whether there is a way to match, from the last symbol to the first.
    var matches: Bool {
        // Which ends of the pattern match the text from a symbol on: behind the last one, only stars.
        var row = [Bool](repeating: true, count: pattern.count + 1)
        for index in pattern.indices.reversed() {
            row[index] = isStar(index) && row[index + 1]
        }
        var behind = row
        for symbol in symbols.reversed() {
            swap(&row, &behind)
            for index in stride(from: pattern.count, through: 0, by: -1) {
                row[index] = isMatch(at: index, symbol, row, behind)
            }
        }
        return row[0]
    }

    private func isStar(_ index: Int) -> Bool {
        index < pattern.count && pattern[index] == UInt8(ascii: "*")
    }

    /// Whether the pattern from an index on matches the text from a symbol on, where `row` is known
    /// of later indices, and `behind` of the text without the symbol.
    private func isMatch(at index: Int, _ symbol: Symbol, _ row: [Bool], _ behind: [Bool]) -> Bool {
        let isEnd = index == pattern.count
        if isStar(index), row[index + 1] || behind[index] { return true }
        return switch symbol {
        case .byte(let byte): !isEnd && pattern[index] == byte && behind[index + 1]
        case .chosen: behind[index] || !isEnd && row[index + 1]
        case .unknown: false
        }
    }
}

extension ShellText {
    /// Whether it is a pattern for what has a part of this text in it: `*@*`.
    fileprivate func isPart(of text: ShellText) -> Bool {
        let bytes = Array(utf8)
        let star = UInt8(ascii: "*")
        guard bytes.count > 2, bytes.first == star, bytes.last == star,
            !bytes.dropFirst().dropLast().contains(star)
        else { return false }
        return matchesStars(text)
    }

    /// With ASCII letters as small ones.
    fileprivate var lowercased: ShellText {
        ShellText(utf8.map(\.lowercasedASCII))
    }
}

extension AbstractText.Piece {
    /// Whether it is any text that the line may have chosen.
    fileprivate func mayBeChosen(besidesOutput: Bool) -> Bool {
        guard case .unknown(let unknown) = self, unknown.shape == .text else { return false }
        return switch unknown.origin {
        case .environment: false
        case .output, .connection, .program, .file, .link, .behindLink, .processes: !besidesOutput
        case .variable, .input, .names, .addedOperands, .ownProcess, .notComputed: true
        }
    }
}
