import CommandAnalysis
import PolicyEngine
import ShellSyntax
import TestSupport
import Testing

/// Lines that a generator makes to get past the policy of production.
@Suite struct `a generated evasion` {
    private static let count = 10_000
    /// Parts, so that all processors take one.
    private static let parts = 4

    @Test(arguments: 0..<parts)
    func `is never permitted`(_ part: Int) throws {
        let judge = try ProductionJudge()
        var generator = EvasionGenerator(seed: UInt64(4000 + part))
        for index in 0..<Self.count / Self.parts {
            let payload = Payload.destructive[index % Payload.destructive.count]
            let line = generator.line(payload)
            let input: ClientInput = index % 2 == 0 ? .unknown : .nothing
            #expect(judge.ruling(line, input) != .permit, "\(line)")
        }
    }

    @Test func `hides something that is not permitted in its plain spelling either`() throws {
        #expect(Payload.destructive.count >= 40)
        let judge = try ProductionJudge()
        for payload in Payload.destructive {
            let words = payload.words.map { EvasionGenerator.singleQuoted($0) }
            var line = words.joined(separator: " ")
            if let (sign, file) = payload.redirection { line += " \(sign) \(file)" }
            #expect(judge.ruling(line, .nothing) != .permit, "\(line)")
        }
    }

    @Test func `is one that bash understands`() async throws {
        var generator = EvasionGenerator(seed: 4000)
        for _ in 0..<50 {
            let lines = Payload.destructive.map { generator.line($0) }
            #expect(try await EvasionOracle.complaints(about: lines) == "")
        }
    }

    /// The same techniques around a program that writes down what it gets.
    @Test func `really runs what it hides`() async throws {
        var generator = EvasionGenerator(seed: 4000, isTraced: true)
        let payloads = [
            Payload("trace", "-rf", "/etc/ssl"), Payload("trace", "a b", "it's", "x=1"),
            Payload("trace", to: (">", "/dev/null")), Payload("trace", "-e", "drop \"x\"; $y"),
        ]
        let tries = (0..<240).map { index in
            let payload = payloads[index % payloads.count]
            return (payload: payload, line: generator.line(payload))
        }
        let traces = try await EvasionOracle.traces(of: tries.map(\.line))
        for (one, traces) in zip(tries, traces) {
            let arguments = Array(one.payload.words.dropFirst())
            #expect(traces.contains(arguments), "\(one.line)\n  runs: \(traces)")
        }
    }
}
