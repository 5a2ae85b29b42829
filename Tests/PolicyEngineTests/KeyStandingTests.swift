import PolicyEngine
import StrictYAML
import Testing

@Suite struct `a verified key` {
    private func key(_ number: UInt8) throws -> HashedKey {
        let blob = try Keys.blob(Keys.ed25519(number))
        return HashedKey(blob: blob, sha256: [UInt8](repeating: number, count: 32))
    }

    private func inventory(_ text: String, with other: String) throws -> Inventory {
        try Samples.read(Samples.inventory.replacing(text, with: other)).value
    }

    @Test func `signs in whom it belongs to`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        guard case .accepted(let alice) = inventory.standing(of: try key(1)) else {
            Issue.record("refused")
            return
        }
        #expect(alice.name == principal("human:alice"))
        #expect(inventory.standing(of: try key(5)) == .unknownKey)
        #expect(inventory.standing(of: try key(8)) == .revoked)
    }

    @Test func `is refused when it is revoked or its owner disabled`() throws {
        let revoked = try inventory(
            "revoked:\n  keys: [",
            with: "revoked:\n  keys: [\"\(Keys.ed25519(1))\", "
        )
        #expect(revoked.standing(of: try key(1)) == .revoked)
        let disabled = try inventory(
            "owner: human:alice",
            with: "owner: human:alice\n    disabled: true"
        )
        #expect(
            disabled.standing(of: try key(3))
                == .disabled(principal("agent:copilot"), .bySetting)
        )
    }

    @Test func `with a certificate signs in whom its authority speaks for`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        func standing(
            _ authority: UInt8,
            _ serial: UInt64,
            _ names: [String],
            _ subject: UInt8 = 50
        ) throws -> KeyStanding {
            inventory.standing(
                of: try key(subject),
                certifiedBy: try key(authority),
                serial: serial,
                validPrincipals: names
            )
        }
        guard case .accepted(let bob) = try standing(9, 1, ["bob@corp"]) else {
            Issue.record("refused")
            return
        }
        #expect(bob.name == principal("human:bob"))
        #expect(try standing(9, 7, ["bob@corp"]) == .revoked)
        #expect(try standing(9, 1, ["bob@corp"], 8) == .revoked)
        #expect(try standing(8, 1, ["bob@corp"]) == .revoked)
        #expect(try standing(10, 1, ["bob@corp"]) == .unknownAuthority)
        #expect(try standing(9, 1, ["root"]) == .unresolved(.none))
        #expect(try standing(9, 1, []) == .unresolved(.none))
    }
}
