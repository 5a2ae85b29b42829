import ShellSyntax

// `<`, `>` and the others, in their order.

extension Interpreter {
    /// Does what redirections do, in their order.
    mutating func redirect(
        _ redirections: [Redirection],
        reaching reach: RedirectionReach,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Redirected {
        var result = Redirected(frame: frame, reach: reach)
        result.frame.sendsNothing = false
        self.redirections += redirections.count
        for redirection in redirections {
            try effort.check()
            try redirect(redirection, &state, frame, &result)
        }
        return result
    }

    private mutating func redirect(
        _ redirection: Redirection,
        _ state: inout ShellState,
        _ frame: Frame,
        _ result: inout Redirected
    ) throws(AnalysisProblem) {
        let range = frame.origin.range(of: redirection.range)
        if case .variable(let name) = redirection.descriptor {
            let value = UnknownText(.digits, from: .variable(name))
            try assign(name, .unknown(value), &state, frame, at: range)
        }
        let descriptorReading = reading(of: redirection, state, frame)
        let isUsual = redirection.descriptor == nil || descriptorReading == .older
        let isInput = isUsual || redirection.descriptor == .number(0)
        let isOutput = isUsual || redirection.descriptor == .number(1)
        if descriptorReading == .either {
            result.isPerhapsElsewhere = true
            if redirection.operator.reads {
                result.frame.input = .unknown(UnknownText(.text, from: .input))
            }
        }
        switch redirection.target {
        case .hereDocument(let document):
            let text = try foldQuoted(document.body, &state, frame)
            guardRedirection(redirection, [], result.reach, frame, at: range)
            if isInput { result.read(.text(text)) }
            if case .number(let number)? = redirection.descriptor {
                result.texts[Int(number)] = .text(text)
            }
        case .word(let word):
            // A pattern is one where it matches a single file.
            let texts =
                redirection.operator == .hereString
                ? try foldTexts(word, &state, frame) : try foldPattern(word, &state, frame)
            guardRedirection(redirection, texts, result.reach, frame, at: range)
            let files = redirection.operator == .hereString ? [] : opened(texts, state)
            if noteDescriptor(redirection, texts, files) {
                emit(.codeRun, frame, at: range)
            }
            result.noteConnection(of: redirection, to: texts)
            switch redirection.operator {
            case .input:
                for text in texts { access(.read, text, &state, frame, at: range) }
                if isInput {
                    result.read(fileInput(texts, state, frame))
                    if texts.contains(where: \.isStream) { result.restOfInput = frame.input.rest }
                }
            case .hereString:
                if isInput { result.read(hereString(texts)) }
            case .output, .append, .clobber, .outputAndError, .appendOutputAndError:
                write(
                    texts,
                    files,
                    redirection.operator,
                    isOutput,
                    &state,
                    frame,
                    &result,
                    at: range
                )
                if redirection.operator.takesErrors { result.merges = true }
            case .inputOutput:
                for text in texts {
                    access(.edit, text, &state, frame, attributes: [.edit], at: range)
                }
                result.writable += files
                if isInput {
                    result.read(fileInput(texts, state, frame))
                    if texts.contains(where: \.isStream) { result.restOfInput = frame.input.rest }
                }
            case .duplicateInput:
                if isInput {
                    result.read(duplicated(texts, result, frame))
                    if texts.contains(where: { $0.literal != "-" }) {
                        result.restOfInput = frame.input.rest
                    }
                }
            case .duplicateOutput:
                duplicate(
                    redirection,
                    texts,
                    files,
                    isOutput,
                    &state,
                    frame,
                    &result,
                    at: range
                )
            case .hereDocument, .hereDocumentStrippingTabs: return
            }
        }
    }

    /// `N>&M`, or `>& FILE` for standard output and errors.
    private mutating func duplicate(
        _ redirection: Redirection,
        _ texts: [AbstractText],
        _ files: [AbstractPath],
        _ isOutput: Bool,
        _ state: inout ShellState,
        _ frame: Frame,
        _ result: inout Redirected,
        at range: SourceRange
    ) {
        guard texts.allSatisfy(\.isDescriptor) else {
            write(texts, files, .output, isOutput, &state, frame, &result, at: range)
            result.merges = true
            return
        }
        result.movesOutput = true
        if redirection.descriptor == .number(0) {
            let input = duplicated(texts, result, frame)
            if input.isFromElsewhere { result.read(input) }
        }
        let isStandardOutput = texts.allSatisfy { $0.literal == "1" }
        if !isOutput {
            // What another descriptor gets comes along, wherever it goes now.
            if result.outputs?.isEmpty != true { result.merges = true }
        } else if !isStandardOutput {
            result.outputs = []
        }
    }

    private mutating func write(
        _ texts: [AbstractText],
        _ paths: [AbstractPath],
        _ operation: RedirectionOperator,
        _ isOutput: Bool,
        _ state: inout ShellState,
        _ frame: Frame,
        _ result: inout Redirected,
        at range: SourceRange
    ) {
        let before = state.files
        let first = actions.count
        // `: 2>F` empties a file as `: >F` does, but what `exec` opens is written later on.
        let isEmptied =
            !isOutput && frame.sendsNothing && result.reach != .lasting && !operation.appends
        for text in texts {
            let attributes = isEmptied ? [ForeseenAction.Attribute.truncate] : []
            access(.write, text, &state, frame, attributes: attributes, at: range)
        }
        let opening = first..<actions.count
        // What is in a file that is known by name follows from what is written to it.
        if paths.allSatisfy({ $0.literal != nil }) { state.files = before }
        result.movesOutput = true
        for path in paths where !isOutput { state.files[path] = .unknown }
        result.writable += paths
        if texts.contains(where: { $0.knownPrefix.begins(with: "/proc/") }) {
            // Which file of the line that is, nobody tells.
            state.files.forget(.unknown, below: true)
        }
        guard isOutput else { return }
        if texts.contains(where: \.isStream) {
            // The same again, or another descriptor, which may lead to the same.
            result.merges = true
            return
        }
        result.outputs = paths
        result.opening = opening
        result.appends = operation.appends
        // Whoever reads the file later on the line wants to know what is in it.
        result.frame.collects = !paths.isEmpty
    }

    private func hereString(_ texts: [AbstractText]) -> Stream {
        guard texts.count == 1 else { return .unknown(.notComputed) }
        return .text(texts[0] + "\n")
    }

    private func duplicated(
        _ texts: [AbstractText],
        _ result: Redirected,
        _ frame: Frame
    ) -> Stream {
        guard let text = texts.first, texts.count == 1 else {
            return .unknown(.notComputed)
        }
        switch text.literal {
        case "-": return .nothing
        case "0": return frame.input
        case let number?:
            guard let number = Int(number.description) else { break }
            if let stream = result.texts[number] { return stream }
            // One that the line has not opened may be that of the program around, which connected it.
            if descriptors.isConnection(number) || frame.input.isFromElsewhere {
                return .unknown(.fromElsewhere)
            }
        case nil: if descriptors.hasUnnumberedConnection { return .unknown(.fromElsewhere) }
        }
        return .unknown(UnknownText(.text, from: .file))
    }

    /// What is read from one of these files.
    func fileInput(_ texts: [AbstractText], _ state: ShellState, _ frame: Frame) -> Stream {
        guard texts.count == 1 else { return .unknown(UnknownText(.text, from: .file)) }
        if texts[0].isStandardInput { return frame.input }
        if texts[0].networkDevice != nil { return .unknown(.fromElsewhere) }
        return content(of: texts[0], state, frame)
    }
}

extension Stream {
    /// What is left of a text when somebody may have read some of it; nil where nothing changes.
    var rest: Stream? {
        if case .text = self { .unknown(UnknownText(.text, from: .file)) } else { nil }
    }
}

extension RedirectionOperator {
    fileprivate var appends: Bool { self == .append || self == .appendOutputAndError }

