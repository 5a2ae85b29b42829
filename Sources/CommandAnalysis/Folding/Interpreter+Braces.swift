internal import ShellSyntax

// Brace expansion as the versions of bash know it.

extension Interpreter {
    /// The words that a word may become by its braces; nil stands for any number of any words.
    func braceReadings(
        of parts: [WordPart],
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[[BraceExpander.Piece]]?] {
        let newer = try BraceExpander.words(of: parts)
        guard parts.contains(where: \.isBraceExpansion) else { return [newer] }
        let reading = reading(of: .bracePadding, state, frame)
        var readings: [[[BraceExpander.Piece]]?] = [newer]
        if reading.mayBeOlder, parts.haveNewSequence {
            let older = try BraceExpander.words(of: parts, .older)
            readings = reading == .older ? [older] : [newer, older]
        }
        // What an older bash leaves as it is, it may leave with all that stands behind.
        let isLeft = reading.mayBeOlder && parts.hasBraceBehindStep
        let isLeftBehindText =
            parts.hasBraceBehindNoSequence
            && self.reading(of: .braceBehindNoSequence, state, frame).mayBeOlder
        if isLeft || isLeftBehindText { readings = [newer, nil] }
        return readings
    }

    /// `a=([0]={b,c})`: since bash 5.3 one element, before that a word for each alternative.
    func hasOlderBraces(_ word: Word, _ state: ShellState, _ frame: Frame) -> Bool {
        let hasBrace = word.parts.contains { part in
            guard case .literal(let literal) = part else { return false }
            return literal.text.utf8.contains(UInt8(ascii: "{"))
        }
        return hasBrace && reading(of: .braceInElement, state, frame).mayBeOlder
    }
}

extension [WordPart] {
    /// Whether a sequence has zeros in front or a step.
    fileprivate var haveNewSequence: Bool {
        contains { part in
            guard case .braceExpansion(let expansion) = part else { return false }
            switch expansion.content {
            case .alternatives(let words): return words.contains { $0.parts.haveNewSequence }
            case .sequence(let start, let end, let step):
                return step != nil || BraceExpander.isPadded(start) || BraceExpander.isPadded(end)
            }
        }
    }

    /// Whether it is like `{1..5..2}{a,b}`.
    fileprivate var hasBraceBehindStep: Bool {
        var hasStep = false
        for case .braceExpansion(let expansion) in self {
            if hasStep { return true }
            switch expansion.content {
            case .alternatives(let words): hasStep = words.contains { $0.parts.haveNewSequence }
            case .sequence(_, _, let step): hasStep = step != nil
            }
        }
        return false
    }

    /// Whether it is like `{1..a}{b,c}`.
    fileprivate var hasBraceBehindNoSequence: Bool {
        var hasText = false
        for part in self {
            switch part {
            case .literal(let literal): hasText = hasText || literal.text.hasBracesOfNoSequence
            case .braceExpansion: if hasText { return true }
            default: continue
            }
        }
        return false
    }
}

extension ShellText {
    /// Whether there is a `{` and `..` behind it.
    fileprivate var hasBracesOfNoSequence: Bool {
        guard let brace = utf8.firstIndex(of: UInt8(ascii: "{")) else { return false }
        return ShellText(Array(utf8[brace...])).description.contains("..")
    }
}
