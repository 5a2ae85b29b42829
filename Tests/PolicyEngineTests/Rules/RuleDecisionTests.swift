import CommandAnalysis
import PolicyEngine
import SSHWire
import ShellSyntax
import Testing

@Suite struct `a decision by rules` {
    private typealias Case = (action: ForeseenAction, ruling: Ruling)

    private func expect(
        _ rules: String,
        top: String = "",
        in context: RequestContext = PolicySamples.context(),
        _ cases: [Case]
    ) throws {
        let decider = RuleDecider(policy: try PolicySamples.policy(rules, top: top))
        for (action, ruling) in cases {
            let verdict = decider.judge([action], in: context)
            #expect(verdict.ruling == ruling, "\(action.action.rawValue) \(action.attributes)")
        }
    }

    @Test func `denies what no rule permits`() throws {
        try expect(
            "- {id: p, permit: [file.read, cloud.*]}",
            [
                (.sample(.fileRead), .permit), (.sample(.fileWrite), .deny),
                (.sample(.cloudDelete), .permit),
            ]
        )
    }

    @Test func `lets a forbid win over every permit, for what is possible too`() throws {
        let rules = """
            - {id: p, permit: any}
            - {id: r, review: any}
            - {id: f, forbid: file.delete, where: {path: /etc/**}}
            """
        try expect(
            rules,
            [
                (.sample(.fileDelete, .path(.absolute("etc", "x"))), .deny),
                (.sample(.fileDelete, .path(.absolute("opt", "x"))), .review),
                (
                    .sample(.fileDelete, .path(.absolute("etc", "x")), certainty: .possible), .deny
                ),
                (.sample(.fileDelete, .path(.absolute("etc", .unknown))), .deny),
                (.sample(.fileDelete, .path(.absolute()), .flag(.recursive)), .deny),
                (.sample(.fileDelete, .path(.absolute())), .review),
                (
                    .sample(.fileDelete, .path(.absolute("opt", "x"), .absolute("etc", "x"))),
                    .deny
                ),
                (.sample(.fileRead, .path(.absolute("etc", "x"))), .review),
            ]
        )
    }

    @Test func `lets a permit hold only for what is certain and sure`() throws {
        try expect(
            "- {id: p, permit: file.delete, where: {path: /tmp/**}}",
            [
                (.sample(.fileDelete, .path(.absolute("tmp", "x"))), .permit),
                (
                    .sample(.fileDelete, .path(.absolute("tmp", "x")), certainty: .possible), .deny
                ),
                (.sample(.fileDelete, .path(.absolute("tmp", .unknown))), .deny),
                (
                    .sample(.fileDelete, .path(.absolute("tmp", "x"), .absolute("opt", "x"))),
                    .deny
                ),
                (.sample(.fileDelete), .deny),
            ]
        )
    }

    @Test func `lets a review hold for what may be`() throws {
        try expect(
            "- {id: r, review: file.delete, where: {path: /tmp/**}}",
            [
                (
                    .sample(.fileDelete, .path(.absolute("tmp", "x")), certainty: .possible),
                    .review
                ),
                (.sample(.fileDelete, .path(.absolute("tmp", .unknown))), .review),
                (.sample(.fileDelete, .path(.absolute("opt", .unknown))), .deny),
                (.sample(.fileDelete, .path(AbstractPath(root: .unknown))), .review),
            ]
        )
        // Also where a permit would hold.
        try expect(
            """
            - {id: p, permit: file.delete}
            - {id: r, review: file.delete, where: {path: /srv/**}}
            """,
            [
                (.sample(.fileDelete, .path(AbstractPath(root: .unknown))), .review),
                (.sample(.fileDelete, .path(.absolute("opt"))), .permit),
            ]
        )
    }

