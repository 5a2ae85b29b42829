import CommandAnalysis
import ShellSyntax
import TestSupport
import Testing

/// What bash really gives to the program `trace`, and what the analysis says that it gives.
struct ArgumentOracle {
    struct Trace: Hashable, CustomStringConvertible {
        let arguments: [String]

        var description: String { arguments.map(\.debugDescription).joined(separator: " ") }
    }

    /// Runs each line in a subshell of its own; `trace` writes what it gets to descriptor 9, wherever
    /// standard output goes.
    private static let script = """
        folder=$(mktemp -d) && trap 'rm -r "$folder"' EXIT && cd "$folder" || exit 1
        printf '%s\\n' '#!/bin/sh' 'printf "%s\\0" "$#" "$@" >&9' >trace && chmod +x trace || exit 1
        PATH=$folder:$PATH
        mkdir empty && cd empty || exit 1
        exec 9>&1 >/dev/null 2>&1
        mapfile -d '' -t lines
        for line in "${lines[@]}"; do
            ( trap - EXIT; unset lines folder; eval "$line" )
            printf 'end\\0' >&9
        done
        """

    /// The argument vectors of every `trace` of each line, as bash 5.2 makes them.
    static func traces(of lines: [String]) async throws -> [[Trace]] {
        let input = lines.flatMap { line -> [UInt8] in Array(line.utf8) + [0] }
        let outcome = try await Command(
            "/bin/bash",
            ["--noprofile", "--norc", "-c", script],
            environment: ["HOME": "/h", "LC_ALL": "C.UTF-8"]
        ).reading(input).run()
        #expect(outcome.succeeded, "\(outcome)")
        var fields = outcome.output.split(separator: 0, omittingEmptySubsequences: false)[...]
        return try lines.map { _ in
            var traces: [Trace] = []
            while true {
                let next = fields.popFirst()
                let field = String(decoding: try #require(next), as: UTF8.self)
                if field == "end" { return traces }
                let count = try #require(Int(field))
                let arguments = fields.prefix(count).map { String(decoding: $0, as: UTF8.self) }
                fields = fields.dropFirst(count)
                traces.append(Trace(arguments: arguments))
            }
        }
    }

    /// The argument vectors of every `trace`, as far as the analysis predicts them; nil for one of
    /// which something is not known.
    static func predictions(for line: String) -> [Trace?] {
        let knowledge = KnowledgeBase(
            programs: [:],
            paths: [:],
            variables: [],
            programDirectories: []
        )
        let analysis = Interpreter.analyze(
            Array(line.utf8),
            for: AnalysisRequest(dialect: .bash, bashVersion: .read, input: .nothing),
            with: knowledge
        )
        return analysis.invocations.filter { $0.arguments.first?.literal == "trace" }.map { call in
            let arguments = call.arguments.dropFirst().map(\.literal?.description)
            let known = arguments.compactMap(\.self)
            return known.count == arguments.count ? Trace(arguments: known) : nil
        }
    }
}
