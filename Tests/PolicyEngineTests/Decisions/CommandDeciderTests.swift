import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import Testing

/// What grants and rules together say of a request.
@Suite struct `a decision from grants and rules` {
    private func decide(
        _ request: AuthorizationRequest,
        by rules: String,
        top: String = ""
    ) throws -> Decision {
        let inventory = try Samples.read(Samples.inventory).value
        let policy = try PolicySamples.policy(rules, top: top)
        return CommandDecider(
            grants: GrantsDecider(inventory: inventory, snapshotVersion: 5),
            book: RuleBook(policy: policy, knowledge: Shipped.knowledge)
        ).decide(request)
    }

    private func exec(_ line: String, input: ClientInput = .unknown) -> AuthorizationRequest {
        .sample(commandLine: Array(line.utf8), input: input)
    }

    private let rules = """
        - {id: look, permit: [system.read, file.read, container.execute]}
        - {id: ask, review: service.control, approval: {roles: [sre], quorum: 2}, time-limit: 1h}
        - {id: no-removal, forbid: file.delete, reason: it is gone}
        - {id: ticket, permit: package.change, claims: [ticket]}
        """

    @Test func `is a permit where both permit, with grant and rule`() throws {
        let decision = try decide(exec("uptime"), by: rules)
        #expect(decision.ruling == .permit && decision.denial == nil && decision.mode == .enforce)
        #expect(
            decision.determiningRules.map(\.name) == ["sre-on-production", "look"]
        )
        #expect(decision.inputUse == .ignored)
        #expect(try decide(exec("cat"), by: rules).inputUse == .data)
    }

    @Test(arguments: [(nil, Ruling.deny), ("5.1", .deny), ("5.2", .permit)])
    func `permits only what the bash of the target does, in whatever version that may be`(
        _ version: String?,
        _ ruling: Ruling
    ) throws {
        let rules = """
            - {id: change, permit: file.permission}
            - {id: no-home, forbid: file.permission, where: {path: /srv}}
            """
        let key = version.map { "\n    bash-version: \"\($0)\"" } ?? ""
        let text = Samples.inventory.replacing(
            "    address: 192.0.2.1\n",
            with: "    address: 192.0.2.1\(key)\n"
        )
        let decision = CommandDecider(
            grants: GrantsDecider(inventory: try Samples.read(text).value, snapshotVersion: 5),
            book: RuleBook(
                policy: try PolicySamples.policy(rules),
                knowledge: Shipped.knowledge
            )
        ).decide(exec("chmod g+w /srv/app/.*"))
        #expect(decision.ruling == ruling, "\(decision)")
    }

    @Test func `is a review with its obligations`() throws {
        let decision = try decide(exec("systemctl restart nginx"), by: rules)
        #expect(decision.ruling == .review)
        let sre = try #require(Role("sre"))
        #expect(
            decision.obligations == [
                .approval(quorum: 2, roles: [sre]), .timeLimit(.seconds(3600)),
            ]
        )
        #expect(decision.judged.map(\.action.action) == [.serviceControl])
    }

    @Test func `is a denial that names the rules, or the actions that none permits`() throws {
        #expect(
            try decide(exec("rm x; reboot"), by: rules).denial?.description
                == "forbidden by `no-removal (test.yaml:6)`"
        )
        #expect(
            try decide(exec("reboot; modprobe x"), by: rules).denial?.description
                == "no rule permits `host.power`, `kernel.change`"
        )
        #expect(try decide(exec("rm x"), by: rules).obligations == [])
    }

    @Test func `asks for what the rules want the client to claim`() throws {
        let line = Array("apt-get install jq".utf8)
        let without = try decide(.sample(commandLine: line), by: rules)
        #expect(without.ruling == .deny && without.denial == .missingClaims(["ticket"]))
        let empty = try decide(.sample(commandLine: line, claims: ["ticket": ""]), by: rules)
        #expect(empty.denial == .missingClaims(["ticket"]))
        let with = try decide(.sample(commandLine: line, claims: ["ticket": "CHG-1"]), by: rules)
        #expect(with.ruling == .permit && with.obligations == [])
    }

    @Test func `asks no rule where there is no grant`() throws {
        let decision = try decide(.sample("human:mallory", roles: []), by: "- {id: a, permit: any}")
        #expect(decision.denial == .noGrant && decision.judged == [])
    }

    @Test func `is a denial where nothing is permitted, and where there is no rule`() throws {
        #expect(try decide(exec("uptime"), by: "- {id: a, permit: file.read}").ruling == .deny)
        let inventory = try Samples.read(Samples.inventory).value
        let decision = CommandDecider(
            grants: GrantsDecider(inventory: inventory, snapshotVersion: 5),
            book: RuleBook(policy: try Policy.read([]).value, knowledge: Shipped.knowledge)
        ).decide(exec("true"))
        #expect(decision.ruling == .deny)
    }

    @Test func `denies what cannot be read, and says where`() throws {
        let decision = try decide(exec("echo (x"), by: "- {id: a, permit: any}")
        guard case .undecidable(.unreadable(_, at: let range?)) = decision.denial else {
            Issue.record("\(decision.ruling)")
            return
        }
        #expect(range.bytes == 6..<7)
    }

    @Test func `counts a terminal as an action of its own`() throws {
        let request = AuthorizationRequest.sample(hasTerminal: true)
        #expect(try decide(request, by: rules).ruling == .deny)
        let permitted = try decide(
            request,
            by: "- {id: a, permit: [system.read, terminal.interactive]}"
        )
        #expect(permitted.ruling == .permit)
    }

    @Test func `judges shells by what they are`() throws {
        let shell = AuthorizationRequest.sample(kind: .shell, commandLine: [])
        let terminal = AuthorizationRequest.sample(
            kind: .terminal,
            commandLine: [],
            hasTerminal: true
        )
        let code = "- {id: a, permit: code.run}"
        let interactive = "- {id: a, permit: terminal.interactive}"
        let both = "- {id: a, permit: [terminal.interactive, code.run]}"
        #expect(try decide(shell, by: both).ruling == .permit)
        #expect(try decide(shell, by: code).ruling == .deny)
        #expect(try decide(shell, by: interactive).ruling == .deny)
        #expect(try decide(terminal, by: interactive).ruling == .permit)
        #expect(try decide(terminal, by: code).ruling == .deny)
    }

    @Test func `reads a line as each shell that sh may be`() throws {
        // db1 has /bin/dash, where the braces are part of the name.
        let permit = "- {id: a, permit: file.delete, where: {path: '/tmp/?a?b?'}}"
        let line = Array("rm /tmp/{a,b}".utf8)
        let dash = AuthorizationRequest.sample(target: "db1", commandLine: line)
        #expect(try decide(dash, by: permit).ruling == .permit)
        #expect(try decide(.sample(commandLine: line), by: permit).ruling == .deny)
    }
}

