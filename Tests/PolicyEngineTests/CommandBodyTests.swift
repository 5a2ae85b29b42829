import Crypto
import Foundation
import TestSupport
import Testing

/// The commands of others that decisions are measured with.
@Suite struct `the body of real commands` {
    private struct Labelled: Decodable {
        enum Label: String, Decodable { case permit, review, deny }

        let id: String
        let label: Label
        let why: String
    }

    private struct Command: Decodable {
        let id: String
        let source: String
        let command: String
    }

    private static let folder = "Tests/Fixtures/commands"

    private func lines<Value: Decodable>(_ name: String, of type: Value.Type) throws -> [Value] {
        try RepositoryFile("\(Self.folder)/\(name)").lines.filter { !$0.isEmpty }
            .map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    }

    @Test func `is frozen: each file has the digest that is written beside it`() throws {
        let written = try RepositoryFile("\(Self.folder)/README.md").lines
            .map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count == 2 && $0[0].count == 64 }
        #expect(written.map { $0[1] } == ["body.jsonl", "labels.jsonl", "packages.lock"])
        for fields in written {
            let path = RepositoryFile.path("\(Self.folder)/\(fields[1])")
            let digest = SHA256.hash(data: try Data(contentsOf: URL(filePath: path)))
            #expect(digest.map { String(format: "%02x", $0) }.joined() == fields[0], "\(fields[1])")
        }
    }

    @Test func `has one label for each command`() throws {
        let commands = try lines("body.jsonl", of: Command.self)
        let labels = try lines("labels.jsonl", of: Labelled.self)

        #expect(commands.count >= 2000)
        #expect(labels.map(\.id) == commands.map(\.id))
        #expect(Set(commands.map(\.id)).count == commands.count)
        #expect(labels.allSatisfy { !$0.why.isEmpty })
        #expect(commands.allSatisfy { !$0.source.isEmpty && !$0.command.isEmpty })
    }
}
