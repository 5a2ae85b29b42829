import CommandAnalysis
import Foundation
import PolicyEngine
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

@Suite struct `a policy of any bytes` {
    private static let actions = Action.allCases.map { action in
        ForeseenAction.sample(
            action,
            .path(.start("x"), .absolute("etc", .unknown), AbstractPath(root: .unknown)),
            .text(.verb, .unknown, "restart")
        )
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func `is refused or decides, and never traps`(_ seed: UInt64) throws {
        let path = RepositoryFile.path("policies/production.yaml")
        let whole = Array(try Data(contentsOf: URL(filePath: path)))
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        var refused = 0
        for _ in 0..<40 {
            // A part of the file, so that a mutation is not always in a word that is refused.
            let lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let head = lines.prefix(Int.random(in: 90...lines.count, using: &random))
            var bytes = Array(head.joined(separator: [UInt8(ascii: "\n")]))
            if Bool.random(using: &random) { bytes = random.mutation(of: bytes) }
            do throws(RefusedFiles) {
                let file = SourceFile(name: "p.yaml", bytes: bytes)
                let decider = RuleDecider(policy: try Policy.read([file]).value)
                let verdict = decider.judge(Self.actions, in: PolicySamples.context())
                #expect(verdict.ruling == .deny)
                accepted += 1
            } catch {
                #expect(!error.findings.isEmpty)
                refused += 1
            }
        }
        #expect(accepted > 2 && refused > 2)
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func `has patterns that are refused or match, and never trap`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("/~*.?[]!-\\ab{é")
        var read = 0
        for _ in 0..<2000 {
            let length = Int.random(in: 0...9, using: &random)
            var text = Bool.random(using: &random) ? "/" : "~*/"
            for _ in 0..<length { text.append(alphabet.randomElement(using: &random) ?? "/") }
            do throws(PathPatternError) {
                let pattern = try PathPattern(ShellText(text))
                read += 1
                for path in [AbstractPath.unknown, .start("a"), .absolute("a", .unknown), .home()] {
                    // What holds of all that is below holds of the path too.
                    let whole = pattern.match(path, recursive: true)
                    #expect(whole != .yes || pattern.match(path, recursive: false) == .yes)
                }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(read > 200)
    }
}
