import StrictYAML
import Testing

@testable import PolicyEngine

@Suite struct `a limit of a command` {
    @Test func `is what a wrapped one has to the byte`() throws {
        let target = try Samples.target()
        func wrapped(quotes: Int, letters: Int) throws -> Int {
            let command =
                [UInt8](repeating: 39, count: quotes) + [UInt8](repeating: 65, count: letters)
            return try CommandWrapping.exec(command, environment: [], on: target).count
        }
        // A quote becomes four bytes.
        let room = try CommandLimits.wrappedBytes - wrapped(quotes: 0, letters: 0)
        let (quotes, letters) = (room / 4 - 1, room % 4 + 4)
        #expect(try wrapped(quotes: quotes, letters: letters) == CommandLimits.wrappedBytes)
        #expect(throws: WrappingError.wrappedTooLong(bytes: CommandLimits.wrappedBytes + 1)) {
            try wrapped(quotes: quotes, letters: letters + 1)
        }
    }

    @Test func `is what a variable's name and value have`() throws {
        let list = EnvironmentAllowList(adding: [try #require(.init("SITE_*"))])
        func allows(name: Int, value: Int) -> Bool {
            let name = "SITE_" + String(repeating: "N", count: name - 5)
            return list.allows(.init(name: name, value: [UInt8](repeating: 65, count: value)))
        }
        #expect(allows(name: 128, value: 4096))
        #expect(!allows(name: 129, value: 4096))
        #expect(!allows(name: 128, value: 4097))
    }

    @Test(arguments: ["LANG", "LC_ALL", "TZ"])
    func `is what a locale has`(_ name: String) {
        func allows(_ count: Int) -> Bool {
            EnvironmentAllowList()
                .allows(.init(name: name, value: [UInt8](repeating: 65, count: count)))
        }
        #expect(allows(256))
        #expect(!allows(257))
    }

    @Test func `is how many variables travel, and the next one is named`() throws {
        let list = EnvironmentAllowList(adding: [try #require(.init("SITE_*"))])
        let variables = (0...64).map { EnvironmentAssignment(name: "SITE_\($0)", value: []) }
        let result = list.filter(variables)
        #expect(result.allowed == Array(variables.prefix(64)))
        #expect(result.refused == ["SITE_64"])
    }

    @Test func `is what the name of a rule is shortened to`() {
        func text(_ count: Int) -> String {
            let name = String(repeating: "n", count: count - " (f:1)".count)
            return RuleID(name: name, location: SourceLocation(file: "f", line: 1)).text
        }
        #expect(text(1024).hasSuffix(" (f:1)"))
        #expect(text(1025).utf8.count == 1024)
    }
}

@Suite struct `a limit of a decision` {
    private static func decide(grants: Int, command: Int = 1) throws -> Decision {
        let grant =
            "  - {principals: [human:alice], targets: {names: [web1]}, logins: [deploy], "
            + "requests: [exec]}\n"
        let inventory = try Samples.read(
            "principals:\n  human:alice: {}\ntargets:\n  web1: {address: w, logins: [deploy]}\n"
                + "grants:\n" + String(repeating: grant, count: grants)
        ).value
        return CommandDecider(
            grants: GrantsDecider(inventory: inventory, snapshotVersion: 5),
            book: RuleBook(
                policy: try PolicySamples.policy("- {id: a, permit: any}"),
                knowledge: Shipped.knowledge
            )
        ).decide(
            .sample(
                "human:alice",
                roles: [],
                commandLine: Array(("#" + String(repeating: "a", count: command - 1)).utf8)
            )
        )
    }

    @Test func `is how many rules it names`() throws {
        for grants in [64, 65] {
            let decision = try Self.decide(grants: grants)
            #expect(decision.ruling == .permit && decision.determiningRules.count == 64)
        }
    }

    @Test func `is how long a command is that it permits`() throws {
        #expect(try Self.decide(grants: 1, command: 96 * 1024).ruling == .permit)
        #expect(
            try Self.decide(grants: 1, command: 96 * 1024 + 1).denial
                == .undecidable(
                    .malformedRequest("a command line exceeds the limit of 98304 bytes")
                )
        )
    }
}
