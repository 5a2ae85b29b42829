import CoreMetrics
import Foundation
import Testing

@testable import Authority

@Suite struct `the numbers of a bastion` {
    private let metering = Metering()

    private func reading(_ metric: Metric, _ values: String...) -> MetricRegistry.Reading? {
        metering.registry.readings().first { $0.series == MetricSeries(metric, values) }?.reading
    }

    @Test func `are all there from the start, at zero or unknown`() {
        #expect(reading(.connections) == .total(0))
        #expect(reading(.decisions, "review") == .total(0))
        #expect(reading(.connectionsOpen) == .value(nil))
        #expect(reading(.commitSeconds) == .durations(DurationHistogram.Counts()))
    }

    @Test func `are counted, set and measured through swift-metrics`() {
        metering.measurements.count(.decisions, "deny")
        metering.measurements.count(.decisions, "deny")
        metering.measurements.count(.decisions, "permit")
        metering.measurements.set(.connectionsOpen, to: 3)
        metering.measurements.took(.microseconds(100), .commitSeconds)
        metering.measurements.took(.microseconds(101), .commitSeconds)
        metering.measurements.took(.seconds(6), .commitSeconds)

        #expect(reading(.decisions, "deny") == .total(2))
        #expect(reading(.decisions, "permit") == .total(1))
        #expect(reading(.decisions, "review") == .total(0))
        #expect(reading(.connectionsOpen) == .value(3))
        guard case .durations(let counts) = reading(.commitSeconds) else {
            Issue.record("no durations")
            return
        }
        #expect(counts.buckets.prefix(2) == [1, 1])
        #expect(counts.buckets.last == 1)
        #expect(counts.count == 3)
        #expect(abs(counts.sumSeconds - 6.000201) < 0.000001)
    }

    @Test func `keep nothing that the catalogue does not list`() {
        let before = metering.registry.readings().map(\.series)
        let label = "sallyport_decisions_total"
        for dimensions in [
            [], [("effect", "mallory")], [("cause", "deny")],
            [("effect", "deny"), ("principal", "human:alice")],
        ] {
            Counter(label: label, dimensions: dimensions, factory: metering.registry).increment()
        }
        Counter(label: "mallory", factory: metering.registry).increment()
        Meter(label: "mallory", factory: metering.registry).set(1)
        Meter(label: label, dimensions: [("effect", "deny")], factory: metering.registry).set(1)
        Timer(label: "mallory", factory: metering.registry).recordNanoseconds(1)
        Recorder(label: "mallory", factory: metering.registry).record(1)
        FloatingPointCounter(label: "mallory", factory: metering.registry).increment()

        #expect(metering.registry.readings().map(\.series) == before)
        #expect(reading(.decisions, "deny") == .total(0))
    }

    @Test func `have a bounded number of series`() {
        let series = metering.registry.readings().map(\.series)
        #expect(Set(series).count == series.count)
        #expect(series.count <= Metric.maximumSeries)
    }

    @Test func `never fall, whatever a process says it moved`() {
        metering.measurements.count(.recordedBytes, by: UInt64.max)
        metering.measurements.count(.recordedBytes, by: UInt64.max)
        metering.measurements.count(.recordedBytes, by: 0)
        #expect(reading(.recordedBytes) == .total(.max))
        let counter = Counter(label: Metric.connections.sampleName, factory: metering.registry)
        counter.increment(by: 5)
        counter.increment(by: -3)
        counter.reset()
        #expect(reading(.connections) == .total(5))
    }

    @Test func `take no number that is none`() {
        metering.measurements.set(.diskFree, to: 7)
        metering.measurements.set(.diskFree, to: .nan)
        metering.measurements.set(.diskFree, to: .infinity)
        #expect(reading(.diskFree) == .value(7))
    }

    @Test func `lose nothing where many threads count`() {
        let measurements = metering.measurements
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<1000 {
                measurements.count(.connections)
                measurements.took(.milliseconds(1), .decisionSeconds)
            }
        }
        #expect(reading(.connections) == .total(8000))
        guard case .durations(let counts) = reading(.decisionSeconds) else {
            Issue.record("no durations")
            return
        }
        #expect(counts.count == 8000)
    }
}
