import AuditTrail

/// Everything that is counted or measured, a closed list; `docs/formats/metrics.md` describes it.
///
/// The name of a counter ends in `_total` where it is shown.
enum Metric: String, Hashable, Sendable, CaseIterable {
    // Connections
    case connections = "sallyport_connections"
    case connectionsRefused = "sallyport_connections_refused"
    case connectionsEnded = "sallyport_connections_ended"
    case connectionsOpen = "sallyport_connections_open"
    case connectionsPending = "sallyport_connections_pending"
    case limitHits = "sallyport_limit_hits"
    case signIns = "sallyport_sign_ins"
    case signInFailures = "sallyport_sign_in_failures"

    // Sessions
    case sessions = "sallyport_sessions"
    case sessionsStarted = "sallyport_sessions_started"
    case sessionsEnded = "sallyport_sessions_ended"
    case sessionsOpen = "sallyport_sessions_open"
    case streamBytes = "sallyport_session_stream_bytes"
    case recordedBytes = "sallyport_recorded_bytes"
    case remoteEnds = "sallyport_remote_ends"
    case endingsPending = "sallyport_endings_pending"

    // Deciding and signing
    case decisions = "sallyport_decisions"
    case decisionSeconds = "sallyport_decision_seconds"
    case certificates = "sallyport_certificates"
    case mintingSeconds = "sallyport_minting_seconds"

    // Processes
    case processDeaths = "sallyport_process_deaths"
    case protocolViolations = "sallyport_protocol_violations"
    case notices = "sallyport_notices"
    case spareProcesses = "sallyport_spare_processes"
    case decidersReady = "sallyport_deciders_ready"

    // The audit trail
    case auditRecords = "sallyport_audit_records"
    case commitSeconds = "sallyport_commit_seconds"
    case commitFailures = "sallyport_commit_failures"
    case auditSequence = "sallyport_audit_sequence"
    case unwrittenRecords = "sallyport_audit_unwritten_records"

    // Copies of the audit trail
    case exportedRecords = "sallyport_exported_records"
    case exportFailures = "sallyport_export_failures"
    case exportPosition = "sallyport_export_position"
    case exportLagRecords = "sallyport_export_lag_records"
    case exportLagSeconds = "sallyport_export_lag_seconds"

    // The bastion
    case reloads = "sallyport_reloads"
    case snapshotVersion = "sallyport_snapshot_version"
    case startTime = "sallyport_start_time_seconds"
    case diskFree = "sallyport_disk_free_bytes"

    enum Kind: String, Hashable, Sendable {
        /// Only rises, from 0 at the start of the bastion.
        case counter
        /// What is now.
        case gauge
        /// How many took at most so long.
        case histogram
    }

    var kind: Kind {
        switch self {
        case .connections, .connectionsRefused, .connectionsEnded, .limitHits, .signIns,
            .signInFailures, .sessions, .sessionsStarted, .sessionsEnded, .streamBytes,
            .recordedBytes, .remoteEnds,
            .decisions, .certificates, .processDeaths, .protocolViolations, .notices,
            .auditRecords, .commitFailures, .exportedRecords, .exportFailures, .reloads:
            .counter
        case .connectionsOpen, .connectionsPending, .sessionsOpen, .endingsPending,
            .spareProcesses, .decidersReady, .auditSequence, .unwrittenRecords, .exportPosition,
            .exportLagRecords, .exportLagSeconds, .snapshotVersion, .startTime, .diskFree:
            .gauge
        case .decisionSeconds, .mintingSeconds, .commitSeconds: .histogram
        }
    }

    var labels: [MetricLabel] {
        switch self {
        case .connectionsRefused: [MetricLabel("limit", RefusedConnectionLimit.self)]
        case .connectionsEnded: [.audited("cause", AuditEvent.ConnectionEnded.Cause.self)]
        case .limitHits: [MetricLabel("limit", LimitName.self, .ofSettings)]
        case .signIns: [.audited("method", AuditEvent.SignedIn.Method.self)]
        case .signInFailures: [MetricLabel("reason", SignInFailure.self)]
        case .sessions: [.audited("request", AuditEvent.SessionOpened.Request.self)]
        case .sessionsEnded: [.audited("cause", AuditEvent.SessionEnded.Cause.self)]
        case .streamBytes: [MetricLabel("stream", StreamName.self)]
        case .remoteEnds: [MetricLabel("state", AuditEvent.RemoteEnd.State.self)]
        case .decisions: [.audited("effect", AuditEvent.Decided.Effect.self)]
        case .certificates: [.audited("purpose", AuditEvent.CertificateIssued.Purpose.self)]
        case .processDeaths: [.audited("process", AuditEvent.ProcessDied.Process.self)]
        case .notices: [.audited("topic", AuditEvent.Notice.Topic.self)]
        case .auditRecords: [.audited("kind", AuditKind.self)]
        case .exportedRecords, .exportFailures, .exportPosition, .exportLagRecords,
            .exportLagSeconds:
            [MetricLabel("to", ExportName.self)]
        case .reloads: [MetricLabel("outcome", ReloadResult.self)]
        case .connections, .connectionsOpen, .connectionsPending, .sessionsStarted, .sessionsOpen,
            .recordedBytes, .endingsPending, .decisionSeconds, .mintingSeconds,
            .protocolViolations, .spareProcesses, .decidersReady, .commitSeconds, .commitFailures,
            .auditSequence, .unwrittenRecords, .snapshotVersion, .startTime, .diskFree:
            []
        }
    }

    /// What the name ends in where it is measured in something.
    var unit: String? {
        ["seconds", "bytes"].first { rawValue.hasSuffix("_" + $0) }
    }

    /// As swift-metrics and the lines of numbers call it.
    var sampleName: String { kind == .counter ? rawValue + "_total" : rawValue }

    static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.sampleName, $0) })

    /// LIMIT: lines of numbers, all metrics together; none is ever added while it serves.
    static let maximumSeries = 256
    /// In seconds; what is above the last one counts as slower than all.
    static let bucketSeconds: [Double] = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    ]
}
