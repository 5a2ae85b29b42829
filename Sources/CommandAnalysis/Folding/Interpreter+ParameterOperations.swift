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

    // MARK: `:-` and its kind

    private mutating func conditional(
        _ condition: ParameterOperation.Condition,
        _ treatsEmptyAsUnset: Bool,
        _ word: Word,
        _ value: ParameterValue,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame,
        _ isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        noteQuotes(in: word, state, frame, isQuoted: isQuoted)
        let presence = value.presence(treatsEmptyAsUnset: treatsEmptyAsUnset)
        // Whatever may run counts as run, so the word is looked at even where it is not used.
        var other = state
        let words = try foldSegments(word.parts, &other, frame, isQuoted: isQuoted)
        let alternatives = isQuoted ? words : words.map { $0.map(\.unquotedPattern) }
        let own = segments(of: value, state, isQuoted: isQuoted)
        switch condition {
        case .useAlternative:
            switch presence {
            case .set: return alternatives
            case .unset: return segments(of: .unset, state, isQuoted: isQuoted)
            case .perhaps: return segments(of: .unset, state, isQuoted: isQuoted) + alternatives
            }
        case .fail: return own
        case .useDefault, .assignDefault:
            if condition == .assignDefault, presence != .set,
                case .variable(let name) = expansion.parameter
            {
                state = other
                let range = frame.origin.range(of: expansion.range)
                var texts = words.map(\.joined)
                if state.variables[name]?.isInteger == true {
                    texts = try computed(texts, &state, frame, at: range)
                }
                let assigned: Variable.Value =
                    presence == .unset && expansion.subscripting == nil
                    ? .scalar(texts) : .unknown(UnknownText(.text, from: .variable(name)))
                try assign(name, assigned, &state, frame, at: range)
            }
            switch presence {
            case .set: return own
            case .unset:
                guard condition == .assignDefault else { return alternatives }
                return assigned(alternatives, expansion, state, frame, isQuoted)
            case .perhaps: return own + alternatives
            }
        }
    }

    // MARK: `@`

    private mutating func transform(
        _ value: ParameterValue,
        _ name: ShellText,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame,
        _ isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        switch name {
        case "U": return map(value, state, isQuoted) { $0.changingCase(.upper, true, nil) }
        case "u": return map(value, state, isQuoted) { $0.changingCase(.upper, false, nil) }
        case "L": return map(value, state, isQuoted) { $0.changingCase(.lower, true, nil) }
        case "E":
            return map(value, state, isQuoted) { text in
                text.literal.flatMap { ANSICQuoting.decode($0) }.map { AbstractText($0) }
                    ?? AbstractText.notComputed
            }
        case "Q":
            return map(value, state, isQuoted) { text in
                text.literal.flatMap { $0.singleQuoted }.map { AbstractText($0) } ?? .notComputed
            }
        case "P":
            // The value is expanded as a prompt: substitutions in it run.
            let texts: [AbstractText] =
                switch value {
                case .texts(let texts): texts
                case .unset: []
                case .list(let list, _): list.texts ?? [AbstractText.notComputed]
                case .unknown(let unknown): [AbstractText(unknown)]
                }
            for text in texts {
                try expandAgain(text, &state, frame, at: frame.origin.range(of: expansion.range))
            }
            return [[.anyFields(UnknownText.notComputed)]]
        default: return [[.anyFields(UnknownText.notComputed)]]
        }
    }

    /// Runs the substitutions in a text that the shell expands as in double quotes.
    mutating func expandAgain(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        guard let literal = text.literal else {
            if !text.shape.isPlainWord { emit(.commandDynamic, frame, at: range) }
            return
        }
        guard literal.utf8.contains(UInt8(ascii: "$")) || literal.utf8.contains(UInt8(ascii: "`"))
        else { return }
        var inner = try frame.nested()
        inner.origin = .part(range)
        inner.collects = false
        // A here-document is expanded in the same way, and nothing ends it early.
        let script = ": <<__end_of_text__\n" + literal.description + "\n__end_of_text__\n"
        try reread(script.utf8.count)
        let result = try runText(Array(script.utf8), &state, inner)
        if result.failure != nil { emit(.commandDynamic, frame, at: range) }
    }
}

extension ParameterValue {
    enum Presence { case set, unset, perhaps }

    /// Whether it counts as set.
    func presence(treatsEmptyAsUnset: Bool) -> Presence {
        switch self {
        case .unset: return .unset
        case .unknown(let unknown): return unknown.shape == .text ? .perhaps : .set
        case .list(let elements, _):
            guard let texts = elements.texts else { return .perhaps }
            return texts.isEmpty ? .unset : .set
        case .texts(let texts):
            if !treatsEmptyAsUnset { return .set }
            if texts.allSatisfy({ $0.pieces.isEmpty }) { return .unset }
            return texts.allSatisfy(\.isNeverEmpty) ? .set : .perhaps
        }
    }
}

extension ParameterExpansion {
    fileprivate var isPositional: Bool {
        if case .special = parameter { true } else { false }
    }
}

extension Segment {
    /// The unquoted text of `${x:-a b}` is split.
    fileprivate var unquotedPattern: Segment {
        if case .pattern(let text) = self { .split(text) } else { self }
    }
}

extension [AbstractText] {
    /// The one that there is, or unknown text.
    var only: AbstractText {
        count == 1 ? self[0] : AbstractText.notComputed
    }
}

extension AbstractText {
    /// Whether it holds at least one character whatever its unknown parts are.
    fileprivate var isNeverEmpty: Bool {
        pieces.contains { piece in
            switch piece {
            case .text, .directory: true
            case .unknown(let unknown): unknown.shape != .text
            case .wildcard(let wildcard): wildcard != .anyText || pieces.count == 1
            }
        }
    }

    /// Whether characters beyond ASCII are in what is known of it.
    fileprivate var hasForeign: Bool {
        pieces.contains { piece in
            if case .text(let text) = piece { text.utf8.contains { $0 >= 0x80 } } else { false }
        }
    }

    var number: Int? { literal.flatMap { Int($0.description) } }
}

extension ShellText {
    /// In single quotes, as `${x@Q}` writes it; nil where it writes `$'…'`.
    var singleQuoted: ShellText? {
        guard utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return ShellText("'" + description.replacing("'", with: "'\\''") + "'")
    }
}
