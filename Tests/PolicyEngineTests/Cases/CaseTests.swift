import CommandAnalysis
import ShellSyntax
import StrictYAML
import Testing

@testable import PolicyEngine

@Suite struct `a file of cases` {
    private func findings(_ text: String) -> [String] {
        do throws(RefusedFiles) {
            _ = try CaseFile.read(Array(text.utf8), name: "x.cases")
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }

    private let header = "policy: p.yaml\nprincipal: agent:a on behalf of human:b\n"

    @Test func `is read with the circumstances of each command`() throws {
        let text = """
            # A reader may look.
            policy: read-only.yaml more.yaml
            principal: agent:indexer on behalf of human:ana
            labels: env=production kind=web

            $ tail /var/log/syslog
            permit
            login: root
            terminal: true
            stdin: none
            $ cat > x <<'E'
            > # not a comment
            >
            > E
            stdin: rm -rf /
            stdin: halt
            deny: by `f`

            $ bash -s
            review
            """
        let stanzas = try CaseFile.read(Array(text.utf8), name: "x.cases").stanzas
        #expect(
            stanzas.map { String(decoding: $0.commandLine, as: UTF8.self) } == [
                "tail /var/log/syslog", "cat > x <<'E'\n# not a comment\n\nE", "bash -s",
            ]
        )
        #expect(stanzas.map(\.location.line) == [6, 11, 19])
        #expect(stanzas.map(\.expectation?.rulings) == [[.permit], [.deny], [.review]])
        #expect(stanzas.map(\.expectation?.text) == [nil, "by `f`", nil])
        let situations = stanzas.map(\.situation)
        #expect(situations.map(\.command.context.login.name) == ["deploy", "root", "root"])
        #expect(situations.map(\.command.hasTerminal) == [false, true, true])
        #expect(situations.map(\.command.input) == [.unknown, .text("rm -rf /\nhalt\n"), .nothing])
        #expect(situations[2].policies == ["read-only.yaml", "more.yaml"])
        #expect(situations[0].command.context.onBehalfOf == principal("human:ana"))
        #expect(situations[0].command.context.labels == ["env": "production", "kind": "web"])
    }

    @Test(arguments: [
        "roles: sre approver", "target: web1", "source: 192.0.2.1", "time: 2026-01-31T12:00:00Z",
        "claims: ticket=CHG-1 reason=a=b", "shell: /bin/dash", "bash: 5.1",
        "principal: human:ana", "labels:", "profile: guarded-shell", "stdin: x", "stdin:",
    ])
    func `is read with a line for each circumstance`(_ line: String) {
        #expect(findings(header + line + "\n$ x\npermit\n") == [])
    }

    @Test(arguments: [
        (
            "polcy: x",
            "unknown key `polcy`, expected one of `policy`, `principal`, `roles`, "
                + "`target`, `labels`, `login`, `source`, `time`, `claims`, `stdin`, `terminal`, "
                + "`shell`, `bash`, `profile`, `task`, `kind`; did you mean `policy`?"
        ),
        ("roles: SRE", "`roles`: expected a role like `sre` (`[a-z0-9][a-z0-9._-]*`)"),
        ("target: Web", "`target`: `Web` is no name of a target"),
        ("login: a@b", "`login`: `a@b` is no login"),
        ("labels: env", "`labels`: expected `name=value`, found `env`"),
        ("source: here", "`source`: `here` is no address"),
        ("time: noon", "`time`: expected a time like `2026-12-31T23:59:59Z`, found `noon`"),
        (
            "bash: 5.1.16",
            "`bash`: expected one of `3.2`, `4.0`, `4.1`, `4.2`, `4.3`, `4.4`, `5.0`, `5.1`, "
                + "`5.2`, `5.3`, found `5.1.16`"
        ),
        ("profile: x", "`profile`: expected `guarded-shell`, found `x`"),
        ("kind: x", "`kind`: expected one of `everyday`, `sensitive`, found `x`"),
        ("$$ \\z", "an escape is none that is read here"),
        ("terminal: yes", "`terminal`: expected `true` or `false`, found `yes`"),
        (
            "principal: agent:a for human:b",
            "`principal`: expected `human:alice` or "
                + "`agent:copilot on behalf of human:alice`, found `agent:a for human:b`"
        ),
        ("permit", "an answer without a command"),
        (
            "what is this",
            "expected a command (`$ …`), an answer or `key: value`, found "
                + "`what is this`"
        ),
        ("$ a\n$ b\npermit", "a command has no answer"),
        ("$ a\nlogin: root\npermit", "`login` stands before a command, not behind it"),
    ])
    func `is refused with place and reason`(_ line: String, _ message: String) {
        let found = findings(header + line + "\n")
        let number = message.hasPrefix("`login` stands") ? 4 : 3
        #expect(found == ["x.cases:\(number): " + message])
    }