    @Test func `takes an action for possible when a forbid may be about it`() throws {
        let anywhere = ForeseenAction.sample(.fileDelete, .path(AbstractPath(root: .unknown)))
        let policy = try PolicySamples.policy(
            """
            - {id: p, permit: any}
            - {id: f, forbid: file.delete, where: {path: /etc/**}}
            """
        )
        let verdict = RuleDecider(policy: policy).judge([anywhere], in: PolicySamples.context())
        #expect(verdict.ruling == .deny)
        #expect(verdict.judged.map { $0.rules.map(\.name) } == [[]])
        #expect(verdict.judged.map { $0.undecidedRules.map(\.name) } == [["f"]])
        try expect(
            """
            - {id: p, permit: any}
            - {id: f, forbid: file.delete, where: {path: /etc/**}}
            - {id: r, review: any, otherwise: true}
            """,
            [
                (anywhere, .review),
                (.sample(.fileDelete, .path(.absolute("opt"))), .permit),
                (.sample(.fileRead, .path(AbstractPath(root: .unknown))), .permit),
            ]
        )
    }

    @Test func `asks an otherwise rule only where nothing else holds`() throws {
        try expect(
            """
            - {id: p, permit: file.read, unless: {path: /etc/**}}
            - {id: r, review: [file.read, file.write], otherwise: true}
            - {id: f, forbid: cloud.*, otherwise: true}
            - {id: c, permit: cloud.read}
            """,
            [
                (.sample(.fileRead, .path(.absolute("opt"))), .permit),
                (.sample(.fileRead, .path(.absolute("etc"))), .review),
                (.sample(.fileRead, .path(.absolute("opt")), certainty: .possible), .review),
                (.sample(.fileWrite, .path(.absolute("opt"))), .review),
                (.sample(.fileDelete, .path(.absolute("opt"))), .deny),
                (.sample(.cloudRead), .permit), (.sample(.cloudChange), .deny),
            ]
        )
    }

    @Test func `knows all that a condition may ask`() throws {
        let service = { (verb: AbstractText, unit: AbstractText) in
            ForeseenAction.sample(.serviceControl, .text(.verb, verb), .text(.unit, unit))
        }
        try expect(
            """
            - id: p
              permit: service.control
              where: {any: [{verb: [status, "re*"], unit: web-*}, {not: {unit: [web-*, db]}}]}
            """,
            [
                (service("restart", "web-1"), .permit), (service("stop", "web-1"), .deny),
                (service("stop", "mail"), .permit), (service("stop", "db"), .deny),
                (service("status", "db"), .deny), (service("restart", .unknown), .deny),
            ]
        )
        try expect(
            """
            - {id: p, permit: file.read, where: {program: [cat, less], wrapper: sudo}}
            - {id: q, permit: file.write, where: {user: [login, app]}}
            - {id: r, permit: file.delete, where: {place: [{container: "web-*"}, pod]}}
            - {id: s, permit: process.signal, where: {place: target, certainty: certain}}
            - {id: t, permit: cloud.change, where: {all: false}}
            """,
            [
                (.sample(.fileRead, program: "cat", wrappers: ["env", "sudo"]), .permit),
                (.sample(.fileRead, program: "cat"), .deny),
                (.sample(.fileRead, program: "dd", wrappers: ["sudo"]), .deny),
                (.sample(.fileRead, program: nil, wrappers: ["sudo"]), .deny),
                (.sample(.fileWrite), .permit), (.sample(.fileWrite, as: .account("app")), .permit),
                (.sample(.fileWrite, as: .account("deploy")), .permit),
                (.sample(.fileWrite, as: .account("root")), .deny),
                (.sample(.fileWrite, as: .unknown), .deny),
                (.sample(.fileDelete, in: .within(.container, name: "web-1")), .permit),
                (.sample(.fileDelete, in: .within(.container, name: "db")), .deny),
                (.sample(.fileDelete, in: .within(.container, name: .unknown)), .deny),
                (.sample(.fileDelete, in: .within(.pod, name: .unknown)), .permit),
                (.sample(.fileDelete), .deny), (.sample(.processSignal), .permit),
                (.sample(.processSignal, in: .within(.host, name: "x")), .deny),
                (.sample(.cloudChange), .permit), (.sample(.cloudChange, .flag(.all)), .deny),
            ]
        )
    }

