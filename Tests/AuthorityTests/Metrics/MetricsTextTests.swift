import Foundation
import Testing

@testable import Authority

@Suite struct `the lines of numbers` {
    private static let rows: [MetricsText.Row] = {
        var counts = DurationHistogram.Counts()
        counts.buckets[3] = 2
        counts.buckets[Metric.bucketSeconds.count] = 1
        counts.sumSeconds = 7.5
        return [
            (MetricSeries(.decisions, ["permit"]), .total(12)),
            (MetricSeries(.decisions, ["deny"]), .total(3)),
            (MetricSeries(.recordedBytes), .total(1 << 40)),
            (MetricSeries(.connectionsOpen), .value(4)),
            (MetricSeries(.connectionsPending), .value(nil)),
            (MetricSeries(.startTime), .value(1_790_000_000.25)),
            (MetricSeries(.commitSeconds), .durations(counts)),
        ]
    }()

    @Test func `are those of Prometheus's text format`() {
        let text = MetricsText.prometheus.text(Self.rows)
        #expect(
            text.hasPrefix(
                """
                # HELP sallyport_connections_open connections now
                # TYPE sallyport_connections_open gauge
                sallyport_connections_open 4
                # HELP sallyport_recorded_bytes_total \(Metric.recordedBytes.help)
                # TYPE sallyport_recorded_bytes_total counter
                sallyport_recorded_bytes_total 1099511627776
                # HELP sallyport_decisions_total decisions, by their effect
                # TYPE sallyport_decisions_total counter
                sallyport_decisions_total{effect="permit"} 12
                sallyport_decisions_total{effect="deny"} 3
                # HELP sallyport_commit_seconds how long a commit of the audit trail took
                # TYPE sallyport_commit_seconds histogram
                sallyport_commit_seconds_bucket{le="0.0001"} 0
                sallyport_commit_seconds_bucket{le="0.00025"} 0
                sallyport_commit_seconds_bucket{le="0.0005"} 0
                sallyport_commit_seconds_bucket{le="0.001"} 2

                """
            )
        )
        #expect(
            text.hasSuffix(
                """
                sallyport_commit_seconds_bucket{le="5.0"} 2
                sallyport_commit_seconds_bucket{le="+Inf"} 3
                sallyport_commit_seconds_sum 7.5
                sallyport_commit_seconds_count 3
                # HELP sallyport_start_time_seconds \(Metric.startTime.help)
                # TYPE sallyport_start_time_seconds gauge
                sallyport_start_time_seconds 1790000000.25

                """
            )
        )
    }

    @Test func `name families, units and the end in OpenMetrics`() {
        let text = MetricsText.openMetrics.text(Self.rows)
        #expect(
            text.contains(
                """
                # HELP sallyport_recorded_bytes \(Metric.recordedBytes.help)
                # TYPE sallyport_recorded_bytes counter
                # UNIT sallyport_recorded_bytes bytes
                sallyport_recorded_bytes_total 1099511627776

                """
            )
        )
        #expect(text.hasSuffix("\n# EOF\n"))
    }

    /// What a reader of either format refuses, by the grammar.
    @Test(arguments: MetricsText.allCases)
    func `are well-formed for every metric`(format: MetricsText) throws {
        let registry = MetricRegistry()
        let measurements = Measurements(factory: registry)
        for metric in Metric.allCases where metric.kind == .gauge {
            for series in MetricSeries.all(of: metric) { measurements.set(series, to: 0.000_001) }
        }
        let lines = format.text(registry.readings()).split(separator: "\n")
        let sample =
            /[a-z][a-z0-9_]*(\{[a-z]+="[+A-Za-z0-9.\-]+"(,[a-z]+="[+A-Za-z0-9.\-]+")*\})? [0-9][0-9.e\-]*/
        let comment = /# (HELP|TYPE|UNIT) [a-z][a-z0-9_]* [^\\"]+|# EOF/
        for line in lines {
            let isWellFormed =
                try (line.hasPrefix("#") ? comment.wholeMatch(in: line) != nil : false)
                || sample.wholeMatch(in: line) != nil
            #expect(isWellFormed, "\(line)")
        }
        #expect(lines.filter { $0.hasPrefix("# TYPE") }.count == Metric.allCases.count)
    }
}
