import ShellSyntax

/// Gathers what code does.
struct FindingsBuilder {
    /// LIMIT: what does more than this is no one-liner; the rest of it counts as unknown.
    static let maximumEffects = 1024

    private let code: CodeText
    private var effects: [CodeEffect] = []
    private var signals: [Signal] = []

    private struct Signal {
        let processes: [AbstractText]
        let range: Range<Int>

        /// Whether any of the numbers does not stand in the code.
        var isComputed: Bool {
            processes.contains { text in
                guard let bytes = text.literal?.utf8 else { return true }
                return bytes.contains { !($0.isDecimal || $0 == UInt8(ascii: "-")) }
            }
        }
    }
    private(set) var isComplete: Bool

    init(_ code: CodeText) {
        self.code = code
        isComplete = !code.isCut
    }

    /// Notes an effect; one of code whose end is not known is possible at most.
    mutating func add(_ kind: CodeEffect.Kind, at range: Range<Int>) {
        guard effects.count < Self.maximumEffects else {
            isComplete = false
            return
        }
        let certainty = code.isCut ? Certainty.possible : .certain
        effects.append(CodeEffect(kind, certainty, at: code.place(range)))
    }

    /// Notes a signal to processes, whose names are told once all of the code was seen.
    mutating func addSignal(to processes: [AbstractText], at range: Range<Int>) {
        signals.append(Signal(processes: processes, range: range))
    }

    /// Adds the signals: to processes whose numbers are computed, under every name that stands in a
    /// text of the code, because the numbers have been looked for by some name.
    mutating func nameSignalled(in streams: [TokenList]) {
        if signals.isEmpty { return }
        var names: [AbstractText] = []
        if signals.contains(where: \.isComputed) {
            for token in streams.lazy.flatMap(\.tokens) where token.mayNameProcess {
                names += namesStanding(in: token).map { AbstractText($0) }
                if names.count > AnalysisLimits.processNames {
                    isComplete = false
                    names.removeLast(names.count - AnalysisLimits.processNames)
                    break
                }
            }
        }
        for signal in signals {
            let texts = signal.processes + (signal.isComputed ? names : [])
            add(.action(.processSignal, [.init(.process, .texts(texts))]), at: signal.range)
        }
        signals = []
    }

    private func namesStanding(in token: CodeToken) -> [ShellText] {
        if token.kind == .regex { return code.shellText(token.range).wordsOfCode }
        var found: [ShellText] = []
        for case .text(let text) in token.value.pieces { found += text.wordsOfCode }
        return found
    }

    /// Notes that the code may do something else as well.
    mutating func giveUp() { isComplete = false }

    var hasPrograms: Bool {
        effects.contains {
            switch $0.kind {
            case .shell, .shellWithInput, .command: true
            case .readFile, .writeFile, .lockFile, .deleteFile, .changePermission, .connect,
                .action:
                false
            }
        }
    }

    var findings: CodeFindings { CodeFindings(effects: effects, isComplete: isComplete) }
}

extension CodeToken {
    fileprivate var mayNameProcess: Bool {
        switch kind {
        case .string, .command, .regex: true
        case .name, .variable, .number, .symbol, .newline, .unknown: false
        }
    }
}
