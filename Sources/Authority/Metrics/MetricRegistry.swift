import CoreMetrics
import Synchronization

/// A backend of swift-metrics that keeps what `Metric` lists in memory, and nothing else.
///
/// Every series is made at the start, so that its size never changes; what another library or a
/// mistake of ours counts under another name is dropped.
final class MetricRegistry: MetricsFactory, Sendable {
    private let counters: [MetricSeries: CountedTotal]
    private let gauges: [MetricSeries: CurrentValue]
    private let histograms: [MetricSeries: DurationHistogram]

    init() {
        func made<Holder>(_ kind: Metric.Kind, _ holder: () -> Holder) -> [MetricSeries: Holder] {
            let series = Metric.allCases.filter { $0.kind == kind }.flatMap(MetricSeries.all)
            return Dictionary(uniqueKeysWithValues: series.map { ($0, holder()) })
        }
        counters = made(.counter, CountedTotal.init)
        gauges = made(.gauge, CurrentValue.init)
        histograms = made(.histogram, DurationHistogram.init)
    }

    /// What a series is at.
    enum Reading: Hashable, Sendable {
        case total(Int64)
        /// Nil where it was never set.
        case value(Double?)
        case durations(DurationHistogram.Counts)
    }

    /// In the order of the catalogue.
    func readings() -> [(series: MetricSeries, reading: Reading)] {
        Metric.allCases.flatMap(MetricSeries.all).map { ($0, reading(of: $0)) }
    }

    private func reading(of series: MetricSeries) -> Reading {
        if let counter = counters[series] { return .total(counter.total) }
        if let gauge = gauges[series] { return .value(gauge.value) }
        guard let histogram = histograms[series] else {
            preconditionFailure("every series of the catalogue is kept")
        }
        return .durations(histogram.counts)
    }

    // MARK: MetricsFactory

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        MetricSeries(label: label, dimensions: dimensions).flatMap { counters[$0] } ?? Unlisted()
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        MetricSeries(label: label, dimensions: dimensions).flatMap { gauges[$0] } ?? Unlisted()
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        MetricSeries(label: label, dimensions: dimensions).flatMap { histograms[$0] } ?? Unlisted()
    }

    /// Nothing of ours is one.
    func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        Unlisted()
    }

    func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        Unlisted()
    }

    // What is listed stays.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
}

/// A total that only rises, and stays where it cannot rise any more: a process that lies about its
/// bytes cannot turn it over.
final class CountedTotal: CounterHandler {
    private let amount = Atomic<Int64>(0)

    var total: Int64 { amount.load(ordering: .relaxed) }

    func increment(by step: Int64) {
        guard step > 0 else { return }
        var old = total
        while true {
            let (sum, isOver) = old.addingReportingOverflow(step)
            let (isDone, found) = amount.weakCompareExchange(
                expected: old,
                desired: isOver ? .max : sum,
                ordering: .relaxed
            )
            if isDone { return }
            old = found
        }
    }

    /// Never: what reads it takes a fall for a restart.
    func reset() {}
}

/// What was set last.
final class CurrentValue: MeterHandler {
    private let current = Mutex<Double?>(nil)

    var value: Double? { current.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) {
        guard value.isFinite else { return }
        current.withLock { $0 = value }
    }

    func increment(by amount: Double) { change(by: amount) }

    func decrement(by amount: Double) { change(by: -amount) }

    private func change(by amount: Double) {
        guard amount.isFinite else { return }
        current.withLock { $0 = ($0 ?? 0) + amount }
    }
}

/// How many took at most so long.
final class DurationHistogram: TimerHandler {
    struct Counts: Hashable, Sendable {
        /// Of each bucket alone; the last one is above all bounds.
        var buckets = [UInt64](repeating: 0, count: Metric.bucketSeconds.count + 1)
        var sumSeconds = 0.0

        var count: UInt64 { buckets.reduce(0, &+) }
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(max(duration, 0)) / 1_000_000_000
        let bucket = Metric.bucketSeconds.firstIndex { seconds <= $0 }
        state.withLock {
            $0.buckets[bucket ?? Metric.bucketSeconds.count] &+= 1
            $0.sumSeconds += seconds
        }
    }
}

/// What is not in the catalogue goes nowhere.
private final class Unlisted: CounterHandler, FloatingPointCounterHandler, MeterHandler,
    RecorderHandler, TimerHandler
{
    func increment(by: Int64) {}
    func increment(by: Double) {}
    func decrement(by: Double) {}
    func reset() {}
    func set(_ value: Int64) {}
    func set(_ value: Double) {}
    func record(_ value: Int64) {}
    func record(_ value: Double) {}
    func recordNanoseconds(_ duration: Int64) {}
}
