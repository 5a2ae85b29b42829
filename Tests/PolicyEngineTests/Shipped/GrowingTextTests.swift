import CommandAnalysis
import ShellSyntax
import Testing

/// Short command lines of which something becomes long.
@Suite struct `text that grows` {
    private func analysis(_ line: String) -> Analysis {
        Interpreter.analyze(
            Array(line.utf8),
            for: AnalysisRequest(login: "deploy", input: .nothing),
            with: Shipped.knowledge
        )
    }

    @Test(arguments: [
        "x=aaaaaaaa;" + String(repeating: "x=$x$x;", count: 500) + "rm /srv/$x",
        "echo a > /tmp/f;" + String(repeating: "cat /tmp/f /tmp/f > /tmp/g;", count: 1)
            + String(
                repeating: "cat /tmp/g /tmp/g > /tmp/f; cat /tmp/f /tmp/f > /tmp/g;",
                count: 200
            )
            + "rm /srv/$(cat /tmp/f)",
        "x=" + String(repeating: "a", count: 60_000) + "; rm /srv/"
            + String(repeating: "$x", count: 1000),
    ])
    func `is not known once it is longer than is followed`(_ line: String) {
        let deleted = analysis(line).actions.filter { $0.action == .fileDelete }
        #expect(!deleted.isEmpty)
        #expect(deleted.allSatisfy { $0.shown(upTo: 2000) }, "\(deleted.count)")
    }
}

extension ForeseenAction {
    /// Whether what is known of its paths is no longer than this.
    fileprivate func shown(upTo limit: Int) -> Bool {
        guard case .paths(let paths) = self[.path] else { return false }
        return paths.allSatisfy { path in
            path.components.allSatisfy { component in
                component.pieces.allSatisfy { piece in
                    if case .text(let text) = piece { text.utf8.count <= limit } else { true }
                }
            }
        }
    }
}
