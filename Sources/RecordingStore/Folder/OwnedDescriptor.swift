internal import Glibc

/// Owns one file descriptor and closes it exactly once.
struct OwnedDescriptor: ~Copyable {
    let number: Int32

    init(adopting number: Int32) { self.number = number }

    deinit { _ = close(number) }

    consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }

    /// Opens a path below a folder, or any path where there is no folder.
    static func open(
        _ name: String,
        in folder: Int32 = AT_FDCWD,
        _ flags: Int32,
        mode: mode_t = 0,
        path: String
    ) throws(RecordingStoreError) -> OwnedDescriptor {
        let number = retrying { unsafe openat(folder, name, flags | O_CLOEXEC, mode) }
        guard number >= 0 else { throw .system(operation: "open", path: path, code: errno) }
        return OwnedDescriptor(adopting: number)
    }

    func status(path: String) throws(RecordingStoreError) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else {
            throw .system(operation: "examine", path: path, code: errno)
        }
        return status
    }

    func write(_ bytes: [UInt8], path: String) throws(RecordingStoreError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                retrying {
                    unsafe Glibc.write(
                        number,
                        buffer.baseAddress?.advanced(by: written),
                        buffer.count - written
                    )
                }
            }
            guard count > 0 else { throw .system(operation: "write", path: path, code: errno) }
            written += count
        }
    }

    /// Reads until as many bytes are there as asked for, or the end of the file.
    func read(
        _ count: Int,
        at offset: Int64,
        path: String
    ) throws(RecordingStoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                retrying {
                    unsafe pread(
                        number,
                        buffer.baseAddress?.advanced(by: filled),
                        count - filled,
                        off_t(offset) + off_t(filled)
                    )
                }
            }
            guard got >= 0 else { throw .system(operation: "read", path: path, code: errno) }
            guard got > 0 else { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    func synchronize(path: String) throws(RecordingStoreError) {
        guard fsync(number) == 0 else {
            throw .system(operation: "synchronize", path: path, code: errno)
        }
    }
}

/// Repeats a system call that a signal interrupted.
func retrying<Result: FixedWidthInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        guard result == -1, errno == EINTR else { return result }
    }
}
