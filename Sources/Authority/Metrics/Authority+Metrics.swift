import AuditTrail
import RecordingStore

extension Authority {
    /// LIMIT: how long a disk may take to say how much of it is free; the other numbers do not wait.
    static let diskPatience = Duration.seconds(2)

    /// Calls back, on the loop, with every number as it is now.
    func readMetrics(then completion: @escaping ([MetricsText.Row]) -> Void) {
        let path = services.recordings.path
        services.look(
            within: Self.diskPatience,
            { DiskRoom(of: path) },
            then: { [self] room in
                // A disk that does not say keeps the number that it said last.
                if let free = room??.freeBytes { measure(.diskFree, Double(free)) }
                measureWhatIs()
                completion(services.metering.registry.readings())
            }
        )
    }

    private func measureWhatIs() {
        let sessions = connections.values.reduce(0) { $0 + $1.sessions.count }
        measure(.connectionsOpen, Double(connections.count))
        measure(.connectionsPending, Double(admission.pending))
        measure(.sessionsOpen, Double(sessions))
        measure(.endingsPending, Double(services.endings.pending))
        measure(.spareProcesses, Double(services.spares.ready))
        measure(.decidersReady, Double(services.deciders.ready))
        measure(.unwrittenRecords, Double(services.auditor.unwrittenRecords))
        measure(.auditSequence, Double(store.progress.lastSequence))
        for exporter in exports.exporters {
            let (name, progress) = (exporter.name.rawValue, exporter.progress)
            let lag = progress.lag(at: .now()) / .seconds(1)
            let measurements = services.metering.measurements
            measurements.set(.exportPosition, name, to: Double(progress.position))
            measurements.set(.exportLagRecords, name, to: Double(progress.lagRecords))
            measurements.set(.exportLagSeconds, name, to: lag)
        }
        measure(.snapshotVersion, Double(services.snapshotVersion))
        measure(.startTime, Double(startTime.microsecondsSince1970) / 1_000_000)
    }

    private func measure(_ metric: Metric, _ value: Double) {
        services.metering.measurements.set(metric, to: value)
    }
}
