import ShellSyntax

// `xargs`: its input becomes operands, or stands wherever a mark says so.

extension Interpreter {
    mutating func xargs(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        let parsed = ArgumentReading.read(arguments, knowledge)
        var frame = frame
        // It reads these instead of its input, which goes to nobody then.
        if let list = parsed.values(tagged: "list").last {
            if list.isStandardInput { return nil }
            frame.input = content(of: list, state, frame)
        }
        if frame.input.text.literal == nil,
            parsed.values(tagged: "delimiter").contains(where: \.dividesNames)
        {
            frame.input = .unknown(.addedOperand)
        }
        let marks = parsed.values.filter { $0.tags.contains(Tag("replace")) }
        let isReplacing = parsed.has(Tag("replace"))
        let isNull = parsed.has(Tag("null"))
        let isDivided = !isNull && frame.input.text.mayDivideNames
        guard isReplacing, !parsed.isUncertain, !parsed.operands.isEmpty else {
            let output = try perform(parsed, program, call, &state, frame)
            if isDivided, !parsed.operands.isEmpty {
                let vector = parsed.operands + [.any(.addedOperand)]
                try runChanges(vector, &state, frame.wrapped(by: program), at: call.range)
            }
            return output
        }
        guard let mark = marks.last.map(\.value.literal) ?? "{}" else { return nil }
        use(frame.input, as: .code)
        var inner = try frame.nested().wrapped(by: program)
        inner.origin = .part(call.range)
        inner.input = .nothing
        inner.collects = false
        var lines = isNull ? frame.input.items : frame.input.lines
        if !isNull, let literal = frame.input.text.literal,
            arguments.mayDivide(literal, otherwiseThanAt: [0x0A])
        {
            lines = [.addedOperand]
        }
        if lines.isEmpty { emit(.systemRead, frame, program: program, at: call.range) }
        for line in lines {
            let vector = parsed.operands.map { $0.replacing(mark, with: line) }
            _ = try runVector(vector, &state, inner, at: call.range)
        }
        if isDivided {
            let vector = parsed.operands.map { $0.replacing(mark, with: .addedOperand) }
            try runChanges(vector, &state, inner, at: call.range)
        }
        return .notComputed
    }
}

// A name that has a line feed in it, or a blank, is two others to whoever reads a list of names.

extension Interpreter {
    /// Notes which files a command changes where its operands may be other names than are below what
    /// was searched.
    ///
    /// What it reads then is passed over: it matters far less, and everybody hands names on so.
    mutating func runChanges(
        _ vector: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        var frame = try frame.nested()
        frame.origin = .part(range)
        frame.input = .nothing
        frame.collects = false
        var other = state
        let count = actions.count
        _ = try runVector(vector, &other, frame, at: range)
        keepChanges(from: count)
        state.files = other.files
    }

    /// Passes over what was found since, but for changes of files of which nothing is known; one that
    /// gets an ending of its own may be passed over too.
    mutating func keepChanges(from count: Int, exceptEndings: Bool = false) {
        keepActions(from: count) { action in
            guard case .paths(let paths)? = action[.path] else { return false }
            return action.action.changesFiles
                && paths.contains { path in
                    path.root == .unknown && !(exceptEndings && path.hasEnding)
                }
        }
    }
}

extension AbstractPath {
    /// Whether it is an unknown text with an ending behind it.
    fileprivate var hasEnding: Bool {
        guard components.count == 1, case .text(let text)? = components[0].pieces.last else {
            return false
        }
        return components[0].pieces.count == 2 && text.utf8.first == UInt8(ascii: ".")
    }
}

extension Action {
    fileprivate var changesFiles: Bool {
        switch self {
        case .fileWrite, .fileDelete, .filePermission, .deviceWrite: true
        default: false
        }
    }
}

extension [Argument] {
    /// With anything in the places of the words that names of files, as a program prints them, are
    /// split into; nil where there are none.
    var withDividedNames: [Argument]? {
        // Hardly any vector has one, and each is asked.
        guard contains(where: \.isListOfNames) else { return nil }
        return map { $0.isListOfNames ? .any(.addedOperand) : $0 }
    }
}

