import ShellSyntax

// What is done with the value of a parameter.

extension Interpreter {
    mutating func apply(
        _ operation: ParameterOperation,
        to value: ParameterValue,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame,
        isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        switch operation {
        case .conditional(let condition, let treatsEmptyAsUnset, let word):
            return try conditional(
                condition,
                treatsEmptyAsUnset,
                word,
                value,
                expansion,
                &state,
                frame,
                isQuoted
            )
        case .length: return segments(of: length(of: value), state, isQuoted: isQuoted)
        case .names, .keys: return segments(of: value, state, isQuoted: isQuoted)
        case .substring(let offset, let length):
            let from = try evaluate(offset, &state, frame)
            let count = try length.map { part throws(AnalysisProblem) in
                try evaluate(part, &state, frame)
            }
            // With a negative length that is too long the shell ends.
            if count?.number.map({ $0 < 0 }) ?? (count != nil) {
                state.progress.hasPerhapsEnded = true
            }
            if case .list(let elements, let isEach) = value {
                let parts =
                    expansion.isPositional && from.number == 0
                    ? partsFromZero(of: elements, count, state, frame)
                    : [elements.part(from, count, isPositional: expansion.isPositional)]
                return parts.flatMap {
                    segments(of: .list($0, isEach: isEach), state, isQuoted: isQuoted)
                }
            }
            return map(value, state, isQuoted) { $0.substring(from, count) }
        case .removal(let side, let isLongest, let word):
            let pattern = try foldPattern(word, &state, frame).only
            try count(pattern, against: value, isAnchored: true)
            return map(value, state, isQuoted) { $0.removing(pattern, side, isLongest) }
        case .replacement(let occurrence, let word, let replacement):
            let pattern = try foldPattern(word, &state, frame).only
            let texts = try replacements(replacement, &state, frame, isQuoted: isQuoted)
            for _ in texts { try count(pattern, against: value, isAnchored: false) }
            return texts.flatMap { text in
                map(value, state, isQuoted) { $0.replacing(occurrence, pattern, with: text) }
            }
        case .caseChange(let change, let isGlobal, let word):
            let pattern = try word.map { word throws(AnalysisProblem) in
                try foldPattern(word, &state, frame).only
            }
            try count(pattern ?? .empty, against: value, isAnchored: true)
            let feature: BashFeature = change == .toggle ? .caseToggle : .caseChange
            let newer = map(value, state, isQuoted) { $0.changingCase(change, isGlobal, pattern) }
            return readings(of: value, newer, since: feature, state, frame, isQuoted)
        case .transformation(let name):
            if case .unset = value { return segments(of: .unset, state, isQuoted: isQuoted) }
            let newer = try transform(value, name, expansion, &state, frame, isQuoted)
            guard let feature = BashFeature(transformation: name) else { return newer }
            return readings(of: value, newer, since: feature, state, frame, isQuoted)
        }
    }

    /// Counts what it takes to hold a pattern against each text of a value.
    ///
    /// One that is not anchored is tried at each byte, and each time a `*` looks at all that follows.
    private mutating func count(
        _ pattern: AbstractText,
        against value: ParameterValue,
        isAnchored: Bool
    ) throws(AnalysisProblem) {
        let texts: [AbstractText] =
            switch value {
            case .unset, .unknown: []
            case .texts(let texts): texts
            case .list(let elements, _): elements.map(\.text)
            }
        for text in texts {
            let length = text.literal == nil ? 0 : text.weight
            effort.fold(length)
            if pattern.hasWildcard, !isAnchored || text.hasForeign {
                try effort.match(length * length)
            } else {
                try effort.match(isAnchored ? length : length * (pattern.weight + 1))
            }
        }
    }

    /// Does the same with each text of a value.
    func map(
        _ value: ParameterValue,
        _ state: ShellState,
        _ isQuoted: Bool,
        _ body: (AbstractText) -> AbstractText
    ) -> [[Segment]] {
        let changed: ParameterValue
        switch value {
        case .unset: changed = .texts([body(.empty)])
        case .texts(let texts): changed = .texts(texts.map(body))
        case .unknown(let unknown): changed = .texts([body(AbstractText(unknown))])
        case .list(let elements, let isEach):
            changed = .list(
                elements.map { element in
                    switch element {
                    case .one(let text): .one(body(text))
                    case .any: .any(UnknownText.notComputed)
                    }
                },
                isEach: isEach
            )
        }
        return segments(of: changed, state, isQuoted: isQuoted)
    }

    private func length(of value: ParameterValue) -> ParameterValue {
        switch value {
        case .unset: .texts(["0"])
        case .texts(let texts) where texts.count == 1 && texts[0].literal != nil:
            .texts([
                AbstractText(
                    ShellText(String((texts[0].literal ?? "").description.unicodeScalars.count))
                )
            ])
        case .list(let elements, _) where elements.texts != nil:
            .texts([AbstractText(ShellText(String(elements.count)))])
        case .texts, .list, .unknown: .unknown(UnknownText(.digits, from: .notComputed))
        }
    }
}

extension ParameterExpansion {
    fileprivate var isPositional: Bool {
        if case .special = parameter { true } else { false }
    }
}

extension [AbstractText] {
    /// The one that there is, or unknown text.
    var only: AbstractText {
        count == 1 ? self[0] : AbstractText.notComputed
    }
}

extension AbstractText {
    /// Whether characters beyond ASCII are in what is known of it.
    fileprivate var hasForeign: Bool {
        pieces.contains { piece in
            if case .text(let text) = piece { text.utf8.contains { $0 >= 0x80 } } else { false }
        }
    }

    var number: Int? { literal.flatMap { Int($0.description) } }
}
