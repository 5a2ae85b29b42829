import Glibc
import MessageSockets
import SSHWire
import SessionProtocol

/// Reads the snapshot from the file in memory that the authority sent.
enum SnapshotFile {
    /// LIMIT: one read.
    static let readBytes = 256 * 1024

    /// Other deciders read the same open file, so its position stays where it is.
    ///
    /// How long it is cannot be asked here: the sandbox is closed.
    static func read(_ file: Descriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: readBytes)
        while true {
            let count = unsafe pread(file.raw, &room, room.count, off_t(bytes.count))
            guard count >= 0 else { throw SocketError(call: "pread") }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= SnapshotBundle.maximumBytes else {
                throw WireError.tooLong(field: "snapshot", limit: SnapshotBundle.maximumBytes)
            }
            bytes.append(contentsOf: room.prefix(count))
        }
    }
}
