import ShellSyntax

/// Makes the words of a word with braces in it (bash manual, *Brace Expansion*).
enum BraceExpander {
    enum Piece {
        case part(WordPart)
        /// A member of a sequence.
        case text(ShellText)
    }

    /// How sequences are read.
    enum SequenceReading {
        case newer
        /// Without a width, and no sequence where there is a step: before bash 4.0.
        case older
    }

    /// The words in their order; one without braces is itself.
    static func words(
        of parts: [WordPart],
        _ reading: SequenceReading = .newer
    ) throws(AnalysisProblem) -> [[Piece]] {
        guard parts.contains(where: \.isBraceExpansion) else { return [parts.map { .part($0) }] }
        var words: [[Piece]] = [[]]
        for part in parts {
            guard case .braceExpansion(let expansion) = part else {
                for index in words.indices { words[index].append(.part(part)) }
                continue
            }
            let alternatives = try alternatives(of: expansion, reading)
            guard words.count * alternatives.count <= AnalysisLimits.fields else {
                throw .limit("the number of words of braces", maximum: AnalysisLimits.fields)
            }
            words = words.flatMap { word in alternatives.map { word + $0 } }
        }
        return words
    }

    private static func alternatives(
        of expansion: BraceExpansion,
        _ reading: SequenceReading
    ) throws(AnalysisProblem) -> [[Piece]] {
        switch expansion.content {
        case .alternatives(let words):
            var all: [[Piece]] = []
            for word in words {
                all += try self.words(of: word.parts, reading)
                guard all.count <= AnalysisLimits.fields else {
                    throw .limit("the number of words of braces", maximum: AnalysisLimits.fields)
                }
            }
            return all
        case .sequence(let start, let end, let step):
            if reading == .older, let step {
                return [[.text(ShellText("{\(start)..\(end)..\(step)}"))]]
            }
            return try sequence(start, end, step, reading).map { [.text($0)] }
        }
    }

    private static func sequence(
        _ start: ShellText,
        _ end: ShellText,
        _ step: ShellText?,
        _ reading: SequenceReading
    ) throws(AnalysisProblem) -> [ShellText] {
        let stride = max(1, abs(step.flatMap { Int($0.description) } ?? 1))
        if let first = Int(start.description), let last = Int(end.description) {
            let width =
                reading == .newer && (isPadded(start) || isPadded(end))
                ? max(start.utf8.count, end.utf8.count) : 0
            return try numbers(first, last, stride).map { padded($0, width) }
        }
        guard let first = start.utf8.first, let last = end.utf8.first else { return [] }
        return try numbers(Int(first), Int(last), stride).map { ShellText([UInt8($0)]) }
    }

    private static func numbers(
        _ first: Int,
        _ last: Int,
        _ stride: Int
    ) throws(AnalysisProblem) -> [Int] {
        let (distance, overflows) = last.subtractingReportingOverflow(first)
        guard !overflows, distance != .min, abs(distance) / stride < AnalysisLimits.fields else {
            throw .limit("the number of words of braces", maximum: AnalysisLimits.fields)
        }
        return Array(Swift.stride(from: first, through: last, by: distance < 0 ? -stride : stride))
    }

    static func isPadded(_ text: ShellText) -> Bool {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        return digits.count > 1 && digits.first == UInt8(ascii: "0")
    }

    private static func padded(_ number: Int, _ width: Int) -> ShellText {
        let digits = String(number.magnitude)
        let sign = number < 0 ? "-" : ""
        let zeros = max(0, width - digits.utf8.count - sign.utf8.count)
        return ShellText(sign + String(repeating: "0", count: zeros) + digits)
    }
}

extension WordPart {
    var isBraceExpansion: Bool {
        if case .braceExpansion = self { true } else { false }
    }
}
