/// A program with its arguments, to be run by a test.
package struct Command: Sendable {
    /// What its standard streams are.
    package enum Streams: Sendable {
        /// Three pipes.
        case pipes
        /// One terminal of this size for all three.
        case terminal(columns: UInt16, rows: UInt16)
    }

    /// Looked for in `searchPath` where it is no path.
    package let program: String
    package var arguments: [String]
    /// The whole of it: nothing of the test's own environment is inherited.
    package var environment: [String: String]
    package var streams = Streams.pipes
    /// What is written to it at once, and then closed; nil leaves it open.
    package var input: [UInt8]? = []

    package init(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = Self.plainEnvironment.merging(environment) { _, new in new }
    }

    package static let searchPath = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]

    private static let plainEnvironment = [
        "HOME": "/dev/null", "LANG": "C.UTF-8", "PATH": searchPath.joined(separator: ":"),
        "TERM": "xterm-256color",
    ]

    package func reading(_ text: String) -> Command { reading(Array(text.utf8)) }

    package func reading(_ bytes: [UInt8]) -> Command {
        var command = self
        command.input = bytes
        return command
    }

    /// Its input stays open until the test closes it.
    package func readingWhatIsWritten() -> Command {
        var command = self
        command.input = nil
        return command
    }

    package func onTerminal(columns: UInt16 = 80, rows: UInt16 = 24) -> Command {
        var command = self
        command.streams = .terminal(columns: columns, rows: rows)
        command.input = nil
        return command
    }

    /// Runs it to its end.
    package func run(within limit: Duration = .seconds(60)) async throws -> Outcome {
        try await start { child in try await child.finished(within: limit) }
    }

    /// Starts it, and kills what is left of its process group when the body is through.
    package func start<Value: Sendable>(
        _ body: (ChildProcess) async throws -> Value
    ) async throws -> Value {
        let child = try ChildProcess(self)
        defer { child.killGroup() }
        return try await body(child)
    }
}

/// How a program ended, and what it wrote.
package struct Outcome: Hashable, Sendable, CustomStringConvertible {
    package enum End: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    package let end: End
    package let output: [UInt8]
    /// Empty on a terminal, where everything is output.
    package let errors: [UInt8]

    package var text: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
    package var lines: [String] { text.split(separator: "\n").map(String.init) }
    package var succeeded: Bool { end == .exited(0) }

    package var description: String {
        "\(end)\n--- output\n\(text.suffix(4000))\n--- errors\n\(errorText.suffix(4000))"
    }
}

/// A program that did not do in time what the test waited for.
package struct TimedOut: Error, CustomStringConvertible {
    package let command: [String]
    package let awaited: String
    package let output: String
    package let errors: String

    package var description: String {
        "`\(command.joined(separator: " "))`: no \(awaited) in time\n--- output\n"
            + "\(output.suffix(4000))\n--- errors\n\(errors.suffix(4000))"
    }
}
