/// Gathers what code does.
struct FindingsBuilder {
    /// LIMIT: what does more than this is no one-liner; the rest of it counts as unknown.
    static let maximumEffects = 1024

    private let code: CodeText
    private var effects: [CodeEffect] = []
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