    @Test func `takes an attribute that is not there for none that matches`() throws {
        try expect(
            """
            - {id: p, permit: repository.push}
            - {id: f, forbid: repository.push, where: {branch: main}}
            - {id: g, forbid: repository.write, unless: {branch: "feature/*"}}
            - {id: q, permit: repository.write}
            """,
            [
                (.sample(.repositoryPush), .permit),
                (.sample(.repositoryPush, .text(.branch, "main")), .deny),
                (.sample(.repositoryWrite), .deny),
                (.sample(.repositoryWrite, .text(.branch, "feature/x")), .permit),
            ]
        )
    }

    @Test func `knows where not even the beginning of a value is known`() throws {
        try expect(
            """
            - {id: p, permit: [device.write, network.connect]}
            - {id: f, forbid: [device.write, network.connect], where: {unknown: [path, host]}}
            """,
            [
                (.sample(.deviceWrite, .path(AbstractPath(root: .unknown))), .deny),
                (.sample(.deviceWrite, .path(.absolute("dev", .unknown))), .permit),
                (.sample(.deviceWrite), .permit),
                (.sample(.networkConnect, .text(.host, .unknown)), .deny),
                (.sample(.networkConnect, .text(.host, "db-" + .unknown)), .permit),
            ]
        )
    }

    @Test func `knows other spellings of units, signals, hosts and methods`() throws {
        let unit = { ForeseenAction.sample(.serviceControl, .text(.unit, $0)) }
        let signal = { ForeseenAction.sample(.processSignal, .text(.signal, $0)) }
        let host = { ForeseenAction.sample(.networkConnect, .text(.host, $0)) }
        let method = { ForeseenAction.sample(.networkConnect, .text(.method, $0)) }
        try expect(
            """
            - {id: p, permit: any}
            - {id: f, forbid: service.control, where: {unit: [sshd, web.service]}}
            - {id: g, forbid: process.signal, where: {signal: [KILL, "19"]}}
            - {id: h, forbid: network.connect, where: {any: [{host: db1}, {method: DELETE}]}}
            """,
            [
                (unit("sshd"), .deny), (unit("sshd.service"), .deny), (unit("web"), .deny),
                (unit("sshd.socket"), .permit), (unit("sshdx"), .permit),
                (unit("s" + .unknown + ".service"), .deny),
                (signal("9"), .deny), (signal("SIGKILL"), .deny), (signal("kill"), .deny),
                (signal("STOP"), .deny), (signal("15"), .permit), (signal("SIGTERM"), .permit),
                (host("db1"), .deny), (host("DB1"), .deny), (host("db2"), .permit),
                (method("delete"), .deny), (method("GET"), .permit),
            ]
        )
    }

    @Test func `knows the home of the login`() throws {
        try expect(
            "- {id: p, permit: file.read, where: {path: ~/**}}",
            [
                (.sample(.fileRead, .path(.start("x"))), .permit),
                (.sample(.fileRead, .path(.absolute("home", "deploy", "x"))), .permit),
                (.sample(.fileRead, .path(.absolute("home", "ana", "x"))), .deny),
            ]
        )
    }

    @Test func `of nothing at all is one of reading the host's state`() throws {
        let rules = "- {id: p, permit: system.read}"
        let context = PolicySamples.context()
        let permitting = RuleDecider(policy: try PolicySamples.policy(rules))
        #expect(permitting.judge([], in: context).ruling == .permit)
        let other = RuleDecider(policy: try PolicySamples.policy("- {id: p, permit: file.read}"))
        #expect(other.judge([], in: context).ruling == .deny)
    }

