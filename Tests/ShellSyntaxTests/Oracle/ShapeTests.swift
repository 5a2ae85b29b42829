import ShellSyntax
import Testing

/// The trees of programs beside those of mvdan/sh: which commands are in which, what is a word and what
/// is in it, and where.
///
/// Texts that one of the two cannot read are no matter here: what is read is for `ShellJudge` to say.
@Suite(.enabled(if: Shfmt.isInstalled, "shfmt is not installed"))
struct `the shape of a tree` {
    @Test func `is that of mvdan/sh for the corpus`() async throws {
        let outcome = try await compare(Corpus.texts)
        let known = KnownShapeDifference.all

        for text in outcome.differing where !known.contains(where: { $0.text == text.text }) {
            Issue.record(text.issue)
        }
        for difference in known
        where !outcome.differing.contains(where: { $0.text == difference.text }) {
            Issue.record(
                "\(difference.text.debugDescription) differs no more: \(difference.reason)"
            )
        }
        #expect(outcome.count > 1400)
    }

    @Test func `is that of mvdan/sh for typical command lines`() async throws {
        let outcome = try await compare(Corpus.typical)

        for text in outcome.differing { Issue.record(text.issue) }
        #expect(outcome.count == (try Corpus.typical.count))
    }

    @Test func `is that of mvdan/sh for generated programs`() async throws {
        var generator = ProgramGenerator(seed: 5)
        let outcome = try await compare((0..<3000).map { _ in generator.next() })

        for text in outcome.differing where !text.isKnown { Issue.record(text.issue) }
        #expect(outcome.count > 600)
        #expect(outcome.differing.count < outcome.count / 10)
    }

    private func compare(_ texts: [String]) async throws -> (count: Int, differing: [Differing]) {
        let shapes = try await Shfmt.shapes(of: texts)
        var count = 0
        var differing: [Differing] = []
        for (text, theirs) in zip(texts, shapes) {
            let program = Program(text.utf8, dialect: .bash)
            guard let theirs, program.status == .accepted else { continue }
            count += 1
            let ours = Shape(program)
            guard !ours.agrees(with: theirs) else { continue }
            differing.append(Differing(text: text, program: program, ours: ours, theirs: theirs))
        }
        return (count, differing)
    }
}

private struct Differing {
    let text: String
    let program: Program
    let ours: Shape
    let theirs: Shape

    var isKnown: Bool { ForeignToShfmt.isFound(in: program, of: text) }

    var issue: Comment {
        let changes = ours.lines.difference(from: theirs.lines).map { change in
            switch change {
            case .insert(_, let line, _): "ours:   \(line)"
            case .remove(_, let line, _): "theirs: \(line)"
            }
        }
        return "\(text.debugDescription)\n\(changes.joined(separator: "\n"))"
    }
}
