import AuditTrail
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `what a client says of itself` {
    private func context(_ variables: (String, String)...) -> ClientContext {
        ClientContext(
            variables.map { EnvironmentAssignment(name: $0, value: Array($1.utf8)) }
        )
    }

    @Test func `is the form of its answers`() {
        let said = context(
            ("SALLYPORT_OUTPUT", "json"),
            ("SALLYPORT_NONCE", "5f1c-90a2"),
            ("SALLYPORT_EXIT", "255"),
            ("SALLYPORT_WAIT", "10m"),
            ("SALLYPORT_INPUT", "none"),
            ("LANG", "C")
        )
        #expect(said.answersInJSON && said.promise == .nothing)
        #expect(said.nonce == "5f1c-90a2" && said.refusalStatus == 255)
        #expect(said.wait == .seconds(600))
        #expect(said.claims.isEmpty && said.refused.isEmpty)
        let silent = context()
        #expect(!silent.answersInJSON && silent.promise == nil && silent.wait == nil)
    }

    @Test(arguments: [("0f", 0x0F), ("aA", 0xAA)] as [(String, UInt8)])
    func `is which input it sends`(_ digits: String, _ byte: UInt8) {
        let said = context(("SALLYPORT_INPUT", "sha256:" + String(repeating: digits, count: 32)))
        #expect(said.promise == .input(digest: Array(repeating: byte, count: 32)))
        #expect(said.refused.isEmpty)
    }

    @Test func `is what it claims, by name`() {
        let said = context(
            ("SALLYPORT_TICKET", "CHG-17"),
            ("SALLYPORT_CHANGE_REASON", "the disk is full")
        )
        #expect(said.claims == ["ticket": "CHG-17", "change-reason": "the disk is full"])
        #expect(said.messageClaims.map(\.name) == ["change-reason", "ticket"])
    }

    @Test(arguments: [
        ("SALLYPORT_OUTPUT", "xml"), ("SALLYPORT_NONCE", ""), ("SALLYPORT_NONCE", "a b"),
        ("SALLYPORT_NONCE", "a\u{1B}"), ("SALLYPORT_EXIT", "0"), ("SALLYPORT_EXIT", "256"),
        ("SALLYPORT_WAIT", "10"), ("SALLYPORT_WAIT", "2h"), ("SALLYPORT_WAIT", "-1s"),
        ("SALLYPORT_INPUT", "some"), ("SALLYPORT_INPUT", "sha256:"),
        ("SALLYPORT_INPUT", "sha256:" + String(repeating: "a", count: 63) + "g"),
        ("SALLYPORT_INPUT", "sha256:" + String(repeating: "a", count: 66)),
        ("SALLYPORT_INPUT", String(repeating: "a", count: 64)), ("SALLYPORT_TICKET", "a\nb"),
        ("SALLYPORT_", "x"),
        ("SALLYPORT_T$", "x"),
    ])
    func `is left out where it says nothing that is known`(_ name: String, _ value: String) {
        let said = context((name, value))
        #expect(said.refused == [name])
        #expect(said == context() || said.claims.isEmpty)
    }

    @Test func `has limits`() {
        let nonce = String(repeating: "a", count: 128)
        #expect(context(("SALLYPORT_NONCE", nonce)).nonce == nonce)
        #expect(context(("SALLYPORT_NONCE", nonce + "a")).nonce == nil)
        #expect(context(("SALLYPORT_WAIT", "60m")).wait == ClientContext.maximumWait)
        #expect(context(("SALLYPORT_WAIT", "61m")).wait == nil)
        let value = String(repeating: "é", count: 128)
        #expect(context(("SALLYPORT_X", value)).claims.count == 1)
        #expect(context(("SALLYPORT_X", value + "a")).claims.isEmpty)
        let claims = (1...17).map {
            EnvironmentAssignment(name: "SALLYPORT_C\($0)", value: [UInt8(ascii: "x")])
        }
        #expect(ClientContext(claims).claims.count == 16)
        #expect(ClientContext(claims).refused == ["SALLYPORT_C17"])
    }

    @Test func `never reaches a target`() throws {
        let world = try World()
        let plan = try world.plan(saying: ["SALLYPORT_TICKET": "CHG-1"])
        #expect(plan.environment.map(\.name) == ["LANG"])
        #expect(plan.client.claims == ["ticket": "CHG-1"])
        #expect(plan.opened.claims == ["ticket": "CHG-1"])
    }
}