    @Test func `adds the obligations of all that hold up, each once`() throws {
        let policy = try PolicySamples.policy(
            """
            - {id: p, permit: any, masking: true}
            - {id: q, permit: file.*, time-limit: 10m, claims: [ticket]}
            - {id: r, review: file.write, approval: {roles: [sre], quorum: 2}, masking: true}
            - {id: s, review: file.read, where: {path: /etc/**}}
            """
        )
        let decider = RuleDecider(policy: policy)
        let sre = try #require(Role("sre"))
        let read = ForeseenAction.sample(.fileRead, .path(.absolute("opt")))
        let context = PolicySamples.context()
        let one = decider.judge([read, .sample(.fileWrite)], in: context)
        #expect(one.ruling == .review)
        #expect(
            one.obligations == [
                .masking, .timeLimit(.seconds(600)), .claim("ticket"),
                .approval(quorum: 2, roles: [sre]),
            ]
        )
        #expect(one.determiningRules.map(\.name) == ["p", "q", "r"])
        let other = decider.judge([read], in: context)
        #expect(other.ruling == .permit)
        #expect(other.determiningRules.map(\.text) == ["p (test.yaml:4)", "q (test.yaml:5)"])
        let denied = decider.judge([], in: context)
        #expect(denied.ruling == .permit && denied.obligations == [.masking])
    }

    @Test func `says of each action that is denied or reviewed what and why`() throws {
        let policy = try PolicySamples.policy(
            """
            - {id: p, permit: file.read}
            - {id: r, review: file.write, reason: it is production}
            - {id: f, forbid: file.delete, where: {path: /etc/**}, reason: no, instead: ask}
            """.replacing("reason: no,", with: "reason: it hurts,")
        )
        let verdict = RuleDecider(policy: policy).judge(
            [
                .sample(.fileWrite, .path(.start("x")), at: SourceRange(0, 4)),
                .sample(.fileRead, at: SourceRange(5, 6)),
                .sample(
                    .fileDelete,
                    .path(.absolute("opt"), .absolute("etc")),
                    at: SourceRange(7, 9)
                ),
            ],
            in: PolicySamples.context()
        )
        #expect(verdict.ruling == .deny)
        #expect(verdict.obligations == [])
        #expect(verdict.determiningRules.map(\.name) == ["f"])
        #expect(verdict.judged.map(\.ruling) == [.deny, .deny, .review])
        #expect(
            verdict.judged.map(\.action.range.bytes) == [7..<9, 7..<9, 0..<4]
        )
        #expect(verdict.judged.map { $0.rules.map(\.name) } == [[], ["f"], ["r"]])
        #expect(verdict.judged.map(\.reason) == [nil, "it hurts", "it is production"])
        #expect(verdict.judged.map(\.instead) == [nil, "ask", nil])
        #expect(verdict.judged[1].action[.path] == .paths([.absolute("etc")]))
    }

    @Test func `is a denial where a limit is hit`() throws {
        let policy = try PolicySamples.policy("- {id: p, permit: any}")
        let context = PolicySamples.context()
        let paths = { (count: Int) in
            ForeseenAction.sample(
                .fileRead,
                Value(.path, .paths((0..<count).map { .start(AbstractText("\($0)")) }))
            )
        }
        let limit = RuleDecider.maximumUnits
        let decider = RuleDecider(policy: policy)
        #expect(decider.judge([paths(limit)], in: context).ruling == .permit)
        let verdict = decider.judge([paths(limit + 1)], in: context)
        #expect(verdict.undecidable == .tooManyActions(limit: limit))
        #expect(verdict.ruling == .deny)
        let two = decider.judge([paths(limit), .sample(.fileRead)], in: context)
        #expect(two.ruling == .deny)

        let patterns = (0..<2000).map { "/x\($0)" }.joined(separator: ", ")
        let wide = try PolicySamples.policy(
            "- {id: p, permit: any}\n- {id: f, forbid: any, where: {path: [\(patterns)]}}"
        )
        let long = AbstractPath.start(AbstractText(ShellText(String(repeating: "y", count: 3000))))
        let heavy = ForeseenAction.sample(.fileRead, .path(long, long))
        #expect(
            RuleDecider(policy: wide).judge([heavy], in: context).undecidable
                == .tooMuchToMatch(limit: 10_000_000)
        )
    }
}
