import SSHWire
import TestSupport
import Testing

@testable import SessionProtocol

@Suite struct `the document of messages` {
    private let document: RepositoryFile

    init() throws { document = try RepositoryFile("docs/formats/messages.md") }

    @Test func `has every request, its number and when it is permitted how often`() throws {
        let rows = try document.table(under: "## From a session process", columns: 5)

        let written = rows.map { $0.joined(separator: " | ").replacing(",", with: "") }
        let permitted = SessionRequestKind.allCases.map { kind in
            let row = ProtocolTable.row(kind)
            let connection = ConnectionPhase.allCases.filter(row.connection.contains)
            let session = row.session.map { phases in
                SessionPhase.allCases.filter(phases.contains).map { "\($0)" }
            }
            return [
                "\(kind)", "\(kind.rawValue)",
                connection.map { "\($0)" }.joined(separator: " "),
                session?.joined(separator: " ") ?? "–",
                "\(row.atMost)",
            ].joined(separator: " | ")
        }
        #expect(written.sorted() == permitted.sorted())
    }

    @Test func `has every order, its number and its descriptors`() throws {
        let rows = try document.table(under: "## To a session process", columns: 4)

        let written = rows.map { $0[0...2].joined(separator: " ") }
        let sent = SampleMessages.orders.map {
            "\($0.kind) \($0.kind.rawValue) \($0.descriptorCount)"
        }
        #expect(written.sorted() == Set(sent).sorted())
        #expect(rows.count == SessionOrderKind.allCases.count)
    }

    @Test func `has the fields of every request in their order`() throws {
        let fields = try DocumentedFields(document, under: "### Fields of its messages")
        for request in SampleMessages.requests {
            try fields.expect(request.encoded(), of: "\(request.kind)")
        }
    }

    @Test func `has the numbers of notices and of causes`() throws {
        let rows = try document.table(under: "### Numbers in its messages", columns: 4)
        func written(_ column: Int) -> [String] {
            rows.filter { $0[column] != "" }.map { "\($0[0]) \($0[column])" }
        }

        #expect(written(1) == NoticeKind.allCases.map { "\($0.rawValue) \($0)" })
        #expect(written(2) == SessionEndCause.allCases.map { "\($0.rawValue) \($0)" })
        #expect(written(3) == ConnectionEndCause.allCases.map { "\($0.rawValue) \($0)" })
    }

    @Test func `has the fields of every order in their order`() throws {
        let fields = try DocumentedFields(document, under: "### Fields of its orders")
        for order in SampleMessages.orders {
            try fields.expect(order.encoded(), of: "\(order.kind)")
        }
    }

    @Test func `has the messages of a decider, their numbers and fields`() throws {
        let rows = try document.table(under: "## To and from a decider", columns: 5)
        let fields = try DocumentedFields(document, under: "### Fields of both")
        let samples =
            DecisionSamples.orders.map { $0.encoded() }
            + DecisionSamples.reports.map { $0.encoded() }

        #expect(rows.count == samples.count)
        for (row, sample) in zip(rows, samples) {
            #expect(row[1] == "\(sample[0])")
            try fields.expect(sample, of: row[0])
        }
    }

    @Test func `names only limits that exist`() throws {
        let headings = [
            "### Fields of its messages", "### Fields of its orders", "### Fields of both",
            "## Parts",
        ]
        for heading in headings {
            for row in try document.table(under: heading, columns: 4) where row[3] != "" {
                #expect(`the document of limits`.fields[row[3]] != nil, "\(row)")
            }
        }
    }
}

/// One message of each kind that a decider hears and says, in the order of the document.
private enum DecisionSamples {
    static let orders: [DeciderOrder] = [
        .load(version: 3),
        .decide(
            DecisionQuestion(
                number: 7,
                digest: [1, 2],
                principal: "agent:copilot",
                onBehalfOf: "human:alice",
                roles: ["runbook", "sre"],
                target: "web1",
                login: "deploy",
                program: .exec(commandLine: [0x69, 0x64]),
                hasTerminal: true,
                environment: [EnvironmentVariable(name: "TZ", value: [1])],
                input: .nothing,
                claims: [ClientClaim(name: "ticket", value: "CHG-1")],
                sourceAddress: "192.0.2.1",
                unixSeconds: 9
            )
        ),
    ]

    static let reports: [DeciderReport] = [
        .loaded(version: 3),
        .loadFailed(reason: "no"),
        .answer(
            DecisionAnswer(
                number: 7,
                digest: [1],
                effect: .deny,
                determiningRules: ["a"],
                obligations: [
                    .approval(quorum: 2, roles: ["sre"]), .masking, .timeLimit(seconds: 60),
                ],
                reason: "no grant",
                judged: [
                    JudgedPart(
                        effect: .deny,
                        action: "file.delete /",
                        rules: ["b"],
                        undecidedRules: ["c"],
                        reason: "d",
                        instead: nil,
                        place: CommandPlace(start: 1, end: 2)
                    )
                ],
                place: CommandPlace(start: 3, end: 4),
                actions: ["file.delete /"],
                mode: .observe,
                observation: DecisionAnswer.Observation(effect: .review, reason: "e"),
                ignoresInput: true
            )
        ),
    ]
}
