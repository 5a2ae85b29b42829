import ShellSyntax
import TestSupport
import Testing

@testable import CommandAnalysis

/// What programs really print, and what a filter says that they print.
struct FilterSample: CustomStringConvertible {
    let program: String
    let arguments: [String]
    let input: String
    /// Of the shell whose own `printf` and `echo` are asked.
    let dialect: Dialect

    var description: String {
        let words = ([program] + arguments).map(\.debugDescription).joined(separator: " ")
        return "\(dialect): \(words) <<< \(input.debugDescription)"
    }

    /// Nil where nothing is said.
    var prediction: [UInt8]? {
        let filter = Filter(
            arguments: arguments.map { .one(AbstractText(ShellText($0))) },
            input: AbstractText(ShellText(input)),
            content: { _ in .unknown(.notComputed) },
            directory: "/",
            dialect: dialect
        )
        return filter.output(of: ShellText(program))?.literal.map { Array($0.utf8) }
    }
}

enum FilterOracle {
    /// Runs each sample, and prints for each a line with what it printed, in hexadecimal digits.
    private static let script = """
        while IFS= read -r -d '' shell && IFS= read -r -d '' input && IFS= read -r -d '' count; do
            words=()
            for ((index = 0; index < count; index++)); do
                IFS= read -r -d '' word
                words+=("$word")
            done
            printf %s "$input" | /bin/$shell -c '"$@"' - "${words[@]}" 2>/dev/null | od -An -v -tx1 | tr -d ' \\n'
            echo
        done
        """

    static func outputs(of samples: [FilterSample]) async throws -> [[UInt8]] {
        let input = samples.flatMap { sample -> [UInt8] in
            let words = [sample.program] + sample.arguments
            let shell = sample.dialect == .bash ? "bash" : "dash"
            let fields = [shell, sample.input, "\(words.count)"] + words
            return fields.flatMap { Array($0.utf8) + [0] }
        }
        let outcome = try await Command(
            "/bin/bash",
            ["--noprofile", "--norc", "-c", script],
            environment: ["HOME": "/h", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        ).reading(input).run()
        #expect(outcome.succeeded, "\(outcome)")
        let lines = outcome.output.split(separator: 0x0A, omittingEmptySubsequences: false)
        return try lines.prefix(samples.count).map { line in
            try stride(from: line.startIndex, to: line.endIndex, by: 2).map { start in
                let digits = String(decoding: line[start..<start + 2], as: UTF8.self)
                return try #require(UInt8(digits, radix: 16))
            }
        }
    }
}
