import SSHWire
import TestSupport
import Testing

@testable import SessionProtocol

@Suite struct `a limited field of a message` {
    private let document: RepositoryFile

    init() throws { document = try RepositoryFile("docs/formats/messages.md") }

    /// Where messages and their fields stand, where their numbers do, and who reads them.
    private typealias Direction = (
        kinds: String, columns: Int, fields: String, decode: @Sendable ([UInt8]) throws -> Void
    )

    private static let directions: [Direction] = [
        (
            "## From a session process", 5, "### Fields of its messages",
            { _ = try SessionRequest(decoding: $0) }
        ),
        (
            "## To a session process", 4, "### Fields of its orders",
            { _ = try SessionOrder(decoding: $0) }
        ),
    ]

    @Test func `between authority and session process is read up to its limit`() throws {
        var seen: Set<String> = []
        for direction in Self.directions {
            let fields = try DocumentedFields(document, under: direction.fields)
            for row in try document.table(under: direction.kinds, columns: direction.columns) {
                let number = try #require(UInt8(row[1]))
                for field in fields.limitedFields(of: row[0], number: number) {
                    try expectLimit(of: field, direction.decode)
                    seen.insert(field.limit)
                }
            }
        }
        // Those of deciders, of a message as a whole and of what only the authority holds.
        let others: Set = [
            "action", "actionCount", "advice", "claimCount", "claimName", "claimValue",
            "determiningRuleCount", "environmentBytes", "judgedCount", "judgedRuleCount",
            "message", "obligationCount", "principalName", "roleCount", "sourceAddress",
            "targetName", "wrappedCommandLine",
        ]
        #expect(seen == Set(`the document of limits`.fields.keys).subtracting(others))
    }

    @Test func `between authority and decider is read up to its limit`() throws {
        let fields = try DocumentedFields(document, under: "### Fields of both")
        var seen: Set<String> = []
        for row in try document.table(under: "## To and from a decider", columns: 5) {
            let number = try #require(UInt8(row[1]))
            for field in fields.limitedFields(of: row[0], number: number) {
                try expectLimit(of: field) { bytes in
                    switch row[2] {
                    case "authority": _ = try DeciderOrder(decoding: bytes)
                    case "decider": _ = try DeciderReport(decoding: bytes)
                    default: Issue.record("nobody sends `\(row[0])`")
                    }
                }
                seen.insert(field.limit)
            }
        }
        let expected: Set = [
            "action", "actionCount", "advice", "claimCount", "claimName", "claimValue",
            "commandLine", "determiningRuleCount", "digest", "environmentCount", "environmentName",
            "environmentValue", "judgedCount", "judgedRuleCount", "login", "obligationCount",
            "principalName", "prose", "roleCount", "sourceAddress", "subsystem", "targetName",
        ]
        #expect(seen == expected)
    }

    private func expectLimit(
        of field: LimitedField,
        _ decode: @Sendable ([UInt8]) throws -> Void
    ) throws {
        let limit = try #require(`the document of limits`.fields[field.limit])
        #expect(throws: Never.self, "\(field.name)") { try decode(field.encoded(limit)) }
        let error = #expect(throws: WireError.self, "\(field.name)") {
            try decode(field.encoded(limit + 1))
        }
        #expect(error?.description.contains("exceeds") == true, "\(field.name)")
        #expect(error?.description.contains("\(limit)") == true, "\(field.name)")
    }
}

@Suite struct `a limit of the conversation` {
    private let number = SessionNumber(1)

    @Test(arguments: SessionRequestKind.allCases)
    func `admits a message as often as the table says, and no more`(
        kind: SessionRequestKind
    ) throws {
        let row = ProtocolTable.row(kind)
        var ledger = ProtocolLedger()
        ledger.connection = try #require(row.connection.first)
        if let phase = row.session?.first { ledger.moved(number, to: phase) }
        let session = row.session == nil ? nil : number

        for _ in 0..<row.atMost { try ledger.admit(kind, session: session) }
        #expect(throws: ProtocolViolation.tooOften(kind, limit: row.atMost)) {
            try ledger.admit(kind, session: session)
        }
    }

    @Test(arguments: [
        LimitCase("files", SnapshotBundle.maximumFiles) { count in
            try read(
                [SnapshotBundle.File](repeating: .init(.rules, path: "p", bytes: []), count: count)
            )
        },
        LimitCase("a path", SnapshotBundle.maximumPathBytes) { count in
            try read([.init(.rules, path: String(repeating: "p", count: count), bytes: [])])
        },
        LimitCase("a file", SnapshotBundle.maximumFileBytes) { count in
            try read([.init(.rules, path: "p", bytes: [UInt8](repeating: 1, count: count))])
        },
        LimitCase("all together", SnapshotBundle.maximumBytes) { count in
            let half = [UInt8](repeating: 1, count: SnapshotBundle.maximumBytes / 2 - 100)
            let frame = SnapshotBundle(files: [
                .init(.rules, path: "p", bytes: half), .init(.rules, path: "q", bytes: half),
                .init(.rules, path: "r", bytes: []),
            ]).encoded().count
            let rest = [UInt8](repeating: 1, count: count - frame)
            try read([
                .init(.rules, path: "p", bytes: half), .init(.rules, path: "q", bytes: half),
                .init(.rules, path: "r", bytes: rest),
            ])
        },
    ])
    func `of a snapshot is read, and one above is refused`(_ limit: LimitCase) throws {
        #expect(throws: Never.self) { try limit.take(limit.limit) }
        #expect(throws: WireError.self) { try limit.take(limit.limit + 1) }
    }

    @Test func `of a session's variables is read, all together, and a byte above is refused`()
        throws
    {
        func read(_ bytes: Int) throws {
            let count = FieldLimits.environmentBytes / FieldLimits.environmentValue
            var variables = (0..<count).map { number in
                let name = "\(1000 + number)"
                let size = FieldLimits.environmentValue - name.utf8.count
                return EnvironmentVariable(name: name, value: [UInt8](repeating: 1, count: size))
            }
            let more = bytes - FieldLimits.environmentBytes
            if more > 0 {
                variables.append(.init(name: String(repeating: "n", count: more), value: []))
            }
            let opening = SessionOpening(
                number: number,
                program: .shell,
                terminal: nil,
                environment: variables
            )
            _ = try SessionRequest(decoding: SessionRequest.openSession(opening).encoded())
        }
        let limit = FieldLimits.environmentBytes
        #expect(throws: Never.self) { try read(limit) }
        #expect(throws: WireError.tooLong(field: "environment", limit: limit)) {
            try read(limit + 1)
        }
    }

    private static func read(_ files: [SnapshotBundle.File]) throws {
        _ = try SnapshotBundle(decoding: SnapshotBundle(files: files).encoded())
    }
}
