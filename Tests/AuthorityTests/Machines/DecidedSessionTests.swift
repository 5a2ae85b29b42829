import AuditTrail
import Foundation
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `what a decision comes to` {
    private func refusal(_ judgement: SessionJudgement) throws -> SessionRefusal {
        guard case .refused(let refusal) = judgement else {
            Issue.record("it was admitted")
            throw CancellationError()
        }
        return refusal
    }

    private func admitted(_ judgement: SessionJudgement) throws -> AdmittedSession {
        guard case .admitted(let admitted) = judgement else {
            Issue.record("it was refused: \(judgement)")
            throw CancellationError()
        }
        return admitted
    }

    @Test func `is a denial that shows the rule and the place`() throws {
        let world = try World()
        let plan = try world.plan()
        let refused = try refusal(world.judge(plan, .judged(.deny, .sample())))
        #expect(refused.effect == .deny && refused.exitStatus == 77)
        #expect(
            refused.text == """
                sallyport: denied by f (p.yaml:3)
                  uptime
                  ^^^^^^ file.delete /etc
                  because: it is gone
                  instead: ask
                  this decision: s-000000000000

                """
        )
        #expect(refused.determiningRules == ["f (p.yaml:3)"])
        #expect(refused.judgement?.policyDigest == "d1" && refused.judgement?.mode == .enforce)
    }

    @Test func `is a review with a request, and another exit status`() throws {
        let world = try World()
        let plan = try world.plan(saying: ["SALLYPORT_INPUT": "none"])
        let refused = try refusal(world.judge(plan, .judged(.review, .sample(.review))))
        #expect(refused.effect == .review && refused.exitStatus == 75)
        #expect(refused.approvalRequest == "r-000000000000")
        #expect(refused.text.hasPrefix("sallyport: needs an approval by f (p.yaml:3)\n"))
        #expect(refused.text.hasSuffix("  request: r-000000000000; nothing has run\n"))
        // Whatever the decider calls it: nobody has approved.
        let permit = DeciderPool.Verdict.permitted(
            rules: ["g"],
            obligations: [.approval(quorum: 1, roles: [])]
        )
        #expect(try refusal(world.judge(plan, permit)).effect == .review)
    }

    @Test func `is a review of one input, which the client has to name`() throws {
        let world = try World()
        let verdict = DeciderPool.Verdict.judged(.review, .sample(.review))
        let digest = String(repeating: "0a", count: 32)
        let json = ["SALLYPORT_OUTPUT": "json"]
        func asked(
            _ said: [String: String],
            _ program: ProgramRequest = .exec(commandLine: [0x64, 0x66])
        ) throws -> (SessionRefusal, String) {
            let plan = try world.plan(program, saying: said)
            let refused = try refusal(world.judge(plan, verdict))
            #expect(refused.effect == .review && refused.exitStatus == 75)
            return (refused, refused.answer(to: plan).text)
        }
        let (unnamed, unnamedText) = try asked([:])
        #expect(unnamed.approvalRequest == nil && unnamed.judgement?.input == .unknown)
        #expect(unnamedText.contains("say which with SALLYPORT_INPUT=none, or sha256:"))
        #expect(try asked(json).1.contains(#""input":"unknown","decision":"review""#))
        let (none, noneText) = try asked(json.merging(["SALLYPORT_INPUT": "none"]) { $1 })
        #expect(none.approvalRequest != nil && none.judgement?.input == .discarded)
        #expect(noneText.contains(#""approvalRequest":"r-000000000000","input":"discarded""#))
        let (named, namedText) = try asked(
            json.merging(["SALLYPORT_INPUT": "sha256:\(digest)"]) { $1 }
        )
        #expect(named.approvalRequest != nil)
        #expect(named.judgement?.input == .promised(digest: digest))
        #expect(namedText.contains(#""input":"sha256:\#(digest)""#))
        // What somebody types has no digest.
        #expect(try asked([:], .shell).0.approvalRequest != nil)
    }

    @Test func `holds an input back until it is the promised one`() throws {
        let world = try World()
        let digest = [UInt8](repeating: 0x0A, count: 32)
        let said = [
            "SALLYPORT_INPUT": "sha256:" + String(repeating: "0A", count: 32),
            "SALLYPORT_OUTPUT": "json", "SALLYPORT_NONCE": "n1", "SALLYPORT_EXIT": "9",
        ]
        let plan = try world.plan(saying: said)
        let admitted = try admitted(world.judge(plan))
        #expect(admitted.input == .promised(digest: digest))
        guard case .hold(let promised) = InputOrder(admitted.input, of: plan) else {
            Issue.record("it is not held back")
            return
        }
        #expect(promised.digest == digest && promised.exitStatus == 9)
        #expect(promised.refusal.hasPrefix(#"{"sallyport":1,"nonce":"n1","#))
        // What nothing reads needs no promise.
        let ignored = DeciderPool.Verdict.permitted(rules: ["g"], ignoresInput: true)
        #expect(try self.admitted(world.judge(plan, ignored)).input == .discarded)
        #expect(InputOrder(.unknown, of: plan) == .relay)
        #expect(InputOrder(.discarded, of: plan) == .discard)
    }

    @Test func `is one line of JSON where the client wants it`() throws {
        let world = try World()
        let plan = try world.plan(
            saying: ["SALLYPORT_OUTPUT": "json", "SALLYPORT_NONCE": "n1", "SALLYPORT_EXIT": "255"]
        )
        let refused = try refusal(world.judge(plan, .judged(.deny, .sample())))
        let answer = refused.answer(to: plan)
        #expect(answer.exitStatus == 255)
        #expect(answer.text.hasPrefix(#"{"sallyport":1,"nonce":"n1","session":"s-000000000000","#))
        #expect(answer.text.hasSuffix("}\n") && answer.text.split(separator: "\n").count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
        let line = try #require(object as? [String: Any])
        #expect(line["decision"] as? String == "deny" && line["exitStatus"] as? Int == 255)
        let action = try #require((line["actions"] as? [[String: Any]])?.first)
        #expect(action["start"] as? Int == 0 && action["end"] as? Int == 6)
        #expect(action["instead"] as? String == "ask")
    }

    @Test func `is JSON for every other refusal, too`() throws {
        var world = try World()
        let plan = try world.plan(saying: ["SALLYPORT_OUTPUT": "json"])
        let without = try refusal(world.judge(plan, .withoutGrant())).answer(to: plan).text
        #expect(without.contains(#""decision":"deny","reason":"no grant permits this""#))
        let alone = try refusal(world.judge(plan, breaker: 1000)).answer(to: plan).text
        #expect(alone.contains(#""decision":"unavailable""#))
        world.locks.lock(.target("web1"), until: nil, reason: "maintenance")
        let locked = try refusal(world.judge(plan)).answer(to: plan).text
        #expect(locked.contains(#""decision":"deny""#) && locked.contains("maintenance"))
    }

    @Test func `has JSON that fits a message, without the last actions`() throws {
        let world = try World()
        let plan = try world.plan(saying: ["SALLYPORT_OUTPUT": "json"])
        let long = JudgedPart.sample(action: String(repeating: "\"", count: 256))
        let parts = [JudgedPart](repeating: long, count: 1) + [long, long, long, long, long, long]
        let verdict = DeciderPool.Verdict.judged(
            .deny,
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            parts[4],
            parts[5],
            parts[6],
            reason: String(repeating: "\\", count: 1024)
        )
        let text = try refusal(world.judge(plan, verdict)).answer(to: plan).text
        #expect(text.utf8.count <= ClientText.maximumBytes)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }

    @Test func `shows nothing that a terminal acts on, whatever a decider says`() throws {
        let world = try World()
        let plan = try world.plan()
        let hostile = JudgedPart.sample(
            action: "\u{1B}[2J",
            reason: "x\r\ny\u{202E}",
            at: CommandPlace(start: 900, end: 3)
        )
        let text = try refusal(world.judge(plan, .judged(.deny, hostile))).text
        #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\r" || $0 == "\u{202E}" })
    }

    @Test func `says no more than that to somebody without a grant`() throws {
        let world = try World()
        let plan = try world.plan(userName: "deploy@nowhere")
        let undecidable = DeciderPool.Verdict.undecidable(reason: "the decider is gone")
        #expect(try refusal(world.judge(plan, undecidable)).text == ClientText.noGrant)
        let known = try world.plan()
        #expect(try refusal(world.judge(known, undecidable)).text == ClientText.undecidable)
    }

    @Test func `discards the input that nothing reads, and that of who promised to send none`()
        throws
    {
        let world = try World()
        let ignored = DeciderPool.Verdict.permitted(rules: ["g"], ignoresInput: true)
        let plain = try world.plan()
        #expect(try admitted(world.judge(plain, ignored)).input == .discarded)
        #expect(try admitted(world.judge(plain, ignored)).judgement.input == .discarded)
        #expect(try admitted(world.judge(plain)).input == .unknown)
        let promised = try world.plan(saying: ["SALLYPORT_INPUT": "none"])
        #expect(promised.question(number: 1, at: world.moment).input == .nothing)
        #expect(try admitted(world.judge(promised)).input == .discarded)
        // What is typed into a terminal is more than input: it stops things.
        let terminal = try world.plan(
            terminal: TerminalRequest(type: "xterm", columns: 80, rows: 24),
            saying: ["SALLYPORT_INPUT": "none"]
        )
        #expect(terminal.question(number: 1, at: world.moment).input == .unknown)
        #expect(try admitted(world.judge(terminal, ignored)).input == .unknown)
        let shell = try world.plan(.shell)
        #expect(try admitted(world.judge(shell, ignored)).input == .unknown)
    }

    @Test func `has the shortest of its time limits`() throws {
        let world = try World()
        let verdict = DeciderPool.Verdict.permitted(
            rules: ["g"],
            obligations: [
                .timeLimit(seconds: 60), .timeLimit(seconds: 30), .timeLimit(seconds: 90),
            ]
        )
        #expect(try admitted(world.judge(try world.plan(), verdict)).timeLimit == .seconds(30))
        #expect(try admitted(world.judge(try world.plan())).timeLimit == nil)
    }

    @Test func `records what would have been where a policy only observes`() throws {
        let world = try World()
        let verdict = DeciderPool.Verdict.permitted(
            rules: ["g"],
            mode: .observe,
            observation: DecisionAnswer.Observation(effect: .deny, reason: "forbidden\u{7}"),
            actions: ["file.delete /"]
        )
        let judgement = try admitted(world.judge(try world.plan(), verdict)).judgement
        #expect(judgement.mode == .observe && judgement.observed == .deny)
        #expect(judgement.observedReason == "forbidden\\u{7}")
        #expect(judgement.actions == ["file.delete /"])
    }
}
