package import AuditTrail

/// How a running bastion is.
package struct BastionHealth: Hashable, Sendable, Codable {
    /// What is so, whatever it means.
    package struct Facts: Hashable, Sendable, Codable {
        package var version = Release.version
        package var startedAt: Timestamp
        package var uptimeSeconds: Int64
        package var connections: Int
        package var sessions: Int
        package var spareProcesses: Int
        package var deciders: Int
        /// Which load is in force, since when, and of which files.
        package var snapshotVersion: UInt64
        package var loadedAt: Timestamp
        package var digest: String
        package var policyDigest: String
        /// The number of the last record of the audit trail.
        package var auditSequence: Int64
        package var diskFreeBytes: UInt64?
        /// The version of the kernel's Landlock; 0 where it has none.
        package var landlock: Int
        package var exports: [Export]
    }

    /// A copy of the audit trail.
    package struct Export: Hashable, Sendable, Codable {
        package let name: String
        package let to: String
        package let position: Int64
        package let lagRecords: Int64
        package let lagSeconds: Int64
        /// Why the last try failed.
        package let failure: String?
    }

    package let report: HealthReport
    package let facts: Facts
}

/// Which program this is.
package enum Release {
    /// There is no release yet.
    package static let version = "unreleased"
}
