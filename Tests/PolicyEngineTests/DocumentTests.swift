import Foundation
import StrictYAML
import Testing

@testable import PolicyEngine

@Suite struct `the description of the inventory` {
    private func document() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("docs/formats/inventory.md")
        return try String(contentsOf: path, encoding: .utf8)
    }

    @Test func `has an example that is accepted as it stands`() throws {
        let parts = try document().components(separatedBy: "```yaml\n")
        let example = try #require(parts.last?.components(separatedBy: "```").first)
        let file = SourceFile(name: "example", bytes: Array(example.utf8))
        let accepted = try Inventory.read([file])
        #expect(accepted.warnings.isEmpty)
        #expect(accepted.value.grants.count == 2)
    }

    @Test func `names every key`() throws {
        let text = try document()
        let keys =
            InventoryReader.keys + PrincipalReader.keys + AuthorityReader.keys
            + RevocationReader.keys + TargetReader.keys + GrantReader.keys
        for key in keys { #expect(text.contains("`\(key)`"), "\(key)") }
    }
}