/// SFTP, of which only the whole is decided.
@Suite struct `a decision about file transfer` {
    private func decide(
        _ rules: String,
        top: String = "",
        as subject: String = "human:bob"
    ) throws -> Decision {
        let inventory = try Samples.read(
            """
            principals:
              human:bob: {keys: ["\(Keys.ed25519(2))"], roles: [sre]}
              agent:copilot: {owner: human:bob, keys: ["\(Keys.ed25519(3))"], roles: [sre]}
            targets:
              web1: {address: 192.0.2.1, logins: [deploy]}
            grants:
              - {roles: [sre], targets: {names: [web1]}, logins: [deploy], requests: [sftp]}
            """
        ).value
        let policy = try PolicySamples.policy(rules, top: top)
        let isAgent = subject.hasPrefix("agent")
        return CommandDecider(
            grants: GrantsDecider(inventory: inventory, snapshotVersion: 5),
            book: RuleBook(policy: policy, knowledge: try KnowledgeBase.read([]).value)
        ).decide(
            .sample(
                subject,
                onBehalfOf: isAgent ? "human:bob" : nil,
                kind: .sftp,
                commandLine: []
            )
        )
    }

    private let aboutFiles = """
        - {id: f, forbid: file.write, where: {path: /etc/**}}
        - {id: p, permit: any}
        """

    @Test func `is a denial where there are rules about files, and names them`() throws {
        let decision = try decide(aboutFiles)
        #expect(decision.ruling == .deny)
        #expect(
            decision.denial?.description
                == "file transfer is not checked yet, and there are rules about files: `f (test.yaml:4)`"
        )
    }

    @Test func `follows the rules where none is about files in particular`() throws {
        #expect(try decide("- {id: p, permit: any}").ruling == .permit)
        #expect(try decide("- {id: p, permit: any}", as: "agent:copilot").ruling == .permit)
        #expect(try decide("- {id: p, permit: system.read}").ruling == .deny)
        #expect(try decide("- {id: p, review: any}").ruling == .review)
    }

    @Test func `may be unchecked for people, and never for agents`() throws {
        let top = "file-transfer: unchecked"
        #expect(try decide(aboutFiles, top: top).ruling == .permit)
        #expect(try decide(aboutFiles, top: top, as: "agent:copilot").ruling == .deny)
    }

    @Test func `looks only at policies and rules that are for the request`() throws {
        let other = """
            - {id: f, forbid: file.write, applies: {kinds: [agent]}}
            - {id: p, permit: any}
            """
        #expect(try decide(other).ruling == .permit)
        #expect(try decide(other, as: "agent:copilot").ruling == .deny)
    }

    @Test func `is only recorded where the policy observes`() throws {
        let decision = try decide(aboutFiles, top: "mode: observe")
        #expect(decision.ruling == .permit && decision.mode == .observe)
        #expect(decision.observation?.ruling == .deny)
    }
}

/// A shell of which nobody knows whether it is dash or bash.
@Suite struct `a judgement for a shell of two languages` {
    private func judgement(_ line: String, _ rules: String) throws -> CommandJudgement {
        var situation = CommandSituation(context: PolicySamples.context())
        situation.shell = .program("/bin/sh")
        return RuleBook(policy: try PolicySamples.policy(rules), knowledge: Shipped.knowledge)
            .judge(Array(line.utf8), in: situation)
    }

    private let rules = """
        - {id: plain, permit: file.delete, where: {path: '/tmp/?a?b?'}}
        - {id: each, permit: file.delete, where: {path: [/tmp/a, /tmp/b]}, time-limit: 1h}
        - {id: look, permit: [system.read, file.read]}
        """

    @Test func `has what it would do in either, with all obligations`() throws {
        let judgement = try judgement("rm /tmp/{a,b}", rules)
        #expect(judgement.verdict.ruling == .permit)
        #expect(judgement.verdict.obligations == [.timeLimit(.seconds(3600))])
        #expect(judgement.actions.count == 3)
        #expect(try self.judgement("rm /tmp/{a,c}", rules).verdict.ruling == .deny)
    }

    @Test func `denies what one of them cannot read`() throws {
        #expect(try judgement("cat <(uptime)", rules).verdict.undecidable != nil)
        #expect(try judgement("uptime | cat", rules).verdict.ruling == .permit)
    }

    @Test func `takes input for used where one of them uses it`() throws {
        #expect(try judgement("uptime", rules).inputUse == .ignored)
        #expect(try judgement("cat", rules).inputUse == .data)
    }
}
