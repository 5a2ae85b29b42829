import ShellSyntax
import Testing

/// Programs that nobody wrote, judged by the shells.
@Suite struct `a generated program` {
    @Test(arguments: Dialect.allCases)
    func `is read as the shell reads it`(_ dialect: Dialect) async throws {
        var generator = ProgramGenerator(seed: dialect == .bash ? 1 : 2)
        let texts = (0..<1500).map { _ in generator.next() }
        let verdicts = try await ShellJudge(dialect: dialect).verdicts(on: .texts(texts))

        var accepted = 0
        for (text, verdict) in zip(texts, verdicts) {
            let program = Program(text.utf8, dialect: dialect)
            if verdict == .accepted { accepted += 1 }
            guard (program.status == .accepted) != (verdict == .accepted) else { continue }
            if verdict == .accepted, program.isRefused { continue }
            Issue.record("\(text.debugDescription) is \(verdict) by the shell, not by the parser")
        }
        // Neither all that is accepted nor all that is rejected.
        #expect(accepted > 300 && accepted < 1200)
    }

    @Test func `is the same for the same seed`() {
        var (one, other) = (ProgramGenerator(seed: 7), ProgramGenerator(seed: 7))

        for _ in 0..<20 { #expect(one.next() == other.next()) }
    }
}

extension Program {
    /// Whether this is refused though a shell may take it, and let nothing of it run or do what nobody
    /// means: see `KnownDifference`.
    fileprivate var isRefused: Bool {
        if let open = incomplete?.open.map(\.kind) {
            // In arithmetic, bash looks for the end of `${` only when it expands it.
            return open.last == .parameterExpansion && open.contains(.arithmetic)
        }
        return errors.first.map { error in
            switch error.kind {
            case .unexpected(let found, let expected):
                Self.refusals.contains { $0.expected == expected && ($0.found ?? found) == found }
            case .unexpectedEnd: error.description.contains("here-document")
            case .nulByte, .invalidUTF8, .limit: false
            }
        } ?? false
    }

    private static let refusals: [(found: ShellText?, expected: ShellText)] = [
        ("]]", "a conditional expression"),
        // Of `for ((`.
        (")", "`;`"), (")", "`))`"),
        ("$", "a delimiter without commands"),
        ("<", "the delimiter of a here-document"),
        (nil, "as many `(` as `)` in an arithmetic expression"),
        (nil, "plain text in a quoted expansion"),
    ]
}
