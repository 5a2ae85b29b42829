import CSystem
import Glibc
import MessageSockets

/// Whether a recording could be written now; it blocks for as long as the disk does.
enum RecordingsProbe {
    /// As much as a block, so that a full disk says so.
    private static let bytes = [UInt8](repeating: 0, count: 4096)

    /// Writes to a file without a name, which is gone when it is closed.
    static func look(at folder: String) -> HealthFindings.Look {
        let raw = unsafe sp_open_unnamed(folder)
        guard raw >= 0 else {
            // Some file systems have no such files; then rights are all that is looked at.
            guard errno == EOPNOTSUPP else { return .failed("\(SocketError(call: "open"))") }
            return unsafe access(folder, W_OK | X_OK) == 0
                ? .fine : .failed("\(SocketError(call: "access"))")
        }
        let file = Descriptor(adopting: raw)
        let count = unsafe write(file.raw, bytes, bytes.count)
        return count == bytes.count ? .fine : .failed("\(SocketError(call: "write"))")
    }
}
