import AuditTrail
import Glibc
import Synchronization

@testable import Authority

/// A file that is rotated between the look at its path and what is written then, each time that a test
/// wants it.
final class RotatedFile: ExportSink, Sendable {
    // SAFETY: `file` is touched by the exporter's thread alone.
    private nonisolated(unsafe) let file: ExportFile
    private let rotations: Mutex<[@Sendable (String) -> Void]>

    init(_ file: ExportFile, _ rotations: [@Sendable (String) -> Void]) {
        unsafe self.file = file
        self.rotations = Mutex(rotations)
    }

    var isOpen: Bool { unsafe file.isOpen }
    var isReplaced: Bool { unsafe file.isReplaced }

    func open(after position: ExportPosition?) throws(ExportError) -> ExportPosition? {
        try unsafe file.open(after: position)
    }

    func write(_ records: [AuditRecord]) throws(ExportError) -> Bool {
        let rotate = rotations.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        rotate?(unsafe file.path)
        return try unsafe file.write(records)
    }

    func settle() throws(ExportError) { try unsafe file.settle() }
    func close() { unsafe file.close() }
}
