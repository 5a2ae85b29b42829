import Glibc
import ShellSyntax
import TestSupport

/// A real shell as the judge of what is a program: it reads with `-n` and runs nothing.
///
/// It runs as `nobody` where the tests run as root, and has an empty environment.
struct ShellJudge {
    enum Verdict: Hashable, CustomStringConvertible {
        case accepted
        /// What the shell said first.
        case rejected(String)

        var description: String {
            switch self {
            case .accepted: "accepted"
            case .rejected(let message): "rejected: \(message)"
            }
        }
    }

    /// What is given to the shell.
    enum Source {
        /// A text each, as the operand of `-c`.
        case texts([String])
        /// A path each, as standard input.
        case files([String])
    }

    // LIMIT: processes that judge at once; a judge starts one shell at a time.
    private static let judgeCount = 2

    let dialect: Dialect

    /// Reads everything, in the order given.
    func verdicts(on source: Source) async throws -> [Verdict] {
        let answers =
            switch source {
            case .texts(let texts): try await answers(texts, Self.textLoop)
            case .files(let paths): try await answers(paths, Self.fileLoop)
            }
        return answers.map { Verdict(status: $0.status, output: $0.output) }
    }

    /// What bash says it read in each text; nil where it could not read it.
    func prints(of texts: [String]) async throws -> [String?] {
        try await answers(texts, Self.inputLoop("--pretty-print -n"))
            .map { $0.status == "0" ? $0.output : nil }
    }

    /// What harmless scripts of ours print.
    ///
    /// These do run: nothing that is made of anything but text of the tests may be among them.
    func outputs(of scripts: [String]) async throws -> [String] {
        try await answers(scripts, Self.inputLoop("")).map(\.output)
    }

    private func answers(_ items: [String], _ loop: String) async throws -> [Answer] {
        let size = max(1, (items.count + Self.judgeCount - 1) / Self.judgeCount)
        let chunks = stride(from: 0, to: items.count, by: size)
            .map { Array(items[$0..<min($0 + size, items.count)]) }
        return try await withThrowingTaskGroup(of: (Int, [Answer]).self) { group in
            for (index, chunk) in chunks.enumerated() {
                group.addTask { (index, try await judge(chunk, loop)) }
            }
            return try await group.reduce(into: [Int: [Answer]]()) { $0[$1.0] = $1.1 }
                .sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }

    private struct Answer {
        let status: String
        let output: String
    }

    private func judge(_ items: [String], _ loop: String) async throws -> [Answer] {
        let outcome = try await Self.unprivileged("/bin/bash", ["-c", loop, "judge", shell])
            .reading(items.map { $0 + "\0" }.joined())
            .run(within: .seconds(300))
        let fields = outcome.output.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard outcome.succeeded, fields.count == 2 * items.count + 1 else {
            throw JudgeFailed(outcome: outcome)
        }
        return items.indices.map { Answer(status: fields[2 * $0], output: fields[2 * $0 + 1]) }
    }

    private var shell: String { dialect == .bash ? "/bin/bash" : "/bin/dash" }

    /// A program with no environment, as an ordinary user.
    static func unprivileged(_ program: String, _ arguments: [String]) -> TestSupport.Command {
        var command: TestSupport.Command =
            geteuid() == 0
            ? TestSupport.Command(
                "setpriv",
                ["--reuid=65534", "--regid=65534", "--clear-groups", program] + arguments
            ) : TestSupport.Command(program, arguments)
        command.environment = [:]
        return command
    }

    /// Bounds what one text may cost, and replaces the subshell by the judging shell.
    private static let textLoop = """
        cd / && ulimit -t 10 -v 2000000 && mapfile -d '' -t texts
        for text in "${texts[@]}"; do
            said=$(exec -c "$1" -n -c -- "$text" 2>&1 </dev/null); status=$?
            printf '%s\\0%s\\0' "$status" "$said"
        done
        """

    private static func inputLoop(_ options: String) -> String {
        """
        cd / && ulimit -t 10 -v 2000000 && mapfile -d '' -t texts
        for text in "${texts[@]}"; do
            said=$(exec -c "$1" \(options) 2>/dev/null <<<"$text"); status=$?
            printf '%s\\0%s\\0' "$status" "$said"
        done
        """
    }

    private static let fileLoop = """
        cd / && ulimit -t 10 -v 2000000 && mapfile -d '' -t paths
        for path in "${paths[@]}"; do
            said=$(exec -c "$1" -n 2>&1 <"$path"); status=$?
            printf '%s\\0%s\\0' "$status" "$said"
        done
        """
}

struct JudgeFailed: Error {
    let outcome: Outcome
}

extension ShellJudge.Verdict {
    /// bash ends some texts that it complains about with status 0; what it calls a warning is none.
    fileprivate init(status: String, output: String) {
        let complaint = output.split(separator: "\n").first { !$0.contains("warning:") }
        self =
            status == "0" && complaint == nil
            ? .accepted : .rejected(complaint.map(String.init) ?? "status \(status)")
    }
}
