import TestSupport
import Testing

@testable import SessionProtocol

@Suite struct `the document of limits` {
    /// By the names of `FieldLimits`.
    static let fields: [String: Int] = [
        "message": FieldLimits.message,
        "commandLine": FieldLimits.commandLine,
        "wrappedCommandLine": FieldLimits.wrappedCommandLine,
        "userName": FieldLimits.userName,
        "algorithm": FieldLimits.algorithm,
        "keyBlob": FieldLimits.keyBlob,
        "signature": FieldLimits.signature,
        "exchangeHash": FieldLimits.exchangeHash,
        "certificate": FieldLimits.certificate,
        "userAuthenticationRequest": FieldLimits.userAuthenticationRequest,
        "environmentName": FieldLimits.environmentName,
        "environmentValue": FieldLimits.environmentValue,
        "environmentBytes": FieldLimits.environmentBytes,
        "environmentCount": FieldLimits.environmentCount,
        "subsystem": FieldLimits.subsystem,
        "terminalType": FieldLimits.terminalType,
        "terminalCells": Int(FieldLimits.terminalCells),
        "identifier": FieldLimits.identifier,
        "login": FieldLimits.login,
        "targetName": FieldLimits.targetName,
        "principalName": FieldLimits.principalName,
        "roleCount": FieldLimits.roleCount,
        "signalName": FieldLimits.signalName,
        "prose": FieldLimits.prose,
        "refusalText": FieldLimits.refusalText,
        "probeOutput": FieldLimits.probeOutput,
        "commandInput": FieldLimits.commandInput,
        "algorithmCount": FieldLimits.algorithmCount,
        "obligationCount": FieldLimits.obligationCount,
        "determiningRuleCount": FieldLimits.determiningRuleCount,
        "digest": FieldLimits.digest,
        "sourceAddress": FieldLimits.sourceAddress,
        "claimCount": FieldLimits.claimCount,
        "claimName": FieldLimits.claimName,
        "claimValue": FieldLimits.claimValue,
        "actionCount": FieldLimits.actionCount,
        "action": FieldLimits.action,
        "judgedCount": FieldLimits.judgedCount,
        "judgedRuleCount": FieldLimits.judgedRuleCount,
        "advice": FieldLimits.advice,
    ]

    private static let snapshot = [
        "SnapshotBundle.maximumFiles": WrittenLimit.count(SnapshotBundle.maximumFiles),
        "SnapshotBundle.maximumPathBytes": WrittenLimit.bytes(SnapshotBundle.maximumPathBytes),
        "SnapshotBundle.maximumFileBytes": WrittenLimit.bytes(SnapshotBundle.maximumFileBytes),
        "SnapshotBundle.maximumBytes": WrittenLimit.bytes(SnapshotBundle.maximumBytes),
    ]

    private static let document = "docs/limits.md"

    @Test func `says every limit of a field as the code has it, and no other`() throws {
        let rows = try RepositoryFile(Self.document).table(
            under: "## Fields between the processes",
            columns: 4
        )

        let written = rows.map { "\($0[0]) \($0[1].replacing(",", with: ""))" }
        #expect(written.sorted() == Self.fields.map { "\($0.key) \($0.value)" }.sorted())
    }

    @Test func `says every limit of a snapshot as the code has it, and no other`() throws {
        #expect(try LimitsDocument().limits(under: "## Snapshot") == Self.snapshot)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declaration = "package static let "
        let declared = try RepositoryFile("Sources/SessionProtocol/FieldLimits.swift").lines
            .map { $0.drop { $0 == " " } }
            .filter { $0.hasPrefix(declaration) }
            .map { String($0.dropFirst(declaration.count).prefix { $0.isLetter }) }
        #expect(declared.sorted() == Self.fields.keys.sorted())

        let compared = declared.map { "FieldLimits.\($0)" } + Self.snapshot.keys
        #expect(try DeclaredLimits(in: "SessionProtocol").names.subtracting(compared) == [])
    }

    @Test func `says how often each message is permitted, as the table has it`() throws {
        let rows = try RepositoryFile(Self.document).table(
            under: "## Messages of a session process",
            columns: 3
        )

        let written = rows.map { "\($0[0]) \($0[1].replacing(",", with: "")) \($0[2])" }
        let permitted = SessionRequestKind.allCases.map { kind in
            let row = ProtocolTable.row(kind)
            return "\(kind) \(row.atMost) \(row.session == nil ? "connection" : "session")"
        }
        #expect(written.sorted() == permitted.sorted())
    }
}