extension Argument {
    /// Whether it is any number of names of files that a program printed.
    fileprivate var isListOfNames: Bool {
        guard case .any(let unknown) = self else { return false }
        return unknown == UnknownText(.relativePath, from: .output)
    }
}

extension UnknownText {
    /// What another program adds, of which nothing is known.
    static let addedOperand = UnknownText(.text, from: .addedOperands)
}

extension AbstractText {
    /// What is put in the place of a mark, of which nothing is known.
    static let addedOperand = AbstractText(.addedOperand)

    /// Whether it is a list of names of files, in which line feeds or blanks may stand.
    var mayDivideNames: Bool {
        pieces.contains { piece in
            if case .unknown(let unknown) = piece { unknown.shape == .relativePath } else { false }
        }
    }
}

extension AbstractText {
    /// Whether text between two of these may be part of a file's name.
    fileprivate var dividesNames: Bool {
        literal.map { !["\\n", "\n", "\\0"].contains($0) } ?? true
    }
}

extension [Argument] {
    /// Whether an option of `xargs` may divide this input elsewhere than at these bytes.
    func mayDivide(_ input: ShellText, otherwiseThanAt separators: [UInt8]) -> Bool {
        // What stands at the end is not part of the last word, whatever stands between words.
        let inner = input.utf8.dropLast()
        if input.utf8.contains(0) { return true }
        let options = compactMap { argument -> ShellText? in
            guard let text = argument.literal else { return "-d" }
            let bytes = text.utf8
            guard bytes.first == UInt8(ascii: "-") else { return nil }
            let separates =
                bytes.starts(with: "--".utf8)
                ? bytes.starts(with: "--n".utf8) || bytes.starts(with: "--d".utf8)
                : bytes.contains(UInt8(ascii: "0")) || bytes.contains(UInt8(ascii: "d"))
            return separates ? text : nil
        }
        if options.isEmpty { return false }
        // At line feeds.
        let isLines = contains { ["\\n", "-d\\n", "--delimiter=\\n"].contains($0.literal) }
        if isLines, options.count == 1 {
            return inner.contains { separators.contains($0) && $0 != 0x0A }
        }
        if options.contains(where: { $0.utf8.contains(UInt8(ascii: "d")) }) { return true }
        return inner.contains { separators.contains($0) }
    }
}

extension AbstractText {
    /// One of the numbers that stand on a line each.
    fileprivate var asItem: AbstractText {
        guard pieces.count == 1, case .unknown(let unknown) = pieces[0], unknown.origin == .names,
            unknown.shape == .digits
        else { return self }
        return AbstractText(UnknownText(.digits, from: .addedOperands))
    }
}

extension Stream {
    /// What stands between zero bytes, as it is; one unknown text where that is not known.
    var items: [AbstractText] {
        guard let literal = text.literal else { return lines }
        let items = literal.utf8.split(separator: 0)
        guard items.count <= AnalysisLimits.iterations else {
            return [.addedOperand]
        }
        return items.map { AbstractText(ShellText(Array($0))) }
    }

    /// The lines that are read, without the blanks before them; one unknown text where they are not
    /// known.
    var lines: [AbstractText] {
        guard let literal = text.literal else {
            if let list = text.asProcesses { return [AbstractText(list)] }
            if case .text(let text) = self { return [text.withoutFinalNewlines.asItem] }
            return [.addedOperand]
        }
        let lines = literal.utf8.split(separator: 0x0A)
        // Lines with quotes, which are read, are one unknown text; more lines than are told apart are
        // one of the shape that all of them have.
        let isQuoted = literal.utf8.contains { [0x22, 0x27, 0x5C].contains($0) }
        if isQuoted { return [.addedOperand] }
        let texts = lines.map { line in
            AbstractText(ShellText(Array(line.drop { $0 == 0x20 || $0 == 0x09 })))
        }
        if texts.count <= AnalysisLimits.iterations { return texts }
        return [
            AbstractText(UnknownText(AbstractText.commonShape(of: texts), from: .addedOperands))
        ]
    }
}
