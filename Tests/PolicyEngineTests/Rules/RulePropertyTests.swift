import CommandAnalysis
import PolicyEngine
import ShellSyntax
import TestSupport
import Testing

/// What must hold for every policy and every list of actions.
@Suite struct `a decision by any rules` {
    private static let conditions = [
        "", ", where: {path: /a/**}", ", where: {path: [/a/b, ./**]}", ", unless: {path: /a/**}",
        ", where: {verb: [x, \"y*\"]}", ", unless: {verb: x}", ", where: {recursive: true}",
        ", where: {any: [{path: /a/b}, {verb: y}]}, unless: {user: root}",
        ", where: {not: {path: /b/**}}", ", where: {certainty: possible}",
        ", where: {place: container}", ", where: {all: [{path: \"/*/b\"}, {recursive: false}]}",
    ]
    private static let actions = ["file.read", "file.write", "[file.read, file.write]", "any"]
    private static let paths: [AbstractPath] = [
        .absolute("a", "b"), .absolute("a"), .absolute("b"), .absolute("a", .unknown),
        .absolute(.unknown), .start("c"), AbstractPath(root: .unknown), .absolute(),
    ]

    private func rule(_ number: Int, _ effect: String, _ random: inout SeededGenerator) -> String {
        let action = Self.actions.randomElement(using: &random) ?? "any"
        let condition = Self.conditions.randomElement(using: &random) ?? ""
        let otherwise = Int.random(in: 0..<4, using: &random) == 0 ? ", otherwise: true" : ""
        return "- {id: r\(number), \(effect): \(action)\(condition)\(otherwise)}"
    }

    private func action(_ random: inout SeededGenerator) -> ForeseenAction {
        let paths = (0..<Int.random(in: 1...2, using: &random)).map { _ in
            Self.paths.randomElement(using: &random) ?? .unknown
        }
        var attributes = [Value(.path, .paths(paths))]
        if Bool.random(using: &random) { attributes.append(.flag(.recursive)) }
        let verbs: [AbstractText] = ["x", "y", "yz", .unknown]
        attributes.append(.text(.verb, verbs.randomElement(using: &random) ?? "x"))
        return ForeseenAction(
            Bool.random(using: &random) ? .fileRead : .fileWrite,
            Bool.random(using: &random) ? .certain : .possible,
            attributes: attributes,
            context: ActionContext(
                program: "p",
                identity: Bool.random(using: &random) ? .login : .account("root"),
                place: Bool.random(using: &random) ? .target : .within(.container, name: "c"),
                wrappers: []
            ),
            range: SourceRange(0, 1)
        )
    }

    private func ruling(_ rules: [String], _ actions: [ForeseenAction]) throws -> Ruling {
        let policy = try PolicySamples.policy(rules.joined(separator: "\n"))
        return RuleDecider(policy: policy).judge(actions, in: PolicySamples.context()).ruling
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `gets no milder by a forbid, and no denial is lifted by taking a permit away`(
        _ seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        var rulings: Set<Ruling> = []
        for _ in 0..<150 {
            let rules = (0..<Int.random(in: 1...5, using: &random)).map { number in
                let effect = ["forbid", "permit", "permit", "review"].randomElement(using: &random)
                return rule(number, effect ?? "permit", &random)
            }
            let actions = (0..<Int.random(in: 1...2, using: &random)).map { _ in action(&random) }
            let before = try ruling(rules, actions)
            rulings.insert(before)
            let forbid = rule(9, "forbid", &random)
            let stricter = try ruling(rules + [forbid], actions)
            #expect(before != .deny || stricter == .deny, "\(rules) + \(forbid)")
            // An otherwise rule may only come into play where no other permit holds any more.
            for number in rules.indices where !rules[number].contains("forbid") {
                var fewer = rules
                fewer.remove(at: number)
                if fewer.isEmpty { continue }
                let after = try ruling(fewer, actions)
                #expect(before != .deny || after == .deny, "\(rules) - \(number)")
            }
        }
        #expect(rulings == Set(Ruling.allCases))
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `gets no milder by another value of an attribute, nor by another action`(
        _ seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        var hardened = 0
        for _ in 0..<200 {
            let rules = (0..<Int.random(in: 1...5, using: &random)).map { number in
                let effect = ["forbid", "permit", "permit", "review"].randomElement(using: &random)
                return rule(number, effect ?? "permit", &random)
            }
            let first = action(&random)
            let before = try ruling(rules, [first])
            guard case .paths(let paths) = first[.path] else { continue }
            let another = Self.paths.randomElement(using: &random) ?? .unknown
            let more = ForeseenAction(
                first.action,
                first.certainty,
                attributes: first.attributes.map {
                    $0.name == .path ? Value(.path, .paths(paths + [another])) : $0
                },
                context: first.context,
                range: first.range
            )
            let wider = try ruling(rules, [more])
            #expect(wider >= before, "\(rules)")
            if wider > before { hardened += 1 }
            #expect(try ruling(rules, [first, action(&random)]) >= before, "\(rules)")
        }
        #expect(hardened > 3)
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `gets no milder by being less sure of an action`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let rules = (0..<4).map { number in
                let effect = ["forbid", "permit", "permit", "review"].randomElement(using: &random)
                return rule(number, effect ?? "permit", &random)
            }
            // A rule that asks how sure it is may say anything.
            if rules.contains(where: { $0.contains("certainty") }) { continue }
            let some = action(&random)
            let rulings = try Certainty.allCases.map { certainty in
                try ruling(
                    rules,
                    [
                        ForeseenAction(
                            some.action,
                            certainty,
                            attributes: some.attributes,
                            context: some.context,
                            range: some.range
                        )
                    ]
                )
            }
            #expect(rulings[0] <= rulings[1], "\(rules)")
        }
    }
}
