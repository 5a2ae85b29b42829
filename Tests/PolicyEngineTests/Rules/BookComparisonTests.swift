import PolicyEngine
import Testing

@Suite struct `a comparison of two books` {
    private func book(_ rules: String) throws -> RuleBook {
        RuleBook(policy: try PolicySamples.policy(rules), knowledge: Shipped.knowledge)
    }

    private func lines(_ old: String, _ new: String, over commands: String...) throws -> [String] {
        var comparison = BookComparison(from: try book(old), to: try book(new))
        for (number, command) in commands.enumerated() {
            comparison.add(.sample(command, origin: "s-\(number)"))
        }
        return comparison.lines
    }

    @Test func `shows what is decided otherwise, what becomes looser first`() throws {
        let old = "- {id: look, permit: system.read}\n- {id: ask, review: file.delete}"
        let new =
            "- {id: all, permit: any}\n- {id: stop, forbid: file.read}\n"
            + "- {id: look2, review: system.read}"
        #expect(
            try lines(old, new, over: "uptime", "rm /x", "cat /x", "touch /x", "true") == [
                "deny → permit: 1 command",
                "  touch /x",
                "    from: s-3",
                "    old: no rule permits `file.write`",
                "    new: permitted by `all (test.yaml:4)`",
                "review → permit: 1 command",
                "  rm /x",
                "    from: s-1",
                "    old: needs an approval by `ask (test.yaml:5)`",
                "    new: permitted by `all (test.yaml:4)`",
                "permit → review: 2 commands",
                "  uptime",
                "    from: s-0",
                "    old: permitted by `look (test.yaml:4)`",
                "    new: needs an approval by `all (test.yaml:4)`, `look2 (test.yaml:6)`",
                "  true",
                "    from: s-4",
                "    old: permitted by `look (test.yaml:4)`",
                "    new: needs an approval by `all (test.yaml:4)`, `look2 (test.yaml:6)`",
                "5 commands, 4 decided otherwise "
                    + "(deny → permit: 1, review → permit: 1, permit → review: 2)",
            ]
        )
    }

    @Test func `of a book with itself has nothing to show`() throws {
        let rules = "- {id: look, permit: system.read}"
        #expect(
            try lines(rules, rules, over: "uptime", "rm x") == ["2 commands, 0 decided otherwise"]
        )
    }
}
