import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import Testing

@Suite struct `a command line that is checked` {
    private static let rules = """
        - id: no-removal
          forbid: file.delete
          where: {path: "/etc/**"}
          reason: it takes the host down
          instead: ask the platform team
        - id: look
          permit: [system.read, file.*]
        - id: restart
          review: service.control
          approval: {roles: [sre], quorum: 2}
        - id: elevate
          permit: privilege.elevate
        - id: fetch
          permit: network.connect
          claims: [ticket]
          time-limit: 10m
        """

    private func check(
        _ line: String,
        top: String = "",
        claims: [String: String] = [:],
        input: ClientInput = .nothing,
        grants: CheckedCommand.Grants = .notAsked
    ) throws -> CheckedCommand {
        let book = RuleBook(
            policy: try PolicySamples.policy(Self.rules, top: top),
            knowledge: Shipped.knowledge
        )
        var situation = CommandSituation(context: PolicySamples.context(claims: claims))
        situation.input = input
        return CheckedCommand(Array(line.utf8), in: situation, by: book, grants: grants)
    }

    private func json(_ checked: CheckedCommand) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        checked.write(to: &writer)
        writer.endObject()
        return String(decoding: writer.text, as: UTF8.self)
    }

    @Test func `that is denied shows why, and all that it does`() throws {
        let checked = try check("uptime; sudo rm -r /etc/app")
        #expect(checked.decision.ruling == .deny)
        #expect(
            checked.text == """
                denied by no-removal (test.yaml:4)
                  uptime; sudo rm -r /etc/app
                          ^^^^^^^^^^^^^^^^^^^ file.delete /etc/app recursive as `root`
                  because: it takes the host down
                  instead: ask the platform team
                actions:
                  system.read by `uptime`
                  privilege.elevate by `sudo`
                  file.delete /etc/app recursive by `rm` under `sudo` as `root`
                standard input: nothing reads it

                """
        )
    }

    @Test func `that is permitted names the rules, and what it is bound to`() throws {
        #expect(
            try check("df -h").text == """
                permitted by `look (test.yaml:9)`
                actions:
                  system.read by `df`
                standard input: nothing reads it

                """
        )
        let bound = try check("curl -sS https://example.com", claims: ["ticket": "CHG-1"])
        #expect(bound.decision.ruling == .permit)
        #expect(bound.text.contains("\nwith an end after 10m\n"), "\(bound.text)")
    }

    @Test func `that needs an approval says whose`() throws {
        let text = try check("systemctl restart app").text
        #expect(text.hasPrefix("needs an approval by restart (test.yaml:11)\n"))
        #expect(text.contains("\nwith an approval by 2 other people of sre\n"))
    }

    @Test func `without a claim that a permit wants is denied`() throws {
        let checked = try check("curl -sS https://example.com")
        #expect(checked.decision.ruling == .deny)
        #expect(checked.text.hasPrefix("denied: a claim is missing: `ticket`\n"))
    }

    @Test func `of somebody whom no grant lets ask is denied before any rule`() throws {
        #expect(try check("df", grants: .some([])).text == "denied: no grant applies\n")
        let rule = RuleID(name: "g", location: SourceLocation(file: "i.yaml", line: 2))
        #expect(
            try check("df", grants: .some([rule])).text.hasPrefix(
                "permitted by `g (i.yaml:2)`, `look (test.yaml:9)`\n"
            )
        )
    }

    @Test func `says what would have been where policies only observe`() throws {
        let checked = try check("rm /etc/app", top: "mode: observe")
        #expect(checked.decision.ruling == .permit)
        #expect(checked.text.hasPrefix("permitted by policies that only observe\n"))
        #expect(checked.text.contains("\nonly observed: denied by no-removal (test.yaml:5)\n"))
        #expect(json(checked).contains(#""mode":"observe","observed":{"decision":"deny","#))
    }

    @Test func `says what becomes of its input, and which arguments are not known`() throws {
        #expect(try check("wc -l", input: .unknown).text.hasSuffix("input: it is read as data\n"))
        let text = try check("sh", input: .unknown).text
        #expect(text.contains("standard input: it may be run as code\n"))
        let unknown = try check("ls --frobnicate")
        #expect(unknown.text.hasSuffix("unknown arguments:\n  `--frobnicate` of `ls`\n"))
        #expect(
            json(unknown).hasSuffix(
                #""unknownArguments":[{"program":"ls","argument":"--frobnicate","start":0,"end":15}]}"#
            )
        )
    }

    @Test func `is one JSON object for a program`() throws {
        #expect(
            json(try check("sudo rm -r /etc/app"))
                == #"{"decision":"deny","rules":["no-removal (test.yaml:4)"],"#
                + #""reason":"forbidden by `no-removal (test.yaml:4)`","#
                + #""actions":[{"action":"privilege.elevate","#
                + #""name":"privilege.elevate","certainty":"certain","#
                + #""attributes":{},"program":"sudo","start":0,"end":19},"#
                + #"{"action":"file.delete /etc/app recursive as `root`","name":"file.delete","#
                + #""certainty":"certain","#
                + #""attributes":{"path":["/etc/app"],"recursive":true},"program":"rm","#
                + #""wrappers":["sudo"],"start":0,"end":19}],"#
                + #""judged":[{"action":"file.delete /etc/app recursive as `root`","#
                + #""decision":"deny","start":0,"end":19,"rules":["no-removal (test.yaml:4)"],"#
                + #""reason":"it takes the host down","instead":"ask the platform team"}],"#
                + #""mode":"enforce","input":"ignored","unknownArguments":[]}"#
        )
    }

    @Test func `that cannot be read says where`() throws {
        let checked = try check("a )")
        #expect(checked.text.hasPrefix("denied: undecidable: "))
        #expect(json(checked).contains(#","start":2,"end":3,"actions":[]"#), "\(json(checked))")
    }
}
