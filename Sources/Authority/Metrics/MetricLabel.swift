/// A label of a metric, and every value that it can have.
///
/// Closed sets only: what a client, a target or a policy names is in the audit trail, never in a
/// label, so nobody outside makes another series.
struct MetricLabel: Hashable, Sendable {
    /// Where words are described that are not the metrics' own.
    enum Words: Hashable, Sendable {
        case own, ofAuditTrail, ofSettings
    }

    let name: String
    let words: Words
    let values: [String]

    init<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        _ values: Value.Type,
        _ words: Words = .own
    ) {
        self.name = name
        self.words = words
        self.values = Value.allCases.map(\.rawValue)
    }

    /// One with words of the audit trail.
    static func audited<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        _ values: Value.Type
    ) -> MetricLabel {
        MetricLabel(name, values, .ofAuditTrail)
    }
}

/// One line of numbers: a metric, and a value for each of its labels.
struct MetricSeries: Hashable, Sendable {
    let metric: Metric
    /// In the order of `Metric.labels`.
    let values: [String]

    init(_ metric: Metric, _ values: [String] = []) {
        self.metric = metric
        self.values = values
    }

    /// As swift-metrics names it; nil where it is none of ours.
    init?(label: String, dimensions: [(String, String)]) {
        guard let metric = Metric.named[label], dimensions.count == metric.labels.count else {
            return nil
        }
        for (label, dimension) in zip(metric.labels, dimensions) {
            guard label.name == dimension.0, label.values.contains(dimension.1) else { return nil }
        }
        self.init(metric, dimensions.map(\.1))
    }

    var dimensions: [(String, String)] {
        zip(metric.labels, values).map { ($0.name, $1) }
    }

    /// Every one that there can be.
    static func all(of metric: Metric) -> [MetricSeries] {
        metric.labels.reduce([[]]) { rows, label in
            rows.flatMap { row in label.values.map { row + [$0] } }
        }.map { MetricSeries(metric, $0) }
    }
}

/// Why a connection was refused before anybody served it; a limit of the settings by its `LimitName`.
enum RefusedConnectionLimit: String, CaseIterable {
    case pendingConnections = "limits.pending-connections"
    case pendingConnectionsPerSource = "limits.pending-connections-per-source"
    case connections = "limits.connections"
    case penalties = "penalties"
    case proxyProtocol = "proxy-protocol"
    case descriptors = "descriptors"
    case draining = "draining"
    /// No session process was to be had.
    case sessionProcesses = "session-processes"
}

/// Why a key or a certificate signed nobody in.
enum SignInFailure: String, CaseIterable {
    case malformed = "malformed"
    case unusableKey = "unusable-key"
    case unknownKey = "unknown-key"
    case revokedKey = "revoked-key"
    case certificate = "certificate"
    case notMapped = "not-mapped"
    case unknownPrincipal = "unknown-principal"
    case disabled = "disabled"
    case locked = "locked"
    case gesture = "gesture"
    case userNameChanged = "user-name-changed"
    case cannotRecord = "cannot-record"

    init(_ error: IdentificationError) {
        self =
            switch error {
            case .malformed: .malformed
            case .unusableKey, .algorithmNotForKey: .unusableKey
            case .unknownKey: .unknownKey
            case .revokedKey: .revokedKey
            case .certificate: .certificate
            case .notMapped: .notMapped
            case .unknownPrincipal: .unknownPrincipal
            case .disabled: .disabled
            case .locked: .locked
            case .gesture: .gesture
            case .userNameChanged: .userNameChanged
            case .cannotRecord: .cannotRecord
            }
    }
}

/// What came of reading the files again.
enum ReloadResult: String, CaseIterable {
    case inForce = "in-force"
    case refused = "refused"
}

/// Which way bytes of a session went.
enum StreamName: String, CaseIterable {
    case input, output, error
}
