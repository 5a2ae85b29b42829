import PolicyEngine
import StrictYAML
import Testing

@Suite struct `a policy file` {
    private func findings(_ rule: String, top: String = "") -> [String] {
        PolicySamples.findings(PolicySamples.file("- {id: r, \(rule)}", top: top))
    }

    @Test(arguments: [
        "forbid: any", "permit: file.read", "review: container.*",
        "permit: [file.read, system.read], unless: {path: /x}",
        "forbid: file.delete, where: {path: /etc/**}",
        "forbid: file.delete, where: {path: [\"~*/.ssh/*\", ./x], recursive: true}",
        "forbid: service.control, where: {any: [{unit: sshd}, {all: [{verb: stop}, {user: root}]}]}",
        "forbid: any, unless: {not: {program: ls, wrapper: sudo, certainty: possible}}",
        "forbid: any, where: {path: /etc/**}", "forbid: file.*, where: {mode: \"777\"}",
        "permit: network.connect, where: {port: 22, host: \"*.example.org\"}",
        "forbid: service.control, where: {all: true}",
        "forbid: service.control, where: {all: [{all: false}]}",
        "forbid: any, where: {place: [target, container, {host: \"db*\", pod: x}]}",
        "review: any, approval: {roles: [sre], quorum: 2}, masking: true, time-limit: 10m",
        "forbid: file.delete, where: {unknown: path}", "forbid: any, where: {surely: {path: /x}}",
        "permit: any, claims: [reason]", "review: any, claims: [ticket]",
        "review: any, otherwise: true",
        "permit: any, applies: {roles: [sre], kinds: [human], times: [\"mon-fri 08:00-18:00\"]}",
        "permit: any, applies: {source-addresses: [192.0.2.0/24, \"2001:db8::/48\"]}",
        "review: any, applies: {not: {claims: {ticket: \"CHG-*\"}, targets: {names: [\"w*\"]}}}",
    ])
    func `is read without a word about it`(_ rule: String) { #expect(findings(rule) == []) }

    @Test(arguments: [
        ("forbid: file.destroy", "`forbid`: unknown action `file.destroy`"),
        (
            "forbid: file.delet",
            "`forbid`: unknown action `file.delet`; did you mean `file.delete`?"
        ),
        ("forbid: files.*", "`forbid`: unknown action `files.*`; did you mean `file.*`?"),
        ("forbid: []", "`forbid`: expected at least one action"),
        ("reason: x", "a rule has exactly one of `forbid`, `permit`, `review`"),
        (
            "forbid: any, permit: any",
            "a rule has exactly one of `forbid`, `permit`, `review`, found `forbid`, `permit`"
        ),
        (
            "forbid: file.delete, where: {unit: x}",
            "`file.delete` has no attribute `unit`; it has `force`, `path`, `recursive`"
        ),
        (
            "forbid: [file.delete, host.power], where: {unit: x}",
            "none of these actions has an attribute `unit`"
        ),
        (
            "forbid: terminal.interactive, where: {path: /x}",
            "`terminal.interactive` has no attribute `path`; it has none"
        ),
        (
            "forbid: container.*, where: {unit: x}",
            "none of these actions has an attribute `unit`"
        ),
        (
            "forbid: file.delete, where: {pth: /x}",
            "unknown attribute `pth`; did you mean `path`?"
        ),
        ("forbid: file.delete, where: {}", "`where`: expected at least one condition"),
        ("forbid: file.delete, where: {any: []}", "`any`: expected at least one condition"),
        ("forbid: file.delete, where: {path: []}", "`path`: expected at least one value"),
        (
            "forbid: file.delete, where: {path: etc}",
            "`path`: `etc` is no pattern of paths: a path begins with `/`, `~/`, `~*/`, `./` or "
                + "`../`, or is one of `~`, `~*`, `.` and `..`"
        ),
        (
            "forbid: file.delete, where: {path: /a/../b}",
            "`path`: `/a/../b` is no pattern of paths: `..` is no component of a pattern"
        ),
        (
            "forbid: service.control, where: {unit: \"[a\"}",
            "`unit`: `[a` is no pattern: `[` without its `]` in `[a`"
        ),
        (
            "forbid: file.delete, where: {recursive: yes}",
            "`recursive`: expected `true` or `false`, found `yes`"
        ),
        (
            "forbid: any, where: {certainty: sure}",
            "`certainty`: expected one of `certain`, `possible`, found `sure`"
        ),
        (
            "forbid: any, where: {place: jail}",
            "`place`: expected one of `target`, `host`, `container`, `pod`, `machine`, `cloud`, or "
                + "a mapping from one to names, found `jail`"
        ),
        ("forbid: any, where: {program: $x}", "`program`: unknown set `$x`"),
        (
            "forbid: file.delete, where: {unknown: unit}",
            "`file.delete` has no attribute `unit`; it has `force`, `path`, `recursive`"
        ),
        ("forbid: any, masking: true", "`masking`: a `forbid` has no obligations"),
        ("permit: any, approval: {quorum: 1}", "`approval`: only a `review` asks for an approval"),
        (
            "review: any, approval: {quorum: 0}",
            "`quorum`: expected a number from 1 to 10, found `0`"
        ),
        ("permit: any, reason: \"a\\nb\"", "`reason`: expected one line"),
        ("permit: any, applies: {}", "`applies`: expected at least one part"),
        (
            "permit: any, applies: {principals: [\"robot:*\"]}",
            "`principals`: expected a principal like `human:alice` or a pattern like `agent:*`, "
                + "found `robot:*`"
        ),
        (
            "permit: any, applies: {times: [\"monday\"]}",
            "`times`: expected a time like `mon-fri 08:00-18:00`, `22:00-06:00` or "
                + "`sat,sun +02:00`, found `monday`"
        ),
        (
            "permit: any, applies: {source-addresses: [192.0.2.1/24]}",
            "`source-addresses`: expected an address or block like `192.0.2.0/24`, found "
                + "`192.0.2.1/24`"
        ),
    ])
    func `is refused with what was expected`(_ rule: String, _ message: String) {
        #expect(findings(rule) == ["test.yaml:4: " + message])
    }

    @Test func `is refused for keys that are unknown, missing or twice, all at once`() {
        let text = """
            policy: 2
            mode: watch
            ruls: []
            rules:
              - {forbid: any}
              - {id: A, forbid: any}
            """
        #expect(
            PolicySamples.findings(SourceFile(name: "p.yaml", bytes: Array(text.utf8))) == [
                "p.yaml:1: `policy`: the key `name` is missing",
                "p.yaml:1: `policy`: expected a number from 1 to 1, found `2`",
                "p.yaml:2: `mode`: expected one of `enforce`, `observe`, found `watch`",
                "p.yaml:3: unknown key `ruls`, expected one of `applies`, `file-transfer`, `mode`, `name`, "
                    + "`observe`, `policy`, `rules`, `sets`; did you mean `rules`?",
                "p.yaml:5: `rules`: the key `id` is missing",
                "p.yaml:6: `id`: expected a rule's id (`[a-z0-9][a-z0-9._-]*`, at most 64 bytes), "
                    + "found `A`",
            ]
        )
    }

