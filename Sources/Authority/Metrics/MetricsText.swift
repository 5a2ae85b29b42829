/// The lines in which metrics are shown.
package enum MetricsText: String, Hashable, Sendable, Codable, CaseIterable {
    /// Prometheus's text format 0.0.4, as the textfile collector of node_exporter reads it.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics = "openmetrics"

    typealias Row = (series: MetricSeries, reading: MetricRegistry.Reading)

    /// Families in the order of the catalogue; those of which nothing is known are left out.
    func text(_ rows: [Row]) -> String {
        var lines: [String] = []
        for metric in Metric.allCases {
            let samples = rows.filter { $0.series.metric == metric }.flatMap(samples)
            guard !samples.isEmpty else { continue }
            lines += heading(metric) + samples
        }
        if self == .openMetrics { lines.append("# EOF") }
        return lines.map { $0 + "\n" }.joined()
    }

    private func heading(_ metric: Metric) -> [String] {
        // OpenMetrics names the family, the older format the samples.
        let name = self == .openMetrics ? metric.rawValue : metric.sampleName
        var lines = ["# HELP \(name) \(metric.help)", "# TYPE \(name) \(metric.kind.rawValue)"]
        if self == .openMetrics, let unit = metric.unit { lines.append("# UNIT \(name) \(unit)") }
        return lines
    }

    private func samples(_ row: Row) -> [String] {
        let name = row.series.metric.sampleName
        let labels = row.series.dimensions
        switch row.reading {
        case .total(let total): return [Self.line(name, labels, "\(total)")]
        case .value(nil): return []
        case .value(let value?): return [Self.line(name, labels, Self.number(value))]
        case .durations(let counts):
            var below: UInt64 = 0
            let bounds = Metric.bucketSeconds.map { "\($0)" } + ["+Inf"]
            let buckets = zip(bounds, counts.buckets).map { bound, count in
                below &+= count
                return Self.line(name + "_bucket", labels + [("le", bound)], "\(below)")
            }
            return buckets + [
                Self.line(name + "_sum", labels, Self.number(counts.sumSeconds)),
                Self.line(name + "_count", labels, "\(below)"),
            ]
        }
    }

    /// Every value is a word of ours: nothing in it is to be escaped.
    private static func line(
        _ name: String,
        _ labels: [(String, String)],
        _ value: String
    ) -> String {
        let pairs = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        return pairs.isEmpty ? "\(name) \(value)" : "\(name){\(pairs)} \(value)"
    }

    /// Whole numbers without a fraction, as long as they are exact.
    private static func number(_ value: Double) -> String {
        let whole = value.rounded()
        return whole == value && abs(whole) < 9_007_199_254_740_992 ? "\(Int64(whole))" : "\(value)"
    }
}
