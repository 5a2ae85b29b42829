import ShellSyntax

// Words become what they expand to.

extension Interpreter {
    /// The argument vectors that words may become; nearly always one.
    mutating func foldArguments(
        _ words: [Word],
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[Argument]] {
        var vectors: [[Argument]] = [[]]
        vectors[0].reserveCapacity(words.count)
        for word in words {
            // Most words are a text without anything to expand.
            if let literal = word.literal, !literal.hasPattern,
                !state.options.isPOSIX || !literal.hasTildeBehindColon
            {
                let text = AbstractText.replacingPlaceholders(in: literal)
                for index in vectors.indices { vectors[index].append(.one(text)) }
                try limitArguments(vectors)
                continue
            }
            if let text = word.quotedText, text.weight <= AnalysisLimits.wordBytes {
                effort.fold(text.weight)
                for index in vectors.indices { vectors[index].append(.one(text)) }
                try limitArguments(vectors)
                continue
            }
            let choices = try foldFields(word, &state, frame)
            if choices.count == 1 {
                for index in vectors.indices { vectors[index] += choices[0] }
            } else if vectors.count * choices.count <= AnalysisLimits.alternatives {
                vectors = vectors.flatMap { vector in choices.map { vector + $0 } }
            } else {
                let unknown = UnknownText.notComputed
                for index in vectors.indices { vectors[index].append(.any(unknown)) }
            }
            try limitArguments(vectors)
        }
        return vectors
    }

    private func limitArguments(_ vectors: [[Argument]]) throws(AnalysisProblem) {
        guard vectors[0].count <= AnalysisLimits.fields else {
            throw .limit("the number of arguments", maximum: AnalysisLimits.fields)
        }
    }

    /// The fields that one word may become.
    private mutating func foldFields(
        _ word: Word,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[Argument]] {
        let separators = separators(state)
        var choices: [[Argument]] = []
        if word.literal?.hasTildeBehindColon == true, state.options.isPOSIX {
            return tildeReadings(of: word, state, frame)
        }
        for words in try braceReadings(of: word.parts, state, frame) {
            guard let words else {
                choices.append([.any(UnknownText.notComputed)])
                continue
            }
            choices += try foldFields(words, separators, &state, frame)
        }
        return choices.count <= AnalysisLimits.alternatives
            ? choices : [[.any(UnknownText.notComputed)]]
    }

    /// The fields that the words of one word may become.
    private mutating func foldFields(
        _ words: [[BraceExpander.Piece]],
        _ separators: FieldSeparators,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[Argument]] {
        var choices: [[Argument]] = []
        for pieces in words {
            let segments = try foldSegments(pieces, &state, frame)
            let fields = segments.flatMap { segments in
                var builder = FieldBuilder(separators, matchesFiles: !state.flags.noGlob)
                for segment in segments { builder.add(segment) }
                builder.endField()
                return dotFileReadings(of: builder.fields, state, frame)
            }
            if choices.isEmpty {
                choices = fields
            } else if fields.count == 1 {
                // In place: there may be thousands of them.
                for index in choices.indices { choices[index] += fields[0] }
            } else {
                choices = choices.flatMap { choice in fields.map { choice + $0 } }
            }
            guard choices.count <= AnalysisLimits.alternatives,
                choices[0].count <= AnalysisLimits.fields
            else { return [[.any(UnknownText.notComputed)]] }
        }
        return choices
    }

