import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `a refusal in words` {
    private let rules = """
        - {id: look, permit: [system.read, privilege.elevate, code.run]}
        - id: no-removal
          forbid: file.delete
          where: {path: [/, /etc/**]}
          reason: it takes the host down
          instead: ask the platform team
        - {id: restarts, review: service.control}
        """

    private func refusal(_ line: String) throws -> Refusal? {
        RuleBook(policy: try PolicySamples.policy(rules), knowledge: Shipped.knowledge)
            .judge(Array(line.utf8), in: CommandSituation(context: PolicySamples.context()))
            .verdict.refusal
    }

    private func text(_ line: String) throws -> String {
        try #require(try refusal(line)).text(of: Array(line.utf8))
    }

    @Test func `names the rule, underlines the place, says why and what to do instead`() throws {
        #expect(
            try text("sudo sh -c 'cd / && rm -rf *'") == """
                sallyport: denied by no-removal (test.yaml:5)
                  sudo sh -c 'cd / && rm -rf *'
                                      ^^^^^^^^ file.delete /* recursive force as `root`
                  because: it takes the host down
                  instead: ask the platform team
                  also denied: no rule permits this: possibly guard.escape /* verb=remove \
                as `root`, possibly audit.tamper /* as `root`, \
                possibly schedule.change /* verb=remove as `root`

                """
        )
    }

    @Test func `says that no rule permits, where that is so`() throws {
        #expect(
            try text("uptime; reboot") == """
                sallyport: denied: no rule permits this
                  uptime; reboot
                          ^^^^^^ host.power verb=reboot

                """
        )
    }

    @Test func `puts what has one cause together, and shows the line in question`() throws {
        #expect(
            try text("uptime\nrm /etc/x /etc/y\nsystemctl restart x") == """
                sallyport: denied by no-removal (test.yaml:5)
                  rm /etc/x /etc/y
                  ^^^^^^^^^^^^^^^^ file.delete /etc/x, file.delete /etc/y
                  because: it takes the host down
                  instead: ask the platform team

                """
        )
    }

    @Test func `says what needs an approval where nothing is denied`() throws {
        #expect(
            try text("systemctl restart nginx") == """
                sallyport: needs an approval by restarts (test.yaml:10)
                  systemctl restart nginx
                  ^^^^^^^^^^^^^^^^^^^^^^^ service.control unit=nginx verb=restart

                """
        )
        #expect(try refusal("uptime") == nil)
    }

    @Test func `shows where a line cannot be read`() throws {
        #expect(
            try text("echo (x") == """
                sallyport: denied: undecidable: unexpected `x`, expected `)`
                  echo (x
                        ^

                """
        )
    }

    @Test func `shows a part of a long line and nothing that a terminal acts on`() throws {
        let long = String(repeating: "x", count: 300)
        let text = try text("echo \(long) $'\u{1B}'; rm /etc/x; echo \(long)")
        let lines = text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 170 })
        #expect(!text.utf8.contains(0x1B))
        #expect(text.contains("; rm /etc/x;") && text.contains("…"))
        let column = lines[1].firstRange(of: "rm /etc").map {
            lines[1].distance(from: lines[1].startIndex, to: $0.lowerBound)
        }
        let mark = lines[2].firstIndex(of: "^").map {
            lines[2].distance(from: lines[2].startIndex, to: $0)
        }
        #expect(column == mark)
    }

    @Test func `counts wide characters as two columns`() throws {
        let lines = try text("echo 日本 é; reboot").split(separator: "\n")
        #expect(lines[2].prefix { $0 == " " }.count == 2 + "echo ".count + 4 + " é; ".count)
    }

    @Test func `is JSON with the same values`() throws {
        var writer = JSONWriter()
        writer.beginObject()
        try #require(try refusal("rm /etc/x")).write(to: &writer)
        writer.endObject()
        #expect(
            String(decoding: writer.text, as: UTF8.self)
                == #"{"decision":"deny","reason":"forbidden by `no-removal (test.yaml:5)`","#
                + #""rules":["no-removal (test.yaml:5)"],"#
                + #""actions":[{"action":"file.delete /etc/x","decision":"deny","start":0,"end":9,"#
                + #""rules":["no-removal (test.yaml:5)"],"reason":"it takes the host down","#
                + #""instead":"ask the platform team"}]}"#
        )
    }
}
