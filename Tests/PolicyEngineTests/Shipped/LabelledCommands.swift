import Foundation
import TestSupport

/// Command lines of others, each with what is meant to happen.
struct LabelledCommands {
    enum Label: String, Decodable { case permit, review, deny }

    struct Command: Decodable {
        let id: String
        let source: String
        let command: String
    }

    struct Labelled: Decodable {
        let id: String
        let label: Label
        let why: String
    }

    static let folder = "Tests/Fixtures/commands"
    /// What decisions were measured with until its differences were explained and mended.
    static let body = (commands: "body.jsonl", labels: "labels.jsonl")
    /// What decisions are measured with, and nothing is written for.
    static let secondBody = (commands: "second-body.jsonl", labels: "second-labels.jsonl")
    /// What may be looked at to find out what is missing.
    static let practice = (commands: "practice.jsonl", labels: "practice-labels.jsonl")

    let commands: [Command]
    let labels: [Labelled]

    init(_ files: (commands: String, labels: String)) throws {
        commands = try Self.lines(files.commands)
        labels = try Self.lines(files.labels)
    }

    private static func lines<Value: Decodable>(_ name: String) throws -> [Value] {
        try RepositoryFile("\(folder)/\(name)").lines.filter { !$0.isEmpty }
            .map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
}
