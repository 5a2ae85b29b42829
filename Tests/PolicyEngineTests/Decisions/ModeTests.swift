import CommandAnalysis
import PolicyEngine
import Testing

/// What a policy that only observes does with what it says.
@Suite struct `a command line under a policy that observes` {
    private let rules = """
        - {id: g, forbid: [guard.escape, file.delete]}
        - {id: p, permit: system.read}
        - {id: r, review: service.control}
        """

    private func verdict(_ line: String, _ top: String) throws -> RuleVerdict {
        RuleBook(policy: try PolicySamples.policy(rules, top: top), knowledge: Shipped.knowledge)
            .judge(Array(line.utf8), in: CommandSituation(context: PolicySamples.context())).verdict
    }

    @Test(arguments: [
        ("rm -rf /srv/data", Ruling.deny), ("systemctl restart nginx", .review), ("reboot", .deny),
    ])
    func `lets run what it would refuse, and says so`(_ line: String, _ ruling: Ruling) throws {
        let verdict = try verdict(line, "mode: observe")
        #expect(verdict.ruling == .permit && verdict.mode == .observe)
        #expect(verdict.observation?.ruling == ruling)
        #expect(try self.verdict(line, "").ruling == ruling)
    }

    @Test func `says nothing of what it permits`() throws {
        let verdict = try verdict("uptime", "mode: observe")
        #expect(verdict.ruling == .permit && verdict.observation == nil)
    }

    @Test func `still guards the guard, but where it observes everything`() throws {
        let line = "echo x >> ~/.ssh/authorized_keys"
        #expect(try verdict(line, "mode: observe").ruling == .deny)
        let everything = try verdict(line, "mode: observe\nobserve: everything")
        #expect(everything.ruling == .permit && everything.mode == .observeEverything)
        #expect(everything.observation?.ruling == .deny)
    }

    @Test func `cannot tell whether an unreadable line escapes the guard`() throws {
        #expect(try verdict("echo (x", "mode: observe").ruling == .deny)
        let everything = try verdict("echo (x", "mode: observe\nobserve: everything")
        #expect(everything.ruling == .permit && everything.undecidable == nil)
        #expect(everything.observation?.undecidable != nil)
    }
}
