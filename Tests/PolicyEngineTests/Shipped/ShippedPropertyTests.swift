import CommandAnalysis
import PolicyEngine
import ShellSyntax
import TestSupport
import Testing

/// What must hold for every command line, whatever it does: tried on all of the transcripts.
@Suite struct `a decision about any command line` {
    private struct Line {
        let text: String
        let input: ClientInput
    }

    /// The command lines of the transcripts that an agent on production may send.
    private static let lines: [Line] = {
        do {
            let folders = ["policies", "Tests/Fixtures/evasions", "Tests/Fixtures/sequences"]
            var lines: [Line] = []
            for stanza in try folders.flatMap({ try Shipped.transcripts(in: $0) }).flatMap(
                \.stanzas
            ) {
                guard let text = String(validating: stanza.commandLine, as: UTF8.self) else {
                    continue
                }
                lines.append(Line(text: text, input: stanza.situation.command.input))
            }
            return lines
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    @Test(arguments: 0..<2 as Range<UInt64>)
    func `gets no milder by a forbid that is added`(_ part: UInt64) throws {
        var random = SeededGenerator(seed: part)
        let judge = try ProductionJudge()
        let stricter = try (0..<12).map { number in
            let action = Action.allCases.randomElement(using: &random) ?? .fileRead
            let condition = [
                "", "    where: {certainty: possible}\n", "    unless: {user: root}\n",
                "    where: {place: host}\n", "    where: {program: [rm, \"s*\"]}\n",
            ].randomElement(using: &random)
            let rule = "  - id: added-\(number)\n    forbid: \(action.rawValue)\n\(condition ?? "")"
            return (rule, try ProductionJudge(adding: rule))
        }
        var hardened = 0
        for line in Self.lines.dropFirst(Int(part)).every(2) {
            guard let actions = judge.actions(of: line.text, line.input) else { continue }
            let before = judge.ruling(actions)
            for (rule, other) in stricter {
                let after = other.ruling(actions)
                #expect(after >= before, "\(line.text)\n\(rule)")
                if after > before { hardened += 1 }
            }
        }
        #expect(hardened > 100)
    }

    @Test(arguments: 0..<4)
    func `is no permit any more once it was refused and something is wrapped around it`(
        _ part: Int
    ) throws {
        let judge = try ProductionJudge()
        var random = SeededGenerator(seed: UInt64(part))
        var denied = 0
        // Bash reads all of a command before an alias in it counts.
        for line in Self.lines.dropFirst(part).every(4)
        where !line.text.contains("alias") && judge.ruling(line.text, line.input) == .deny {
            denied += 1
            let needsInput = judge.ruling(line.text, .nothing) != .deny
            let all = Self.wrapped(line.text, needsInput: needsInput)
            for wrapped in all.shuffled(using: &random).prefix(5) {
                #expect(judge.ruling(wrapped, line.input) != .permit, "\(wrapped)")
            }
        }
        #expect(denied > 100)
    }

    private static func wrapped(_ text: String, needsInput: Bool) -> [String] {
        let quoted = EvasionGenerator.singleQuoted(text)
        var words = [
            "bash -c", "sudo -n bash -c", "eval", "env A=1 bash -c", "timeout 5 bash -c",
            "nohup nice -n 5 bash -c", "ssh web2", "su -c", "docker exec c bash -c",
            "kubectl exec p -- bash -c", "flock ./l -c", "bash <<<", "setsid -w bash -c",
        ].map { $0 + " " + quoted }
        // It gives what it starts nothing to read.
        if !needsInput { words.append("xargs -0 -n1 bash -c <<< \(quoted)") }
        // Where these stand, `find` puts the file.
        if !text.contains("{}") { words.append("find . -maxdepth 0 -exec bash -c \(quoted) \\;") }
        return words + [
            "(\n\(text)\n)", "{\n\(text)\n}", "if\n\(text)\nthen :; fi", "f() {\n\(text)\n}; f",
            "while\n\(text)\ndo break; done", "case x in *)\n\(text)\n;; esac",
            ": \"$(\n\(text)\n)\"", "bash <<'BEHIND'\n\(text)\nBEHIND\n",
            "printf %s \(Encoding.base64(text)) | base64 -d | bash", "true &&\n{\n\(text)\n}",
            "{\n\(text)\n} &", "! {\n\(text)\n}", ":;\n\(text)\n:", "trap \(quoted) EXIT",
        ]
    }

    @Test(arguments: 0..<4)
    func `is the same however a word is quoted`(_ part: Int) throws {
        let judge = try ProductionJudge()
        var random = SeededGenerator(seed: UInt64(part))
        var count = 0
        for line in Self.lines.dropFirst(part).every(4) {
            let before = judge.ruling(line.text, line.input)
            for _ in 0..<3 {
                guard let other = QuotableWords.requoted(line.text, &random) else { continue }
                count += 1
                let after = judge.ruling(other, line.input)
                #expect(after == before, "\(other)\n  was: \(line.text)")
            }
        }
        #expect(count > 1000)
    }
}

extension Sequence {
    /// The first, and each that so many stand behind the one before.
    fileprivate func every(_ count: Int) -> [Element] {
        enumerated().filter { $0.offset % count == 0 }.map(\.element)
    }
}
