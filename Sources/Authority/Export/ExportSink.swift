import AuditTrail

/// Where records are copied to; all of it belongs to one exporter's thread.
protocol ExportSink: AnyObject {
    var isOpen: Bool { get }
    /// Whether it must be opened anew before anything else is written.
    var isReplaced: Bool { get }

    /// Makes ready to write what comes after `position`, and says after which record it really goes
    /// on.
    func open(after position: ExportPosition?) throws(ExportError) -> ExportPosition?
    /// Returns when all of it has arrived as far as that can be known; where it throws, any part of
    /// it may have.
    ///
    /// False where it may be nowhere that anybody looks, and is to be told again.
    func write(_ records: [AuditRecord]) throws(ExportError) -> Bool
    /// Before the position is kept.
    func settle() throws(ExportError)
    func close()
}
