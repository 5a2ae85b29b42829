import AuditTrail
import PolicyEngine
import SSHKeys
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a session's judgement` {
    private func refusal(_ judgement: SessionJudgement) throws -> SessionRefusal {
        guard case .refused(let refusal) = judgement else {
            Issue.record("it was admitted")
            throw CancellationError()
        }
        return refusal
    }

    @Test func `wraps the command that was decided, with the allowed variables`() throws {
        let world = try World()
        let plan = try world.plan(userName: "deploy@web1")
        guard case .admitted(let admitted) = world.judge(plan) else {
            Issue.record("it was refused")
            return
        }
        let command = String(decoding: admitted.forceCommand, as: UTF8.self)
        #expect(
            command == "exec /usr/bin/env -u BASH_ENV -u ENV LANG='C' "
                + "/bin/bash --noprofile --norc -p -c 'uptime'"
        )
        #expect(plan.refusedVariables == ["LD_PRELOAD"])
        #expect(admitted.hostKeyAlgorithms == ["ssh-ed25519"])
    }

    @Test func `looks the same for an unknown target, an ungranted login and a denial`() throws {
        let world = try World()
        let denied = DeciderPool.Verdict.withoutGrant()
        for name in ["deploy@nowhere", "root@web1", "deploy@web1", "not a name"] {
            let refusal = try refusal(world.judge(try world.plan(userName: name), denied))
            #expect(refusal.text == ClientText.noGrant)
            #expect(refusal.exitStatus == 77)
        }
    }

    @Test func `asks about unknown targets all the same, and believes no permit for them`() throws {
        let world = try World()
        let plan = try world.plan(userName: "deploy@nowhere")
        #expect(plan.question(number: 1, at: world.moment).target.isEmpty)
        #expect(plan.attribution.target == "nowhere")
        #expect(try refusal(world.judge(plan)).exitStatus == 77)
    }

    @Test func `is a denial where an obligation cannot be met`() throws {
        let world = try World()
        let verdict = DeciderPool.Verdict.permitted(rules: ["g"], obligations: [.masking])
        let plan = try world.plan(userName: "deploy@web1")
        #expect(try refusal(world.judge(plan, verdict)).reason.contains("masking"))
    }

    @Test func `is a refusal where the target is locked, unpinned, or left alone`() throws {
        var world = try World()
        let web = try world.plan(userName: "deploy@web1")
        #expect(try refusal(world.judge(web, breaker: 1000)).reason.contains("left alone"))
        let new = try world.plan(userName: "deploy@new1")
        #expect(try refusal(world.judge(new)).exitStatus == ClientText.deniedStatus)
        world.locks.lock(.target("web1"), until: nil, reason: "maintenance")
        #expect(try refusal(world.judge(web)).text.contains("maintenance"))
    }

    @Test(arguments: [false, true])
    func `is a refusal where the target's only host key is revoked`(
        byFingerprint: Bool
    ) throws {
        let before = try World()
        let world = try before.revoking(
            byFingerprint
                ? SSHKeys.Fingerprint(of: before.webHost.publicKey).description
                : World.line(before.webHost)
        )
        let refused = try refusal(world.judge(try world.plan(userName: "deploy@web1")))
        #expect(refused.reason.contains("no pinned host key"))
        #expect(refused.cause == .notStarted)
        guard case .admitted = world.judge(try world.plan(userName: "deploy@db1")) else {
            Issue.record("the target beside it is refused, too")
            return
        }
    }

    @Test func `is a refusal while the bastion is being stopped, to who is granted it`() throws {
        let world = try World()
        let plan = try world.plan(userName: "deploy@web1")
        let refused = try refusal(world.judge(plan, isDraining: true))
        #expect(refused.cause == .drained)
        #expect(refused.text.contains("being stopped"))
        let denied = DeciderPool.Verdict.withoutGrant()
        #expect(try refusal(world.judge(plan, denied, isDraining: true)).text == ClientText.noGrant)
    }

    @Test func `refuses a command that becomes too long`() throws {
        let world = try World()
        let quotes = [UInt8](repeating: UInt8(ascii: "'"), count: 90_000)
        let plan = try world.plan(userName: "deploy@web1", .exec(commandLine: quotes))
        #expect(try refusal(world.judge(plan)).exitStatus == 77)
    }

    @Test func `has a digest that the number is no part of`() throws {
        let world = try World()
        let plan = try world.plan(userName: "deploy@web1")
        let other = try world.plan(
            userName: "deploy@web1",
            .exec(commandLine: Array("uptime ".utf8))
        )
        #expect(
            plan.question(number: 1, at: world.moment).digest
                == plan.question(number: 2, at: world.moment).digest
        )
        #expect(
            plan.question(number: 1, at: world.moment).digest
                != other.question(number: 1, at: world.moment).digest
        )
    }
}

@Suite struct `an answer of a decider` {
    private let question = DecisionQuestion.sample(number: 4, digest: World.hash(7))

    private func verdict(
        number: UInt64 = 4,
        digest: [UInt8] = World.hash(7),
        rules: [String] = ["g"]
    ) -> DeciderPool.Verdict {
        DeciderPool.verdict(
            DecisionAnswer(
                number: number,
                digest: digest,
                effect: .permit,
                determiningRules: rules,
                obligations: [],
                reason: "permitted"
            ),
            to: question
        )
    }

    @Test func `counts for its own question only`() {
        guard case .answered = verdict() else {
            Issue.record("it does not count")
            return
        }
        for false_ in [verdict(number: 5), verdict(digest: World.hash(8)), verdict(rules: [])] {
            guard case .undecidable = false_ else {
                Issue.record("\(false_)")
                continue
            }
        }
    }
}
