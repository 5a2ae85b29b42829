import Glibc
import MessageSockets
import SSHWire
import SessionProtocol

/// Reads the snapshot from the file in memory that the authority sent.
enum SnapshotFile {
    /// Other deciders read the same open file, so its position stays where it is.
    static func read(_ file: Descriptor) throws -> [UInt8] {
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else { throw SocketError(call: "fstat") }
        let size = Int(status.st_size)
        guard size <= SnapshotBundle.maximumBytes else {
            throw WireError.tooLong(field: "snapshot", limit: SnapshotBundle.maximumBytes)
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(
                    file.raw,
                    buffer.baseAddress?.advanced(by: filled),
                    size - filled,
                    off_t(filled)
                )
            }
            guard count > 0 else { throw SocketError(call: "pread") }
            filled += count
        }
        return bytes
    }
}