    @Test func `names its sets and says which of them nobody uses`() {
        let top = "sets: {a: [/x], b: [/y], c: [ls]}"
        #expect(
            findings("forbid: file.read, where: {path: [$a, /z], program: $c}", top: top)
                == ["test.yaml:3: warning: the set `b` is not used"]
        )
        #expect(
            findings("forbid: file.read, where: {path: $sytem}", top: "sets: {system: [/x]}") == [
                "test.yaml:3: warning: the set `system` is not used",
                "test.yaml:5: `path`: unknown set `$sytem`; did you mean `$system`?",
            ]
        )
        // What is in a set is judged where it is used.
        #expect(
            findings("forbid: file.read, where: {path: $a}", top: "sets: {a: [x]}").first?
                .hasPrefix("test.yaml:3: `a`: `x` is no pattern of paths") == true
        )
    }

    @Test func `is observed in full only where it is observed`() {
        #expect(findings("permit: any", top: "mode: observe\nobserve: everything") == [])
        #expect(
            findings("permit: any", top: "mode: enforce\nobserve: everything")
                == ["test.yaml:4: `observe`: is for `mode: observe` only"]
        )
    }

    @Test(arguments: [
        ("policy: 1\n", RuleFileKind.policy), ("# a comment\n---\n\npolicy: 1\n", .policy),
        ("knowledge: 1\n", .knowledge), ("name: x\npolicy: 1\n", nil), ("", nil),
        ("policyX: 1\n", nil),
    ])
    func `is known by its first key`(_ text: String, _ kind: RuleFileKind?) {
        #expect(RuleFileKind(SourceFile(name: "x.yaml", bytes: Array(text.utf8))) == kind)
    }
}

