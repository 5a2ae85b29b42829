import PolicyEngine
import SSHKeys
import StrictYAML
import Testing

@testable import Authority

@Suite struct `a scan of a target of the inventory` {
    private let old = Ed25519SigningKey.generate()
    private let new = Ed25519SigningKey.generate()

    private func fingerprint(_ key: Ed25519SigningKey) -> String {
        SSHKeys.Fingerprint(of: key.publicKey).description
    }

    private func comparison(
        pinned: [Ed25519SigningKey],
        shown: [Ed25519SigningKey],
        isAlone: Bool = false
    ) throws -> PinComparison {
        let keys = pinned.map { "\"\(Hosts.line($0))\"" }.joined(separator: ", ")
        let text = "targets: {web1: {address: web1, logins: [deploy], host-keys: [\(keys)]}}"
        let file = SourceFile(name: "x", bytes: Array(text.utf8))
        let lines = shown.map { "x \(Hosts.line($0))\n" }.joined()
        return PinComparison(
            try #require(try Inventory.read([file]).value.targets.first),
            try TargetScan(Hosts.output(lines), kinds: [.ed25519]),
            kinds: [.ed25519],
            at: 0,
            in: PinComparison.Place(
                location: SourceLocation(file: "/s/inventory.yaml", line: 12, column: 3),
                isAlone: isAlone
            )
        )
    }

    @Test func `says that the machine is the one that is known`() throws {
        let same = try comparison(pinned: [old], shown: [old, new])

        #expect(same.isSame)
        #expect(same.text.contains("\(fingerprint(old))  pinned\n"))
        #expect(same.text.contains("\(fingerprint(new))  not pinned\n"))
        #expect(same.text.hasSuffix("Nothing is to be done.\n"))
    }

    @Test func `says what changed, where it stands, and what to put there`() throws {
        let other = try comparison(pinned: [old], shown: [new])

        #expect(!other.isSame)
        #expect(other.text.contains("it does not show them:\n#   ED25519  \(fingerprint(old))\n"))
        #expect(other.text.contains("# /s/inventory.yaml, line 12; then `sallyport reload`:\n"))
        #expect(other.text.hasSuffix("\n    host-keys:\n      - \(Hosts.line(new))\n"))
    }

    @Test func `lets a file of its own be written`() throws {
        let other = try comparison(pinned: [old], shown: [new], isAlone: true)

        #expect(
            other.text.contains(
                "sallyport target scan web1 --expect \(fingerprint(new)) \\\n"
                    + "#     --write /s/inventory.yaml --replace\n"
            )
        )
    }

    @Test func `says that nothing is pinned yet`() throws {
        let none = try comparison(pinned: [], shown: [new])

        #expect(!none.isSame)
        #expect(none.text.contains("Nothing that counts is pinned"))
        #expect(!none.text.contains("does not show them"))
    }
}
