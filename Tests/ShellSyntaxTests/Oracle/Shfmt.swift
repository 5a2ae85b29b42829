import Foundation
import ShellSyntax
import TestSupport

/// `shfmt`, which prints the tree that mvdan/sh makes of a text of bash.
enum Shfmt {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/shfmt")

    /// The shape of each text; nil where shfmt cannot read it.
    static func shapes(of texts: [String]) async throws -> [Shape?] {
        let outcome = try await ShellJudge.unprivileged("/bin/bash", ["-c", loop])
            .reading(texts.map { $0 + "\0" }.joined())
            .run(within: .seconds(300))
        let trees = outcome.output.split(separator: 0, omittingEmptySubsequences: false).dropLast()
        guard outcome.succeeded, trees.count == texts.count else {
            throw JudgeFailed(outcome: outcome)
        }
        return try trees.map { $0.isEmpty ? nil : Shape(shfmt: try JSONNode(Array($0))) }
    }

    private static let loop = """
        cd / && ulimit -t 60 -v 4000000 && mapfile -d '' -t texts
        for text in "${texts[@]}"; do
            printf %s "$text" | /usr/bin/shfmt -ln=bash --to-json 2>/dev/null
            printf '\\0'
        done
        """
}
