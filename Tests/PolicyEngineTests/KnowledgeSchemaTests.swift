import CommandAnalysis
import Foundation
import StrictYAML
import TestSupport
import Testing

@testable import PolicyEngine

@Suite struct `the schema of knowledge files` {
    private let schema: [String: Any]

    init() throws {
        let path = RepositoryFile.path("policies/knowledge.schema.json")
        let data = try Data(contentsOf: URL(filePath: path))
        schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// What is at the end of these keys.
    private func part<Part>(_ keys: String..., as type: Part.Type = Part.self) throws -> Part {
        var part: Any = schema
        for key in keys { part = try #require((part as? [String: Any])?[key]) }
        return try #require(part as? Part)
    }

    private func names(_ properties: [String: Any]) -> [String] { properties.keys.sorted() }

    /// The words of the first group of a pattern: `^(a|b)`.
    private func words(of pattern: String) throws -> [String] {
        let opening = try #require(pattern.firstIndex(of: "("))
        let closing = try #require(pattern.firstIndex(of: ")"))
        return pattern[pattern.index(after: opening)..<closing]
            .replacing("\\.", with: ".").split(separator: "|").map(String.init).sorted()
    }

    @Test func `has the keys that are read, and no others`() throws {
        #expect(try names(part("properties")) == KnowledgeFileReader.keys.sorted())
        let program: [String: Any] = try part("$defs", "program", "properties")
        #expect(names(program) == ProgramReader.keys.sorted())
        let usage: [String: Any] = try part("$defs", "usage", "properties")
        #expect(names(usage) == UsageReader.keys.sorted())
        let variable: [String: Any] = try part("$defs", "variable", "properties")
        #expect(names(variable) == SurroundingsReader.variableKeys.sorted())
        let classes: [String: Any] = try part("properties", "paths", "properties")
        #expect(names(classes) == PathClass.allCases.map(\.rawValue).sorted())
    }

    @Test func `lets no other key pass`() throws {
        for keys in [["program"], ["usage"], ["variable"]] {
            #expect(try part("$defs", keys[0], "additionalProperties") == false)
        }
        #expect(try part("additionalProperties") == false)
        #expect(try part("properties", "paths", "additionalProperties") == false)
    }

    @Test func `has the words that are read, and no others`() throws {
        let program: [String] = ["$defs", "program", "properties"]
        #expect(
            try part(program[0], program[1], program[2], "style", "enum")
                == OptionStyle.allCases.map(\.rawValue)
        )
        #expect(
            try part(program[0], program[1], program[2], "reader", "enum")
                == ArgumentReader.allCases.map(\.rawValue)
        )
        #expect(
            try part("$defs", "variable", "properties", "value", "enum")
                == ValueType.ofVariables.map(\.rawValue)
        )
        #expect(
            try words(of: part("$defs", "effect", "pattern"))
                == Action.allCases.map(\.rawValue).sorted()
        )
        #expect(
            try words(of: part("$defs", "usage", "properties", "operands", "pattern"))
                == ValueType.allCases.map(\.rawValue).sorted()
        )
        let version = String(try part("properties", "knowledge", "const", as: Int.self))
        #expect(version == KnowledgeFileReader.version)
    }
}
