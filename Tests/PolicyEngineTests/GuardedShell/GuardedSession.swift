import CommandAnalysis
import PolicyEngine
import ShellSyntax

/// A guarded shell into which lines are typed, one after another.
struct GuardedSession {
    private(set) var state: ShellState?
    private(set) var last: Analysis?

    /// Types lines, of which each finds what those before left behind.
    static func typing(_ lines: String...) -> Analysis {
        var session = GuardedSession()
        var analysis = session.type(lines[0])
        for line in lines.dropFirst() { analysis = session.type(line) }
        return analysis
    }

    mutating func type(_ line: String) -> Analysis {
        let analysis = Interpreter.analyze(
            Array(line.utf8),
            for: AnalysisRequest(login: ShellText("deploy"), profile: .guarded),
            with: Shipped.knowledge,
            in: state
        )
        state = analysis.state
        last = analysis
        return analysis
    }
}

extension Analysis {
    /// What the line does to the shell, in words; a command that is not known has none.
    var dangers: Set<String> {
        Set(
            actions.filter { $0.action == .guardEscape || $0.action == .commandDynamic }
                .compactMap { $0[.verb] }.map { value in
                    guard case .texts(let texts) = value else { return "" }
                    return texts.compactMap { $0.literal?.description }.joined(separator: ",")
                }
        )
    }

    /// The actions as they are shown, without those that only read.
    var changes: Set<String> {
        Set(actions.filter { $0.action != .systemRead && $0.action != .fileRead }.map(\.shown))
    }
}
