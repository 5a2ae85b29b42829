import ArgumentParser
import CommandAnalysis
import PolicyEngine
import StrictYAML
import Testing

@testable import sallyport

@Suite struct `an answer of a batch of checks` {
    private func answer(_ line: String, number: Int = 1) throws -> String {
        let options = try SituationOptions.parse(["--as", "human:ana", "--target", "web1"])
        let principal = try #require(options.principal)
        let target = try #require(options.target)
        let policy = SourceFile(
            name: "p.yaml",
            bytes: Array(
                """
                policy: 1
                name: p
                rules:
                  - {id: look, permit: system.read}
                  - {id: code, review: code.run}

                """.utf8
            )
        )
        let knowledge = SourceFile(
            name: "k.yaml",
            bytes: Array(
                """
                knowledge: 1
                directories: [/usr/bin/**]
                programs:
                  uptime: {does: system.read}
                  shell: {stdin: code}

                """.utf8
            )
        )
        let check = RuleCheck(
            rules: try RulesInUse(RuleFiles(files: [policy, knowledge])),
            situation: options.situation(of: principal, on: target, KnownSituation())
        )
        let batch = CheckBatch(check: check)
        return String(
            decoding: batch.answer(.whole(Array(line.utf8)), number: number),
            as: UTF8.self
        )
    }

    @Test(arguments: [
        (#"{"id":"a","command":"uptime"}"#, #"{"id":"a","decision":"permit","rules":["#),
        (#"{"command":"frob","id":1e3}"#, #"{"id":1e3,"decision":"deny","rules":[],"#),
        (#"{"id":1,"command":"shell"}"#, #"{"id":1,"decision":"review","#),
        (#"{"id":1,"command":"shell","stdin":"unknown"}"#, #"{"id":1,"decision":"review","#),
        (#"{"id":1,"command":"shell","stdin":"none"}"#, #"{"id":1,"decision":"permit","#),
    ])
    func `repeats the id and says the decision`(_ line: String, _ beginning: String) throws {
        let answer = try answer(line)
        #expect(answer.hasPrefix(beginning), "\(answer)")
    }

    @Test(arguments: [
        (
            #"{"id":7}"#,
            #"{"id":7,"decision":"deny","rules":[],"#
                + #""reason":"line 3 has no `command` that is a string","actions":[]}"#
        ),
        (
            "x",
            #"{"decision":"deny","rules":[],"reason":"line 3 is no JSON from byte 0 on","#
                + #""actions":[]}"#
        ),
    ])
    func `is a denial where the line is no request`(_ line: String, _ expected: String) throws {
        #expect(try answer(line, number: 3) == expected)
    }
}
