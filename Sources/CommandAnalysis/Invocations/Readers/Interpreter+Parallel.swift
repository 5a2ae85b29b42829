import ShellSyntax

// `parallel`: a command of which each run gets another argument, from the line or from its input.

extension Interpreter {
    /// Runs each of the commands that are made; nil where an option or a mark makes them otherwise.
    mutating func parallel(
        _ arguments: [Argument],
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        // `sem` runs its command once, without any argument more.
        guard program == "parallel", let template = ParallelTemplate(arguments) else { return nil }
        // Without a command, what would be read are commands.
        if template.words.isEmpty, template.inputs == nil { return nil }
        let inputs: [AbstractText]
        if let given = template.inputs {
            inputs = given
        } else {
            use(frame.input, as: .code)
            inputs = frame.input.lines
        }
        var inner = try frame.nested().wrapped(by: program)
        inner.origin = .part(call.range)
        inner.input = .nothing
        inner.collects = false
        if inputs.isEmpty { emit(.systemRead, frame, program: program, at: call.range) }
        for input in inputs {
            guard let words = template.words(with: input) else {
                emit(.commandDynamic, inner, program: program, at: call.range)
                continue
            }
            var other = state
            if template.words.isEmpty {
                _ = try runNested(input, &other, inner, at: call.range)
            } else if let line = words.quotedLine {
                // A shell reads the line that is put together.
                _ = try runNested(AbstractText(line), &other, inner, at: call.range)
            } else {
                _ = try runVector(words.map { .one($0) }, &other, inner, at: call.range)
            }
            state.files = other.files
        }
        if template.inputs == nil, frame.input.text.mayDivideNames,
            let words = template.words(with: .addedOperand)
        {
            try runChanges(words.map { .one($0) }, &state, inner, at: call.range)
        }
        return .notComputed
    }
}

/// The command that `parallel` repeats, where nothing but its arguments changes.
private struct ParallelTemplate {
    private(set) var words: [ShellText] = []
    /// What stands behind `:::`; nil where the arguments are read from standard input.
    private(set) var inputs: [AbstractText]?

    /// Options that change how the commands run and not which they are.
    private static let plainOptions: Set<ShellText> = [
        "-k", "--keep-order", "-v", "-t", "--verbose", "--bar", "--eta", "--progress", "--tag",
        "--will-cite", "-u", "--ungroup", "--group", "--line-buffer", "--lb", "--no-notice",
        "-r", "--no-run-if-empty",
    ]
    private static let optionsWithValue: Set<ShellText> = [
        "-j", "--jobs", "-P", "--max-procs", "--halt", "--delay", "--timeout", "--retries",
        "--load",
    ]

    init?(_ arguments: [Argument]) {
        var rest = arguments[...]
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-") {
            rest.removeFirst()
            if Self.plainOptions.contains(option) { continue }
            if Self.optionsWithValue.contains(option) {
                guard rest.popFirst()?.literal != nil else { return nil }
                continue
            }
            guard option.isNumberOfJobs else { return nil }
        }
        while let argument = rest.popFirst() {
            guard let word = argument.literal else { return nil }
            if word == ":::" {
                guard let texts = Array(rest).texts,
                    !texts.contains(where: { $0.literal.map(\.isMark) ?? false }),
                    texts.count <= AnalysisLimits.iterations
                else { return nil }
                inputs = texts
                return
            }
            guard word.isPlainTemplate else { return nil }
            words.append(word)
        }
    }

    /// The words of one command; nil where one of them is not known to be what it would be.
    func words(with input: AbstractText) -> [AbstractText]? {
        var hasMark = false
        var texts: [AbstractText] = []
        for word in words {
            guard word.utf8.contains(UInt8(ascii: "{")) else {
                texts.append(AbstractText(word))
                continue
            }
            hasMark = true
            let text = AbstractText(word).replacing("{}", with: input)
                .replacing("{.}", with: input.withoutExtension)
                .replacing("{#}", with: AbstractText(UnknownText(.digits, from: .notComputed)))
                .replacing("{%}", with: AbstractText(UnknownText(.digits, from: .notComputed)))
            // Another mark is in it.
            if text.pieces.contains(where: \.hasBrace) && !input.pieces.contains(where: \.hasBrace)
            {
                return nil
            }
            texts.append(text)
        }
        return hasMark ? texts : texts + [input]
    }
}

extension ShellText {
    /// `-j4`, `-P8`.
    fileprivate var isNumberOfJobs: Bool {
        let bytes = Array(utf8)
        return bytes.count > 2 && (bytes[1] == UInt8(ascii: "j") || bytes[1] == UInt8(ascii: "P"))
            && bytes.dropFirst(2).allSatisfy { "0123456789%+".utf8.contains($0) }
    }

    /// `:::`, `:::+`, `::::`.
    fileprivate var isMark: Bool { utf8.starts(with: ":::".utf8) }

    /// Whether a shell makes one word of it, marks apart.
    fileprivate var isPlainTemplate: Bool {
        !isEmpty && !isMark && utf8.allSatisfy { $0.isOfName || "/{}#".utf8.contains($0) }
    }
}

extension AbstractText.Piece {
    fileprivate var hasBrace: Bool {
        if case .text(let text) = self { text.utf8.contains(UInt8(ascii: "{")) } else { false }
    }
}

extension AbstractText {
    /// Without what follows the last dot of the name.
    fileprivate var withoutExtension: AbstractText {
        guard case .text(let last) = pieces.last,
            let dot = last.utf8.lastIndex(of: UInt8(ascii: ".")),
            !last.utf8[dot...].contains(UInt8(ascii: "/"))
        else { return self }
        return AbstractText(pieces.dropLast() + [.text(ShellText(Array(last.utf8[..<dot])))])
    }
}

extension [AbstractText] {
    /// The words as a shell reads them again; nil where one is not literal.
    fileprivate var quotedLine: ShellText? {
        var quoted: [ShellText] = []
        for (index, text) in enumerated() {
            guard let literal = text.literal else { return nil }
            if index == 0 {
                quoted.append(literal)
                continue
            }
            guard let word = literal.singleQuoted else { return nil }
            quoted.append(word)
        }
        return quoted.joined
    }
}