    var takesErrors: Bool {
        self == .outputAndError || self == .appendOutputAndError
    }
}

extension AbstractText {
    /// Whether the path leads to a descriptor that is open: `/dev/stdout`, `/proc/self/fd/1`.
    var isStream: Bool {
        let prefix = knownPrefix
        return prefix.begins(with: "/dev/std") || prefix.begins(with: "/dev/fd/")
            || prefix.begins(with: "/proc/") && prefix.utf8.dropFirst(6).contains(0x66)
    }

    /// Whether it is the number of a descriptor, `-`, or a number and `-`.
    fileprivate var isDescriptor: Bool {
        guard let literal else { return false }
        let digits =
            literal.utf8.last == UInt8(ascii: "-") ? literal.utf8.dropLast() : literal.utf8[...]
        return !literal.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether the path leads to the program's own standard input.
    var isStandardInput: Bool {
        switch literal {
        case "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0": true
        case _?, nil: false
        }
    }
}

extension RedirectionOperator {
    /// Whether what is on the right is read.
    var reads: Bool {
        switch self {
        case .input, .inputOutput, .duplicateInput, .hereString, .hereDocument,
            .hereDocumentStrippingTabs:
            true
        case .output, .append, .clobber, .outputAndError, .appendOutputAndError, .duplicateOutput:
            false
        }
    }
}
