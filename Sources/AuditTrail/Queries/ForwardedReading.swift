/// What is asked of one audit trail and answered by another that stands behind it.
package protocol ForwardedReading: AuditReading {
    /// Who answers.
    var reading: any AuditReading { get }
}

extension ForwardedReading {
    package func auditRecords(
        matching filter: AuditFilter
    ) throws(StoreError) -> AuditPage<AuditRecord> {
        try reading.auditRecords(matching: filter)
    }

    package func sessions(
        matching filter: SessionFilter
    ) throws(StoreError) -> AuditPage<SessionEntry> {
        try reading.sessions(matching: filter)
    }

    package func connections(
        matching filter: ConnectionFilter
    ) throws(StoreError) -> AuditPage<ConnectionEntry> {
        try reading.connections(matching: filter)
    }

    package func session(_ id: String) throws(StoreError) -> SessionEntry? {
        try reading.session(id)
    }

    package func connection(_ id: String) throws(StoreError) -> ConnectionEntry? {
        try reading.connection(id)
    }

    package func certificate(
        _ serial: CertificateSerial
    ) throws(StoreError) -> CertificateEntry? {
        try reading.certificate(serial)
    }

    package func lastCertificate(
        ofSession id: String
    ) throws(StoreError) -> CertificateEntry? {
        try reading.lastCertificate(ofSession: id)
    }

    package func locks(at moment: Timestamp) throws(StoreError) -> [LockEntry] {
        try reading.locks(at: moment)
    }
}
