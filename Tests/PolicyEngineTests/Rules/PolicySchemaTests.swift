import CommandAnalysis
import Foundation
import StrictYAML
import TestSupport
import Testing

@testable import PolicyEngine

@Suite struct `the schema of policy files` {
    private let schema: [String: Any]
    private let definitions: [String: Any]

    init() throws {
        let path = RepositoryFile.path("policies/policy.schema.json")
        let data = try Data(contentsOf: URL(filePath: path))
        let json = try JSONSerialization.jsonObject(with: data)
        schema = try #require(json as? [String: Any])
        definitions = try #require(schema["$defs"] as? [String: Any])
    }

    private func keys(_ object: Any?) throws -> Set<String> {
        let object = try #require(object as? [String: Any])
        #expect(object["additionalProperties"] as? Bool == false)
        return Set(try #require(object["properties"] as? [String: Any]).keys)
    }

    private func words(_ object: Any?) throws -> Set<String> {
        Set(try #require((object as? [String: Any])?["enum"] as? [String]))
    }

    @Test func `has the keys that the reader has`() throws {
        #expect(try keys(schema) == Set(PolicyReader.keys))
        #expect(try keys(definitions["rule"]) == Set(RuleReader.keys))
        #expect(try keys(definitions["scope"]) == Set(ScopeReader.keys))
        let rule = try #require(definitions["rule"] as? [String: Any])
        let properties = try #require(rule["properties"] as? [String: Any])
        #expect(try keys(properties["approval"]) == Set(RuleReader.approvalKeys))
        let scope = try #require(definitions["scope"] as? [String: Any])
        let parts = try #require(scope["properties"] as? [String: Any])
        #expect(try keys(parts["targets"]) == Set(ScopeReader.targetKeys))
    }

    @Test func `has the attributes and actions of the vocabulary`() throws {
        let attributes = ActionAttribute.allCases.map(\.rawValue)
        #expect(
            try keys(definitions["condition"])
                == Set(attributes + ConditionReader.connectives + ConditionReader.commonKeys)
        )
        #expect(try words(definitions["attribute"]) == Set(attributes))
        let families = Action.allCases.compactMap { $0.rawValue.split(separator: ".").first }
        #expect(
            try words(definitions["action"])
                == Set(Action.allCases.map(\.rawValue) + families.map { "\($0).*" } + ["any"])
        )
        #expect(
            try words(definitions["kind"]) == Set(PrincipalName.Kind.allCases.map(\.rawValue))
        )
    }
}

@Suite struct `the description of policy files` {
    private func document() throws -> String {
        try RepositoryFile("docs/formats/policy.md").lines.joined(separator: "\n")
    }

    @Test func `has an example that is accepted as it stands`() throws {
        let parts = try document().components(separatedBy: "```yaml\n")
        let example = try #require(parts.last?.components(separatedBy: "```").first)
        let file = SourceFile(name: "example", bytes: Array(example.utf8))
        let accepted = try Policy.read([file])
        #expect(accepted.warnings.isEmpty)
        #expect(accepted.value.rules.count == 4)
    }

    @Test func `names every key`() throws {
        let text = try document()
        let keys =
            PolicyReader.keys + RuleReader.keys + ScopeReader.keys + ScopeReader.targetKeys
            + RuleReader.approvalKeys + ConditionReader.connectives + ConditionReader.commonKeys
        for key in keys { #expect(text.contains("\(key)"), "\(key)") }
    }
}
