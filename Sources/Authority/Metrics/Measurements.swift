import CoreMetrics

/// What the authority counts and measures, from any thread, through swift-metrics.
final class Measurements: Sendable {
    /// How much is to be added to one counter.
    struct Step: Hashable, Sendable {
        let series: MetricSeries
        let amount: UInt64

        init(_ metric: Metric, _ values: [String] = [], by amount: UInt64 = 1) {
            series = MetricSeries(metric, values)
            self.amount = amount
        }
    }

    private let counters: [MetricSeries: Counter]
    private let meters: [MetricSeries: Meter]
    private let timers: [MetricSeries: Timer]

    init(factory: any MetricsFactory) {
        func made<Instrument>(
            _ kind: Metric.Kind,
            _ make: (String, [(String, String)]) -> Instrument
        ) -> [MetricSeries: Instrument] {
            let series = Metric.allCases.filter { $0.kind == kind }.flatMap(MetricSeries.all)
            return Dictionary(
                uniqueKeysWithValues: series.map { series in
                    (series, make(series.metric.sampleName, series.dimensions))
                }
            )
        }
        counters = made(.counter) { Counter(label: $0, dimensions: $1, factory: factory) }
        meters = made(.gauge) { Meter(label: $0, dimensions: $1, factory: factory) }
        timers = made(.histogram) { Timer(label: $0, dimensions: $1, factory: factory) }
    }

    func count(_ step: Step) {
        guard let counter = counters[step.series] else {
            preconditionFailure("only what the catalogue lists is counted")
        }
        counter.increment(by: Int64(clamping: step.amount))
    }

    func count(_ metric: Metric, _ values: String..., by amount: UInt64 = 1) {
        count(Step(metric, values, by: amount))
    }

    func set(_ metric: Metric, _ values: String..., to value: Double) {
        set(MetricSeries(metric, values), to: value)
    }

    func set(_ series: MetricSeries, to value: Double) {
        guard let meter = meters[series] else {
            preconditionFailure("only what the catalogue lists is measured")
        }
        meter.set(value)
    }

    /// `start` is a reading of the monotonic clock.
    func took(since start: UInt64, _ metric: Metric) {
        let elapsed = Reactor.monotonicNanoseconds() &- start
        took(.nanoseconds(Int64(clamping: elapsed)), metric)
    }

    func took(_ duration: Duration, _ metric: Metric) {
        guard let timer = timers[MetricSeries(metric)] else {
            preconditionFailure("only what the catalogue lists is measured")
        }
        timer.recordNanoseconds(Int64(clamping: duration.wholeNanoseconds))
    }
}

/// The numbers of one bastion: where they are kept, and what writes them.
struct Metering: Sendable {
    let registry: MetricRegistry
    let measurements: Measurements

    init() {
        registry = MetricRegistry()
        measurements = Measurements(factory: registry)
    }
}
