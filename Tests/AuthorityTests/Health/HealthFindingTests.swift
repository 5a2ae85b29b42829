import AuditTrail
import Testing

@testable import Authority

@Suite struct `how a bastion is` {
    private static let start = Timestamp(microsecondsSince1970: 1_790_000_000_000_000)

    private static func fine() -> HealthFindings {
        var findings = HealthFindings(
            facts: BastionHealth.Facts(
                startedAt: start,
                uptimeSeconds: 60,
                connections: 1,
                sessions: 2,
                spareProcesses: 2,
                deciders: 2,
                snapshotVersion: 3,
                loadedAt: start,
                digest: String(repeating: "d", count: 64),
                policyDigest: String(repeating: "e", count: 64),
                auditSequence: 17,
                diskFreeBytes: 1 << 40,
                landlock: 4,
                exports: []
            )
        )
        findings.listening = ["[::]:2222"]
        findings.spareProcesses = 2
        findings.room = DiskRoom(freeBytes: 1 << 40, freeFiles: 1 << 20)
        return findings
    }

    private static func export(lagSeconds: Int64, failure: String? = nil) -> BastionHealth.Export {
        BastionHealth.Export(
            name: "syslog",
            to: "/dev/log",
            position: 10,
            lagRecords: 7,
            lagSeconds: lagSeconds,
            failure: failure
        )
    }

    @Test func `is well where nothing is wrong`() {
        let report = Self.fine().report()
        #expect(report.level == .ok)
        #expect(report.exitStatus == 0)
        #expect(
            report.findings.map(\.subject) == [
                "serving", "audit-trail", "recordings", "disk", "deciders", "session-processes",
                "host-key", "certificate-authority", "rules", "sandbox",
            ]
        )
        #expect(
            report.findings[0].text
                == "at [::]:2222 since 2026-09-21T14:13:20.000000Z: 1 connection, 2 sessions"
        )
    }

    struct Case: Sendable {
        let subject: String
        let level: Diagnosis.Level
        let change: @Sendable (inout HealthFindings) -> Void

        init(
            _ subject: String,
            _ level: Diagnosis.Level,
            _ change: @escaping @Sendable (inout HealthFindings) -> Void
        ) {
            self.subject = subject
            self.level = level
            self.change = change
        }
    }

    /// Each with its nearest neighbour that is well, or only half as bad.
    static let cases: [Case] = [
        Case("serving", .error) { $0.isDraining = true },
        Case("audit-trail", .error) { $0.auditFailure = "the audit trail has no room left" },
        Case("audit-trail", .warning) { $0.unwrittenRecords = 1 },
        Case("audit-trail", .ok) { $0.commitTakes = .milliseconds(1999) },
        Case("audit-trail", .warning) { $0.commitTakes = .seconds(2) },
        Case("audit-trail", .warning) { $0.commitTakes = .milliseconds(9999) },
        Case("audit-trail", .error) { $0.commitTakes = .seconds(10) },
        Case("recordings", .error) { $0.recordings = .failed("open: Read-only file system") },
        Case("recordings", .error) { $0.recordings = .silent },
        Case("disk", .warning) { $0.room = nil },
        Case("disk", .warning) { $0.room = DiskRoom(freeBytes: 1 << 30, freeFiles: 1 << 20) },
        Case("disk", .error) { $0.room = DiskRoom(freeBytes: 1 << 20, freeFiles: 1 << 20) },
        Case("deciders", .warning) { $0.facts.deciders = 1 },
        Case("deciders", .error) { $0.facts.deciders = 0 },
        Case("session-processes", .ok) { $0.spareProcesses = 0 },
        Case("session-processes", .warning) { $0.startsFail = true },
        Case("session-processes", .error) {
            $0.startsFail = true
            $0.spareProcesses = 0
        },
        Case("disk", .error) { $0.reserveLack = "less than 5 % of the disk is free" },
        Case("host-key", .error) { $0.hostKey = .silent },
        Case("certificate-authority", .error) {
            $0.certificateAuthority = .failed("the ssh-agent at `/a`: it refuses to sign")
        },
        Case("rules", .warning) {
            $0.refusedReload = start
        },
        Case("export-syslog", .ok) { $0.facts.exports = [export(lagSeconds: 59)] },
        Case("export-syslog", .warning) { $0.facts.exports = [export(lagSeconds: 60)] },
        Case("export-syslog", .warning) {
            $0.facts.exports = [export(lagSeconds: 0, failure: "syslog at `/dev/log`: gone")]
        },
        Case("sandbox", .ok) { $0.sandboxLack = "the kernel has no Landlock" },
    ]

    @Test(arguments: cases)
    func `is told for each thing by itself`(example: Case) throws {
        var findings = Self.fine()
        example.change(&findings)
        let report = findings.report()
        let finding = try #require(report.findings.first { $0.subject == example.subject })
        #expect(finding.level == example.level, "\(finding)")
        #expect((finding.remedy == nil) == (example.level == .ok))
        #expect(!finding.text.contains("\n"))
        let others = report.findings.filter { $0.subject != example.subject }
        #expect(others.allSatisfy { $0.level == .ok })
        #expect(report.level == example.level)
    }

    @Test func `has a status for each way in which it is not known`() {
        let silent = HealthReport(unanswered: .silent(.seconds(5)))
        #expect(silent.level == .error)
        #expect(silent.findings[0].text.contains("within 5 s"))
    }
}
