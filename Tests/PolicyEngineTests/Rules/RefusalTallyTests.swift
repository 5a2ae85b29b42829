import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import Testing

@Suite struct `the tally of what is refused` {
    private static let rules = """
        - {id: look, permit: system.read}
        - {id: no-etc, forbid: file.write, where: {path: "/etc/**"}}
        - {id: restarts, review: service.control}
        """

    private static let narrow = """
        - {id: look, permit: system.read}
        - {id: rest, otherwise: true, review: [code.run, network.connect]}
        """

    private func tally(_ commands: String..., top: String = "") throws -> RefusalTally {
        let book = RuleBook(
            policy: try PolicySamples.policy(Self.rules, top: top),
            knowledge: Shipped.knowledge
        )
        var tally = RefusalTally(by: book)
        for command in commands { tally.add(.sample(command)) }
        return tally
    }

    @Test func `counts by rule, program and principal, the most frequent first`() throws {
        let lines = try tally(
            "uptime",
            "touch /etc/x",
            "mkdir /srv/a && mkdir /srv/b",
            "mkdir /srv/c",
            "systemctl restart app"
        ).reportLines
        #expect(
            lines == [
                "2 times: denied by no rule: `file.write` of `mkdir` by agent:copilot",
                "  such as: mkdir /srv/a && mkdir /srv/b",
                "1 time: denied by `no-etc (test.yaml:5)`: `file.write` of `touch` by "
                    + "agent:copilot",
                "  such as: touch /etc/x",
                "1 time: needs an approval by `restarts (test.yaml:6)`: `service.control` of "
                    + "`systemctl` by agent:copilot",
                "  such as: systemctl restart app",
                "5 commands, 4 not permitted",
            ]
        )
    }

    @Test func `says would where the policy only observes`() throws {
        let lines = try tally("touch /etc/x", top: "mode: observe").reportLines
        #expect(lines.first?.hasPrefix("1 time: would be denied by `no-etc ") == true, "\(lines)")
    }

    @Test func `suggests rules that are accepted and permit what was refused`() throws {
        let commands = [
            "mkdir /srv/a", #"touch '/srv/[x]*'"#, "touch ~/notes ./y", "service '$web' stop",
            "curl https://example.com/x", "/opt/tools/x y",
        ]
        let book = RuleBook(
            policy: try PolicySamples.policy(Self.narrow),
            knowledge: Shipped.knowledge
        )
        var tally = RefusalTally(by: book)
        for command in commands + [#"touch "$X""#] { tally.add(.sample(command)) }
        let text = tally.suggestedPolicy.joined(separator: "\n") + "\n"
        let suggested = SourceFile(name: "suggested.yaml", bytes: Array(text.utf8))
        let accepted = try Policy.read([
            suggested, PolicySamples.file(Self.narrow),
        ])
        let grown = RuleBook(policy: accepted.value, knowledge: Shipped.knowledge)
        for command in commands {
            let situation = BookComparison.Asked.sample(command).situation
            let ruling = grown.judge(Array(command.utf8), in: situation).verdict.ruling
            #expect(ruling == .permit, "\(command)\n\(text)")
        }
        // Its nearest neighbours are still refused.
        for command in ["mkdir /srv/b", "touch /srv/xy", "touch ~/other", #"touch "$X""#] {
            let situation = BookComparison.Asked.sample(command).situation
            let ruling = grown.judge(Array(command.utf8), in: situation).verdict.ruling
            #expect(ruling == .deny, "\(command)\n\(text)")
        }
    }

    @Test func `suggests nothing where the text does not tell what it is about`() throws {
        #expect(
            try tally(#"touch "$X/..""#).suggestedPolicy.last
                == "#   the text does not tell what it is about"
        )
    }

    @Test func `suggests an exception as a remark where a rule refuses`() throws {
        #expect(
            try tally("touch /etc/x").suggestedPolicy == [
                "# 1 time by agent:copilot, such as: touch /etc/x",
                "#   `no-etc (test.yaml:5)` would need: unless: "
                    + #"{program: "touch", path: ["/etc/x"]}"#,
            ]
        )
    }
}

@Suite struct `the tally of unknown programs` {
    private func lines(_ commands: String...) throws -> [String] {
        let book = RuleBook(
            policy: try PolicySamples.policy("- {id: look, permit: system.read}"),
            knowledge: Shipped.knowledge
        )
        var tally = UnknownProgramTally(by: book)
        for command in commands { tally.add(.sample(command)) }
        return tally.lines
    }

    @Test func `has a stub of four lines for each, the most used first, and the reader takes it`()
        throws
    {
        let lines = try lines(
            "frobnicate a; frobnicate b",
            "sudo /opt/tools/restart-app app",
            "/opt/tools/restart-app web",
            "git frob",
            "ls"
        )
        #expect(
            lines == [
                "# 1 use by agent:copilot: `git frob` is a subcommand that is not known",
                "knowledge: 1",
                "programs:",
                "  # 2 uses by agent:copilot, such as: sudo /opt/tools/restart-app app",
                #"  "/opt/tools/restart-app":"#,
                "    operands: TEXT...",
                "    does: program.unknown",
                "  # 1 use by agent:copilot, such as: frobnicate a; frobnicate b",
                #"  "frobnicate":"#,
                "    operands: TEXT...",
                "    does: program.unknown",
            ]
        )
        let text = lines.joined(separator: "\n") + "\n"
        let stub = SourceFile(name: "stub.yaml", bytes: Array(text.utf8))
        let together = try Shipped.knowledgeFiles() + [stub]
        #expect(try RuleBook.read(together).value.knowledge.programs["frobnicate"] != nil)
    }

    @Test func `is empty where every program is known`() throws {
        #expect(try lines("ls", "uptime") == ["# no program is unknown"])
    }
}

extension BookComparison.Asked {
    static func sample(_ command: String, origin: String = "s-1") -> Self {
        BookComparison.Asked(
            origin: origin,
            commandLine: Array(command.utf8),
            situation: CommandSituation(context: PolicySamples.context())
        )
    }
}
