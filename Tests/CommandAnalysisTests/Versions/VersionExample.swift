import CommandAnalysis
import ShellSyntax

/// What is said of a line for one version of bash.
struct VersionReading: Hashable, CustomStringConvertible {
    /// The calls in their order, each with its arguments.
    let calls: [String]
    /// Whether something of it is read by nobody but the shell.
    let isDynamic: Bool
    /// Whether it cannot be read.
    let isRefused: Bool

    init(_ line: String, _ version: BashVersion?) {
        let analysis = Interpreter.analyze(
            Array(line.utf8),
            for: AnalysisRequest(bashVersion: version, input: .nothing),
            with: KnowledgeBase(
                programs: [:],
                paths: [:],
                variables: [],
                programDirectories: []
            )
        )
        calls = analysis.invocations.map { call in
            call.arguments.map(\.asRead).joined(separator: " ")
        }
        isDynamic = analysis.actions.contains { $0.action == .commandDynamic }
        isRefused = analysis.failure != nil
    }

    var description: String {
        if isRefused { return "refused" }
        return (calls + (isDynamic ? ["dynamic"] : [])).joined(separator: "; ")
    }
}

extension Argument {
    fileprivate var asRead: String {
        switch self {
        case .one(let text): text.asRead
        case .any(let unknown): "<\(unknown.shape)>…"
        }
    }
}

extension AbstractText {
    fileprivate var asRead: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.description
            case .unknown(let unknown): "<\(unknown.shape)>"
            case .wildcard: "*"
            case .directory: "~"
            }
        }.joined()
    }
}
