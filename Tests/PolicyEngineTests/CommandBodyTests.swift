import Crypto
import Foundation
import TestSupport
import Testing

/// The commands of others that decisions are measured with.
@Suite struct `the body of real commands` {
    @Test func `is frozen: each file has the digest that is written beside it`() throws {
        let written = try RepositoryFile("\(LabelledCommands.folder)/README.md").lines
            .map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count == 2 && $0[0].count == 64 }
        let files = [LabelledCommands.body, LabelledCommands.secondBody]
            .flatMap { [$0.commands, $0.labels] }
        #expect(written.map { $0[1] } == files + ["packages.lock"])
        for fields in written {
            let path = RepositoryFile.path("\(LabelledCommands.folder)/\(fields[1])")
            let digest = SHA256.hash(data: try Data(contentsOf: URL(filePath: path)))
            #expect(digest.map { String(format: "%02x", $0) }.joined() == fields[0], "\(fields[1])")
        }
    }

    @Test func `has one label for each command`() throws {
        let body = try LabelledCommands(LabelledCommands.body)
        #expect(body.commands.count >= 2000)
        try expectLabels(of: body)
        let second = try LabelledCommands(LabelledCommands.secondBody)
        #expect(second.commands.count >= 1000)
        try expectLabels(of: second)
    }

    @Test func `has none of the commands to learn from, which have labels too`() throws {
        let practice = try LabelledCommands(LabelledCommands.practice)
        let body = try LabelledCommands(LabelledCommands.body)
        let second = try LabelledCommands(LabelledCommands.secondBody)
        #expect(practice.commands.count >= 2000)
        try expectLabels(of: practice)
        let known = Set(practice.commands.map(\.words))
        #expect(known.isDisjoint(with: body.commands.map(\.words)))
        let seen = known.union(body.commands.map(\.words))
        #expect(seen.isDisjoint(with: second.commands.map(\.words)))
    }

    private func expectLabels(of body: LabelledCommands) throws {
        #expect(body.labels.map(\.id) == body.commands.map(\.id))
        #expect(Set(body.commands.map(\.id)).count == body.commands.count)
        #expect(body.labels.allSatisfy { !$0.why.isEmpty })
        #expect(body.commands.allSatisfy { !$0.source.isEmpty && !$0.command.isEmpty })
    }
}

extension LabelledCommands.Command {
    /// However it is spaced.
    fileprivate var words: [Substring] { command.split { $0.isWhitespace } }
}
