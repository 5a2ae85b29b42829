import TestSupport
import Testing

@testable import Authority

@Suite struct `the description of metrics` {
    @Test func `lists every metric as it is shown, and no other`() throws {
        let rows = try RepositoryFile("docs/formats/metrics.md").table(
            under: "## Metrics",
            columns: 4
        )
        let code = Metric.allCases.map { metric in
            [
                metric.sampleName, metric.kind.rawValue,
                metric.labels.map(\.name).joined(separator: ", "), metric.help,
            ]
        }
        #expect(rows == code)
    }

    /// Words of other documents are described, and compared with the code, there.
    private static func written(_ label: MetricLabel) -> String {
        switch label.words {
        case .own: label.values.joined(separator: " ")
        case .ofAuditTrail: "of [the audit trail](audit.md)"
        case .ofSettings: "of [the settings](settings.md)"
        }
    }

    @Test func `lists every value of every label`() throws {
        let rows = try RepositoryFile("docs/formats/metrics.md").table(
            under: "## Labels",
            columns: 3
        )
        let code = Metric.allCases.flatMap { metric in
            metric.labels.map { label in
                [metric.sampleName, label.name, Self.written(label)]
            }
        }
        #expect(rows == code)
    }
}
