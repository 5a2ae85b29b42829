/// What can be asked of an audit trail.
///
/// Every answer is bounded; a reader never makes a writer wait.
package protocol AuditReading: Sendable {
    func auditRecords(matching filter: AuditFilter) throws(StoreError) -> AuditPage<AuditRecord>
    /// Newest first.
    func sessions(matching filter: SessionFilter) throws(StoreError) -> AuditPage<SessionEntry>
    /// Newest first.
    func connections(
        matching filter: ConnectionFilter
    ) throws(StoreError) -> AuditPage<ConnectionEntry>
    func session(_ id: String) throws(StoreError) -> SessionEntry?
    func connection(_ id: String) throws(StoreError) -> ConnectionEntry?
    /// Who got the certificate whose serial stands in a target's auth log.
    func certificate(_ serial: CertificateSerial) throws(StoreError) -> CertificateEntry?
    /// The last certificate for a session's own transport; those that end it do not count.
    func lastCertificate(ofSession id: String) throws(StoreError) -> CertificateEntry?
    /// The locks in force at a moment.
    func locks(at moment: Timestamp) throws(StoreError) -> [LockEntry]
}

/// An audit trail: an append-only list of records, and what follows from them.
package protocol Store: AuditReading {
    /// Records all of it, in this order, or nothing; on return it is durable.
    ///
    /// Blocks for as long as the disk takes: `GroupCommitter` calls it on a thread of its own.
    func append(_ records: [NewAuditRecord]) throws(StoreError) -> [Committed]
    /// Gives everything back; each later call fails with `closed`.
    func close() throws(StoreError)
}