@Suite struct `policy files together` {
    private func findings(_ files: SourceFile...) -> [String] {
        do throws(RefusedFiles) {
            return try Policy.read(files).warnings.map(\.description)
        } catch {
            return error.findings.map(\.description)
        }
    }

    @Test func `have each name and each id once`() {
        #expect(
            findings(
                PolicySamples.file("- {id: r, permit: any}", name: "a"),
                PolicySamples.file("- {id: r, permit: any}", name: "b"),
                PolicySamples.file("- {id: s, permit: any}", name: "a")
            ) == [
                "a.yaml:2: duplicate policy `a`, first at a.yaml:2",
                "b.yaml:4: duplicate rule `r`, first at a.yaml:4",
            ]
        )
    }

    @Test(arguments: [
        ("- {id: f, forbid: file.*}\n- {id: p, permit: file.read}", true),
        ("- {id: f, forbid: file.*}\n- {id: p, review: [file.read, system.read]}", false),
        ("- {id: f, forbid: file.*, where: {path: /x}}\n- {id: p, permit: file.read}", false),
        ("- {id: f, forbid: any, otherwise: true}\n- {id: p, permit: file.read}", false),
        ("- {id: f, forbid: any, applies: {roles: [a]}}\n- {id: p, permit: file.read}", false),
    ])
    func `say which permit never holds`(_ rules: String, _ isWarned: Bool) {
        let expected =
            "test.yaml:5: warning: `p` never holds: all of it is forbidden by `f`"
        #expect(findings(PolicySamples.file(rules)) == (isWarned ? [expected] : []))
    }

    @Test(arguments: [
        ("permit: any, claims: [ticket]", "", true),
        ("permit: any, claims: [reason]", "", false),
        ("review: any, claims: [ticket]", "", false),
        ("permit: any, applies: {claims: {ticket: \"CHG-*\"}}", "", true),
        ("permit: any, applies: {not: {claims: {ticket: \"CHG-*\"}}}", "", true),
        ("forbid: any, applies: {claims: {ticket: \"CHG-*\"}}", "", false),
        ("permit: any", "applies: {claims: {ticket: \"CHG-*\"}}", true),
        ("permit: any", "applies: {roles: [ticket]}", false),
    ])
    func `say which permit rests on a claim alone`(_ rule: String, _ top: String, _ isWarned: Bool)
    {
        let line = top.isEmpty ? 4 : 5
        let expected =
            "test.yaml:\(line): warning: `r`: only a claim that nobody confirms stands between deny "
            + "and permit: `ticket`"
        let found = findings(PolicySamples.file("- {id: r, \(rule)}", top: top))
        #expect(found == (isWarned ? [expected] : []))
    }

    @Test func `say where one observes what another enforces`() {
        let scope = "applies: {roles: [a]}"
        let enforcing = PolicySamples.file("- {id: a, permit: any}", top: scope, name: "a")
        let other = PolicySamples.file(
            "- {id: b, permit: any}",
            top: "applies: {roles: [b]}\nmode: observe",
            name: "b"
        )
        let observing = PolicySamples.file(
            "- {id: c, permit: any}",
            top: scope + "\nmode: observe",
            name: "c"
        )
        #expect(findings(enforcing, other) == [])
        #expect(
            findings(enforcing, observing) == [
                "c.yaml:2: warning: `c` is for the same requests as `a` and has another mode: what "
                    + "observes adds nothing to what is enforced"
            ]
        )
    }
}
