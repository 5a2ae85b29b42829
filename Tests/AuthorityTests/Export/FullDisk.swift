import AuditTrail
import Glibc
import Synchronization

@testable import Authority

/// A file on a disk that takes half of what is written, until there is room.
final class FullDisk: ExportSink, Sendable {
    // SAFETY: `file` is touched by the exporter's thread alone.
    private nonisolated(unsafe) let file: ExportFile
    private let hasRoom = Mutex(false)

    init(_ file: ExportFile) { unsafe self.file = file }

    func makeRoom() { hasRoom.withLock { $0 = true } }

    var isOpen: Bool { unsafe file.isOpen }
    var isReplaced: Bool { unsafe file.isReplaced }

    func open(after position: ExportPosition?) throws(ExportError) -> ExportPosition? {
        try unsafe file.open(after: position)
    }

    func write(_ records: [AuditRecord]) throws(ExportError) -> Bool {
        guard !hasRoom.withLock({ $0 }) else { return try unsafe file.write(records) }
        let path = unsafe file.path
        _ = try unsafe file.write(Array(records.prefix(records.count / 2)))
        let torn = Array("{\"connec".utf8)
        let raw = unsafe Glibc.open(path, O_WRONLY | O_APPEND)
        _ = unsafe Glibc.write(raw, torn, torn.count)
        Glibc.close(raw)
        throw .file(path: path, reason: "write: No space left on device")
    }

    func settle() throws(ExportError) { try unsafe file.settle() }
    func close() { unsafe file.close() }
}
