internal import ShellSyntax

// Shells that obey another host: what comes over a connection, and is run.

extension Interpreter {
    /// Notes that whoever is at the other end of a connection says what runs here.
    mutating func noteObeying(_ text: AbstractText, _ frame: Frame, at range: SourceRange) {
        if text.isFromElsewhere { noteObeying(frame, at: range) }
    }

    mutating func noteObeying(_ frame: Frame, at range: SourceRange) {
        emit(.guardEscape, frame, [.obeyingAnotherHost], at: range)
    }

    /// Notes it where one member of a pipeline runs text that nobody can tell, and a later one
    /// connects what it says with another host: `sh -i < f | nc H P > f`.
    mutating func noteObeying(
        in running: Range<Int>,
        by sending: Range<Int>,
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard !running.isEmpty, actions[sending].contains(where: { isRelay($0) }),
            actions[running].contains(where: \.isShellOfUnknownText)
        else { return }
        noteObeying(frame, at: range)
    }

    /// Whether a program connects its input and its output with another host.
    func isRelay(_ action: ForeseenAction) -> Bool {
        guard action.action == .networkConnect || action.action == .networkListen,
            let program = action.context.program, let known = knowledge.program(named: program)
        else { return false }
        return known.isRelay
    }
}

extension ForeseenAction {
    /// Whether a shell reads what it runs, and nobody can tell what that is.
    fileprivate var isShellOfUnknownText: Bool {
        action == .commandDynamic && context.wrappers.last?.language == .shell
    }
}

extension ForeseenAction.Attribute {
    fileprivate static let obeyingAnotherHost = ForeseenAction.Attribute(
        .verb,
        .texts(["obey another host"])
    )
}

extension ProgramKnowledge {
    /// Whether it prints what comes over a connection, whatever that is.
    fileprivate var isRelay: Bool {
        usages.contains { $0.output == .connection }
            || commands.contains { $0.knowledge.usages.contains { $0.output == .connection } }
    }
}

extension UnknownText {
    /// What whoever is at the other end of a connection sends.
    static let fromElsewhere = UnknownText(.text, from: .connection)
}

extension AbstractText {
    /// Whether any of it comes over a connection.
    var isFromElsewhere: Bool {
        pieces.contains { piece in
            if case .unknown(let unknown) = piece { unknown.origin == .connection } else { false }
        }
    }

    /// Nothing is known of what it became, but where it came from.
    var mixed: AbstractText { isFromElsewhere ? AbstractText(.fromElsewhere) : .notComputed }
}

extension Stream {
    var isFromElsewhere: Bool {
        switch self {
        case .text(let text): text.isFromElsewhere
        case .unknown(let unknown): unknown.origin == .connection
        case .client, .nothing, .script: false
        }
    }
}