    @Test func `has answers that leave two open, and commands that no text can hold`() throws {
        let text = header + "$$ df\\x00\\xff\\u00a0\\\\ \\e\nnot permit: by `f`\n$ x\nnot deny\n"
        let stanzas = try CaseFile.read(Array(text.utf8), name: "x.cases").stanzas
        #expect(
            stanzas[0].commandLine
                == Array("df".utf8) + [0, 0xff, 0xc2, 0xa0, 0x5c, 0x20, 0x1b]
        )
        #expect(stanzas.map(\.expectation?.rulings) == [[.review, .deny], [.permit, .review]])
        #expect(
            stanzas.map { $0.expectation?.description ?? "" } == ["not permit: by `f`", "not deny"]
        )
    }

    @Test func `may be a task, whose steps have no answers`() throws {
        let text = header + "task: Look around.\nkind: sensitive\n$ a\n\n$ b\n"
        let file = try CaseFile.read(Array(text.utf8), name: "x.cases")
        #expect(file.task == CaseFile.Task(sentence: "Look around.", kind: .sensitive))
        #expect(file.stanzas.count == 2)
        #expect(file.stanzas.allSatisfy { $0.expectation == nil })
    }

    @Test func `is refused where the last command has no answer, or nobody asks`() {
        #expect(findings(header + "$ a\n") == ["x.cases:3: a command has no answer"])
        #expect(
            findings("policy: x\n$ a\npermit\n")
                == ["x.cases:2: no `principal:` stands before this command"]
        )
        #expect(
            findings("principal: human:a\n$ a\npermit\n")
                == ["x.cases:2: no `policy:` stands before this command"]
        )
    }
}

@Suite struct `the runner of cases` {
    private let policy = """
        - {id: look, permit: [system.read, file.read]}
        - {id: asks, review: service.control, reason: it is production}
        - id: no-removal
          forbid: file.delete
          where: {path: /var/**}
          reason: it is gone
          instead: rotate it
        - {id: nobody-can-tell, review: any, otherwise: true}
        """

    private func failures(_ cases: String) throws -> [CaseFailure] {
        let header = "policy: test.yaml\nprincipal: human:ana\n"
        let file = try CaseFile.read(Array((header + cases).utf8), name: "x.cases")
        let sample = PolicySamples.file(policy)
        let runner = CaseRunner { (names: [String]) throws(RefusedFiles) -> RuleBook in
            #expect(names == ["test.yaml"])
            return RuleBook(policy: try Policy.read([sample]).value, knowledge: Shipped.knowledge)
        }
        return try runner.run(file)
    }

    @Test func `finds nothing to say where all is as expected`() throws {
        let cases = """
            $ cat x
            permit
            $ systemctl restart db
            review
            $ systemctl restart db
            review: by `asks`: `systemctl restart db` (service.control unit=db verb=restart): it is
            $ sudo rm -r /var/log
            deny: forbidden by `no-removal`: `sudo rm -r /var/log` as `root`
            $ sudo rm -r /var/log
            deny: (file.delete /var/log recursive): it is gone; instead: rotate it
            $ rm /var/$X $Y
            deny: forbidden by `no-removal`: `rm /var/$X $Y` (file.delete /var/$X)
            $ rm /var/$X $Y
            deny: review by `nobody-can-tell`: `rm /var/$X $Y` (possibly guard.escape /var/$X verb=remove)
            $ echo (x
            deny: undecidable: unexpected `x`
            """
        let failures = try failures(cases)
        #expect(failures == [], "\(failures)")
    }

    @Test func `says of each failure where, what was expected and what was found`() throws {
        let cases = """
            $ cat x
            deny
            $ systemctl restart db
            review: by `other`
            $ rm /var/x/y
            permit
            """
        #expect(
            try failures(cases).map(\.description) == [
                "x.cases:3: `cat x`: expected deny, found permit",
                "x.cases:5: `systemctl restart db`: expected review: by `other`, found review\n"
                    + "  review by `asks`: `systemctl restart db` "
                    + "(service.control unit=db verb=restart): it is production",
                "x.cases:7: `rm /var/x/y`: expected permit, found deny\n"
                    + "  forbidden by `no-removal`: `rm /var/x/y` "
                    + "(file.delete /var/x/y): it is gone; instead: rotate it",
            ]
        )
    }
}
