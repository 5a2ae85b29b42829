import PolicyEngine
import StrictYAML
import Testing

@testable import Authority

@Suite struct `the snippet for a target` {
    @Test(arguments: ["login", "login@target"])
    func `has lines that a terminal shows whole, but for the key`(principal: String) throws {
        let text = """
            targets:
              web1:
                address: web1
                logins: [deploy, root]
                certificate-principal: \(principal)
            """
        let file = SourceFile(name: "x", bytes: Array(text.utf8))
        let target = try #require(try Inventory.read([file]).value.targets.first)
        let snippet = TargetSnippet(
            target: target,
            authority: "ssh-ed25519 AAAA",
            authorityPath: TargetSnippet.defaultAuthorityPath
        )

        #expect(snippet.text.split(separator: "\n").filter { $0.count > 80 } == [])
    }
}
