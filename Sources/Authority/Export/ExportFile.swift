import AuditTrail
import Glibc
import MessageSockets

/// A file of JSON lines that grows: each record once.
///
/// The position is what its last whole line says; the one that is kept elsewhere counts only where
/// the file is empty, as after a rotation.
final class ExportFile: ExportSink {
    /// LIMIT: bytes of the end of the file that are looked at for its last line; a record has less.
    static let tailBytes = 16 * 1024 * 1024
    private static let firstTailBytes = 64 * 1024
    /// Readable for a group that ships logs.
    static let mode: mode_t = 0o640

    let path: String
    private var file: Descriptor?

    init(path: String) { self.path = path }

    deinit { close() }

    var isOpen: Bool { file != nil }

    func open(after position: ExportPosition?) throws(ExportError) -> ExportPosition? {
        let opened = try naming { () throws(SocketError) in try Self.opened(path) }
        try check(opened)
        let last: ExportPosition?
        let cutBytes: Int
        switch try naming({ () throws(SocketError) in try Self.tail(of: opened) }) {
        case .foreign: throw .foreign(path: path, reason: "ends in no record")
        case .unclear:
            let reason = "has no end of a line in its last \(Self.tailBytes) bytes"
            throw .foreign(path: path, reason: reason)
        case .empty(let bytes): (last, cutBytes) = (position, bytes)
        case .line(let line, let bytes): (last, cutBytes) = (try recorded(line), bytes)
        }
        try naming { () throws(SocketError) in try Self.cut(cutBytes, of: opened) }
        file = opened
        return last
    }

    /// Nobody else writes what is taken for ours.
    private func check(_ file: Descriptor) throws(ExportError) {
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else {
            throw .file(path: path, reason: SocketError(call: "stat").description)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .file(path: path, reason: "it is no regular file")
        }
        guard status.st_mode & S_IWOTH == 0 else {
            throw .file(path: path, reason: "anybody may write to it")
        }
        guard flock(file.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw .file(path: path, reason: "another process holds its lock")
        }
    }

    private func naming<Value>(
        _ work: () throws(SocketError) -> Value
    ) throws(ExportError) -> Value {
        do throws(SocketError) {
            return try work()
        } catch {
            throw .file(path: path, reason: error.description)
        }
    }

    /// Appends; a beginning of it may be there where it throws, which the next `open` cuts.
    ///
    /// What was renamed between the look at the path and the writing may be compressed and removed by
    /// now, with these records or without: nobody can tell, so they belong into the new file, too.
    func write(_ records: [AuditRecord]) throws(ExportError) -> Bool {
        var bytes: [UInt8] = []
        for record in records {
            do throws(StoreError) {
                bytes += try CanonicalJSON.line(record).utf8
            } catch {
                throw .store(error)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        guard let file else { preconditionFailure("an export is opened before it is written to") }
        try naming { () throws(SocketError) in try ReplacedFile.append(bytes, to: file) }
        return !isReplaced
    }

    /// On the disk, so that a position which is kept elsewhere is never ahead of it.
    func settle() throws(ExportError) {
        guard let file else { return }
        guard fdatasync(file.raw) == 0 else {
            throw .file(path: path, reason: SocketError(call: "fdatasync").description)
        }
    }

    func close() {
        // Closed alone it would stay locked for as long as a child that another thread has just forked,
        // and that has not reached its `exec`, holds the same open file.
        if let file { flock(file.raw, LOCK_UN) }
        file = nil
    }

    /// Whether another file is at the path now, or none.
    var isReplaced: Bool {
        guard let file else { return false }
        var (ours, there) = (stat(), stat())
        guard unsafe fstat(file.raw, &ours) == 0, unsafe lstat(path, &there) == 0 else {
            return true
        }
        return ours.st_dev != there.st_dev || ours.st_ino != there.st_ino
    }

    private func recorded(_ line: [UInt8]) throws(ExportError) -> ExportPosition {
        do {
            return try ExportPosition(line: line)
        } catch {
            throw .foreign(path: path, reason: "ends in a line that is no record")
        }
    }

    // MARK: The file

    private static func opened(_ path: String) throws(SocketError) -> Descriptor {
        let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        var raw = unsafe Glibc.open(path, flags)
        let isNew = raw < 0 && errno == ENOENT
        if isNew { raw = unsafe Glibc.open(path, flags | O_CREAT | O_EXCL, mode) }
        guard raw >= 0 else { throw SocketError(call: "open") }
        let file = Descriptor(adopting: raw)
        // Whatever the umask is.
        if isNew, fchmod(file.raw, mode) != 0 { throw SocketError(call: "chmod") }
        return file
    }

    private static func tail(of file: Descriptor) throws(SocketError) -> ExportTail {
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else { throw SocketError(call: "stat") }
        let size = Int(status.st_size)
        var length = firstTailBytes
        while true {
            length = min(length, tailBytes)
            let count = min(length, size)
            let bytes = try read(count, at: size - count, of: file)
            let tail = ExportTail(bytes, isWhole: count == size)
            if tail != .unclear || length == tailBytes { return tail }
            length *= 4
        }
    }

    private static func read(
        _ count: Int,
        at offset: Int,
        of file: Descriptor
    ) throws(SocketError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = unsafe bytes.withUnsafeMutableBytes { room in
                unsafe pread(
                    file.raw,
                    room.baseAddress?.advanced(by: done),
                    count - done,
                    off_t(offset + done)
                )
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw SocketError(call: "read") }
            done += got
        }
        return bytes
    }

    private static func cut(_ bytes: Int, of file: Descriptor) throws(SocketError) {
        guard bytes > 0 else { return }
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else { throw SocketError(call: "stat") }
        guard ftruncate(file.raw, status.st_size - off_t(bytes)) == 0 else {
            throw SocketError(call: "ftruncate")
        }
    }
}