    /// The texts that a word may become where it is neither split nor matched with files.
    mutating func foldTexts(
        _ word: Word,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [AbstractText] {
        if let literal = word.literal { return [.replacingPlaceholders(in: literal)] }
        return try foldSegments(word.parts, &state, frame).map(\.joined)
    }

    /// The pattern that a word is, with wildcards.
    mutating func foldPattern(
        _ word: Word,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [AbstractText] {
        try foldSegments(word.parts, &state, frame).map { segments in
            var chunks: [PatternReader.Chunk] = []
            for segment in segments {
                switch segment {
                case .quoted(let text): chunks.append(.init(text: text, isActive: false))
                case .pattern(let text), .split(let text):
                    chunks.append(.init(text: text, isActive: true))
                case .fieldEnd: chunks.append(.init(text: " ", isActive: false))
                case .anyFields(let unknown):
                    chunks.append(.init(text: AbstractText(unknown), isActive: false))
                }
            }
            return PatternReader.read(chunks)
        }
    }

    /// Text as in double quotes, joined over its alternatives: a here-document.
    mutating func foldQuoted(
        _ parts: [WordPart],
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let texts = try foldSegments(parts, &state, frame, isQuoted: true).map(\.joined)
        return texts.count == 1 ? texts[0] : AbstractText.notComputed
    }

    func separators(_ state: ShellState) -> FieldSeparators {
        guard state.areVariablesKnown else { return .unknown }
        guard let variable = state.variables["IFS"] else { return .usual }
        switch variable.value {
        case .unset: return .usual
        case .scalar(let values) where values.count == 1:
            return values[0].literal.map { FieldSeparators($0) } ?? .unknown
        case .scalar, .indexed, .associative, .unknown: return .unknown
        }
    }

    // MARK: Parts

    /// The segments that parts may become.
    mutating func foldSegments(
        _ parts: [WordPart],
        _ state: inout ShellState,
        _ frame: Frame,
        isQuoted: Bool = false
    ) throws(AnalysisProblem) -> [[Segment]] {
        if parts.count == 1 {
            let choices = try fold(parts[0], &state, frame, isQuoted: isQuoted)
            for choice in choices { effort.fold(choice.weight) }
            return choices
        }
        return try foldSegments(parts.map { .part($0) }, &state, frame, isQuoted: isQuoted)
    }

    private mutating func foldSegments(
        _ pieces: [BraceExpander.Piece],
        _ state: inout ShellState,
        _ frame: Frame,
        isQuoted: Bool = false
    ) throws(AnalysisProblem) -> [[Segment]] {
        var choices: [[Segment]] = [[]]
        for piece in pieces {
            let more: [[Segment]]
            switch piece {
            case .part(let part): more = try fold(part, &state, frame, isQuoted: isQuoted)
            case .text(let text): more = [[.quoted(AbstractText(text))]]
            }
            if more.count == 1 {
                for index in choices.indices { choices[index] += more[0] }
            } else if choices.count * more.count <= ShellState.alternatives {
                choices = choices.flatMap { choice in more.map { choice + $0 } }
            } else {
                let unknown = UnknownText.notComputed
                for index in choices.indices {
                    choices[index].append(
                        isQuoted ? .quoted(AbstractText(unknown)) : .anyFields(unknown)
                    )
                }
            }
        }
        for index in choices.indices {
            let weight = choices[index].weight
            effort.fold(weight)
            guard weight > AnalysisLimits.wordBytes else { continue }
            let unknown = UnknownText.notComputed
            choices[index] = [isQuoted ? .quoted(AbstractText(unknown)) : .anyFields(unknown)]
        }
        return choices
    }

    private mutating func fold(
        _ part: WordPart,
        _ state: inout ShellState,
        _ frame: Frame,
        isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        switch part {
        case .literal(let literal):
            let text = AbstractText.replacingPlaceholders(in: literal.text)
            return [[isQuoted ? .quoted(text) : .pattern(text)]]
        case .escaped(let literal), .singleQuoted(let literal):
            return [[.quoted(.replacingPlaceholders(in: literal.text))]]
        case .ansiCQuoted(let literal):
            return decodings(of: literal.text, state, frame).map { [.quoted($0)] }
        case .doubleQuoted(let quoted):
            let inner = try foldSegments(quoted.parts, &state, frame, isQuoted: true)
            return inner.map { segments in
                // `""` is a field, `"$@"` without parameters is none.
                segments.isEmpty && !quoted.parts.isEmpty ? [] : [.quoted(.empty)] + segments
            }
        case .tilde(let name): return [[.quoted(home(name.text, state))]]
        case .parameter(let expansion):
            return try fold(expansion, &state, frame, isQuoted: isQuoted)
        case .commandSubstitution(let substitution):
            let texts = try outputs(of: substitution.list, &state, frame)
            return texts.map { [isQuoted ? .quoted($0) : .split($0)] }
        case .arithmetic(let expansion):
            let text = try evaluate(expansion.arithmetic, &state, frame)
            return [[isQuoted ? .quoted(text) : .split(text)]]
        case .processSubstitution(let substitution):
            return [[.quoted(try file(for: substitution, &state, frame))]]
        case .braceExpansion(let expansion):
            // Where one word is wanted and braces are expanded all the same, the shell fails.
            emit(.commandDynamic, frame, at: frame.origin.range(of: expansion.range))
            return [[.anyFields(UnknownText.notComputed)]]
        case .extendedGlob(let glob):
            for alternative in glob.alternatives {
                _ = try foldSegments(alternative.parts, &state, frame)
            }
            return extendedGlobReadings(of: glob, state, frame)
        case .array(let array):
            for element in array.elements { _ = try foldTexts(element.value, &state, frame) }
            return [[.quoted(AbstractText.notComputed)]]
        case .deferredError(let error):
            // What stands in it may run before the shell fails on it.
            emit(.commandDynamic, frame, at: frame.origin.range(of: error.range))
            return [[.anyFields(UnknownText.notComputed)]]
        }
    }
}

extension ShellText {
    var hasPattern: Bool {
        contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
    }
}

extension [Segment] {
    /// All of them as one text, where nothing is split.
    var joined: AbstractText {
        var text = AbstractText.empty
        for segment in self {
            switch segment {
            case .quoted(let more), .pattern(let more), .split(let more): text.append(more)
            case .fieldEnd: text.append(" ")
            case .anyFields(let unknown): text.append(AbstractText(unknown))
            }
        }
        return text
    }
}

extension [Segment] {
    /// How much is known of them, in bytes.
    fileprivate var weight: Int {
        reduce(0) { weight, segment in
            switch segment {
            case .quoted(let text), .pattern(let text), .split(let text): weight + text.weight
            case .fieldEnd, .anyFields: weight
            }
        }
    }
}
