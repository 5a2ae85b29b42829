import AuditTrail
import PolicyEngine
import StrictYAML
import Testing

@testable import Authority

@Suite struct `the subject of a lock` {
    private let now = Timestamp(secondsSince1970: 1_800_000_000)
    private var naming: LockNaming

    init() throws {
        let text = """
            principals:
              human:alice: {}
              agent:alice: {owner: human:alice}
              human:bob: {}
            targets:
              web1: {address: web1, logins: [deploy]}
            """
        let file = SourceFile(name: "x", bytes: Array(text.utf8))
        naming = LockNaming(inventory: try Inventory.read([file]).value, locks: Locks())
    }

    /// What is locked, or why nothing is.
    private func locking(_ text: String) -> String {
        do { return "\(try naming.locking(text))" } catch { return error.description }
    }

    private func unlocking(_ text: String) -> String {
        do { return "\(try naming.unlocking(text, at: now))" } catch { return error.description }
    }

    @Test(arguments: [
        ("human:alice", "principal `human:alice`"), ("web1", "target `web1`"),
        ("all-agents", "all-agents"),
        // Nobody knows these yet, or any more, and they say what they are.
        ("human:zoe", "principal `human:zoe`"), ("target:old1", "target `old1`"),
        ("target:web1", "target `web1`"), ("target:all-agents", "target `all-agents`"),
    ])
    func `is what the inventory knows, or what says of which kind it is`(
        _ text: String,
        _ subject: String
    ) {
        #expect(locking(text) == subject)
    }

    @Test(arguments: [
        (
            "bob",
            "no target is called `bob` (did you mean `human:bob`?); "
                + "a target that is not in the inventory is `target:bob`"
        ),
        (
            "alice",
            "no target is called `alice` (did you mean `agent:alice` or `human:alice`?); "
                + "a target that is not in the inventory is `target:alice`"
        ),
        (
            "wbe1",
            "no target is called `wbe1`; "
                + "a target that is not in the inventory is `target:wbe1`"
        ),
        ("human:", "`human:` is no principal, no target and not `all-agents`"),
        ("\u{1B}[2J", "`\\u{1B}[2J` is no principal, no target and not `all-agents`"),
    ])
    func `is refused where it locks nothing that anybody knows`(_ text: String, _ reason: String) {
        #expect(locking(text) == reason)
    }

    @Test mutating func `is unlocked only while it is locked`() {
        naming = LockNaming(inventory: naming.inventory, locks: locks())
        #expect(unlocking("human:gone") == "principal `human:gone`")
        #expect(unlocking("old1") == "target `old1`")
        #expect(unlocking("all-agents").hasPrefix("all-agents is not locked"))
        #expect(
            unlocking("human:zoe")
                == "principal `human:zoe` is not locked; `sallyport locks` shows what is"
        )
        #expect(unlocking("gone").contains("did you mean `human:gone`?"))
        // Its lock is over.
        #expect(unlocking("human:bob").contains("is not locked"))
    }

    private func locks() -> Locks {
        var locks = Locks()
        locks.lock(.principal("human:gone"), until: nil, reason: "")
        locks.lock(.target("old1"), until: nil, reason: "")
        locks.lock(.principal("human:bob"), until: now, reason: "")
        return locks
    }
}

@Suite struct `what an administrator did` {
    private static let until = Timestamp(secondsSince1970: 1_800_000_000)
    private static let reloaded = Reloaded(
        version: 3,
        principals: 1,
        targets: 2,
        grants: 0,
        awaitingRestart: ["listen"]
    )

    @Test(
        arguments: [
            (
                .locked(.target("web1"), until: nil, isKnown: true), 2,
                "locked target `web1`, until it is unlocked; 2 sessions end by it"
            ),
            (
                .locked(.principal("human:zoe"), until: until, isKnown: false), 0,
                "locked principal `human:zoe` (not in the inventory), until \(until); "
                    + "no session ends by it"
            ),
            (.unlocked(.allAgents), 0, "unlocked all-agents"),
            (.terminatedSession("s-1"), 1, "ended session `s-1`"),
            (.terminatedSession("s-1"), 0, "session `s-1` is ending already"),
            (.terminatedConnection("c-1"), 1, "ended connection `c-1`; 1 session ends by it"),
            (
                .reloaded(reloaded), 1,
                "load 3 is in force: 1 principal, 2 targets, 0 grants; a restart is needed for listen; "
                    + "1 session ends by it"
            ),
        ] as [(Deed, Int, String)]
    )
    func `is told in one line`(_ deed: Deed, _ sessions: Int, _ text: String) {
        #expect(deed.text(ending: sessions) == text)
    }
}
