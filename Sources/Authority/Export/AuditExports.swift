import AuditTrail
import Logging

/// All copies of the audit trail that the settings ask for.
struct AuditExports: Sendable {
    let exporters: [Exporter]

    init(_ exporters: [Exporter] = []) { self.exporters = exporters }

    /// Fails where a file cannot be written; a syslog that is not there can come later.
    init(
        _ settings: Settings,
        from reader: any AuditReading,
        _ measurements: Measurements,
        _ logger: Logger
    ) throws(ExportError) {
        var exporters: [Exporter] = []
        func add(
            _ name: ExportName,
            _ sink: any ExportSink,
            _ destination: String
        ) throws(ExportError) {
            let path = "\(settings.stateDirectory)/export-\(name.rawValue).position"
            exporters.append(
                try Exporter(
                    name,
                    to: sink,
                    from: reader,
                    positions: PositionFile(path: path, destination: destination),
                    measurements: measurements,
                    logger: logger
                )
            )
        }
        if let path = settings.export.filePath {
            try add(.file, ExportFile(path: path), path)
        }
        if let syslog = settings.export.syslog {
            try add(.syslog, SyslogSink(syslog), syslog.destination.description)
        }
        self.exporters = exporters
    }

    func start(committed: Int64) {
        for exporter in exporters { exporter.start(committed: committed) }
    }

    func committed(_ sequence: Int64) { for exporter in exporters { exporter.committed(sequence) } }

    func reopen() { for exporter in exporters { exporter.reopen() } }

    func stop() { for exporter in exporters { exporter.stop() } }
}
