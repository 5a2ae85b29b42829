import PolicyEngine
import StrictYAML
import Testing

@Suite struct `the explanation of a rule` {
    private func lines(_ rule: String, top: String = "") throws -> [String] {
        let policy = try PolicySamples.policy("- {id: r, \(rule)}", top: top)
        return try #require(policy.explanation(ofRule: "r")).lines
    }

    @Test func `says all that the rule says`() throws {
        let rule = """
            - id: restart
              review: [service.control, file.delete]
              where:
                any: [{path: ["/srv/[a-c]*/**", "~/x"]}, {all: [{verb: stop*}, {recursive: true}]}]
                place: [target, {container: "web-?"}]
              unless: {user: [login, root], wrapper: xargs}
              otherwise: true
              applies:
                principals: ["agent:*"]
                targets: {names: [web1], labels: {env: production}}
                times: ["mon-fri 08:00-18:00 -05:30"]
                not: {roles: [sre], source-addresses: [192.0.2.0/24]}
              approval: {quorum: 1}
              masking: true
              reason: people are using it
              instead: reload it
            """
        let policy = try PolicySamples.policy(rule, top: "mode: observe\napplies: {kinds: [agent]}")
        #expect(
            policy.explanation(ofRule: "restart")?.lines == [
                "restart (test.yaml:6)",
                "  lets run after an approval: `file.delete`, `service.*`",
                "  only where no other permit or review holds",
                "  for:",
                "    principals of the kinds `agent`",
                "    principals `agent:*`",
                "    targets `web1`",
                "    targets labelled `env=production`",
                "    at `mon,tue,wed,thu,fri 08:00-18:00 -05:30`",
                "    not (principals with the roles `sre`, and clients from `192.0.2.0/24`)",
                "  where:",
                "    `path` is `/srv/[a-c]*/**`, `~/x` or (`verb` is `stop*` and `recursive` is said)",
                "    it runs in `target`, `container web-?`",
                "    not (it runs as `login`, `root` and it is run by `xargs`)",
                "  with:",
                "    an approval by one other person",
                "    secrets masked",
                "  because: people are using it",
                "  instead: reload it",
                "  observed only, but for `guard.escape` and `audit.tamper`",
                "  of the policy `test`",
                "  see:",
                "    docs/actions/file.delete.md",
                "    docs/actions/service.control.md",
            ]
        )
    }

    @Test(arguments: [
        ("forbid: any", "  forbids: any action"),
        ("permit: container.*", "  permits: `container.*`"),
        ("permit: [container.read, file.read]", "  permits: `file.read`, `container.read`"),
        ("permit: any, where: {host: \"a\\\\*b\"}", "  where: `host` is `a\\*b`"),
        ("permit: any, where: {host: \"[!a-z]\"}", "  where: `host` is `[!a-z]`"),
        ("permit: any, where: {path: /}", "  where: `path` is `/`"),
        ("permit: any, where: {path: \"~*/.ssh\"}", "  where: `path` is `~*/.ssh`"),
        ("permit: any, where: {certainty: possible}", "  where: it is possible"),
        ("permit: any, where: {unknown: path}", "  where: nothing is known of `path`"),
        ("permit: any, where: {force: false}", "  where: `force` is not said"),
        ("permit: any, applies: {claims: {t: [\"C-*\"]}}", "  for: requests that claim `t=C-*`"),
        ("permit: any, time-limit: 2h", "  with: an end after 2h"),
        ("permit: any", "  for: every request"),
    ])
    func `has a line for each part`(_ rule: String, _ line: String) throws {
        let lines = try lines(rule)
        #expect(lines.contains(line), "\(lines)")
    }

    @Test func `shows the first of a long list`() throws {
        let names = (10..<30).map { "h\($0)" }.joined(separator: ", ")
        let lines = try lines("permit: any, where: {host: [\(names)]}")
        #expect(lines.contains { $0.hasSuffix("`h21` and 8 more") }, "\(lines)")
    }

    @Test func `is not there for an unknown id, and the nearest is suggested`() throws {
        let policy = try PolicySamples.policy(
            """
            - {id: no-removal, forbid: file.delete}
            - {id: no-writing, forbid: file.write}
            """
        )
        #expect(policy.explanation(ofRule: "no-remval") == nil)
        #expect(policy.rules(like: "no-remval") == ["no-removal"])
        #expect(policy.rules(like: "writing") == ["no-writing"])
        #expect(policy.rules(like: "zebra") == [])
    }
}
