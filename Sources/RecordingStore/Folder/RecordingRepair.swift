internal import Glibc
internal import Recording

/// What became of a recording whose writer is gone.
package struct RecordingSettlement: Hashable, Sendable {
    package let path: String
    /// The final size of the file.
    package let bytes: UInt64
    /// Whether the recorder closed it; if not, a `recovered` fact was appended now.
    package let wasClosed: Bool
    /// What was cut from the end, because it was no whole event.
    package let cutBytes: UInt64
    /// The name of the file beside it that holds what was cut.
    package let tornFile: String?
}

/// Reads the end of a recording, and repairs it.
struct RecordingRepair {
    let path: String

    /// LIMIT: the first look; a closing event is far shorter.
    static let firstWindowBytes: Int64 = 64 * 1024
    /// LIMIT: twice the longest line, so that one whole line and a torn one are inside.
    static let lastWindowBytes = Int64(2 * CastReader.maximumLineBytes)
    /// LIMIT: a recording is torn once; more names mean that something else is wrong.
    static let maximumTornFiles = 9

    /// Cuts what is no whole event, appends `recovered` where there is no closing event, syncs.
    func settle() throws(RecordingStoreError) -> RecordingSettlement {
        let file = try open(O_RDWR | O_APPEND)
        let (tail, size) = try tail(of: file)
        let cutBytes = size - tail.end
        guard cutBytes > 0 || !tail.isClosed else {
            try file.synchronize(path: path)
            return settlement(bytes: size, wasClosed: true, cutBytes: 0, tornFile: nil)
        }
        var tornFile: String?
        if cutBytes > 0 {
            tornFile = try keep(file.read(Int(cutBytes), at: tail.end, path: path))
            guard ftruncate(file.number, off_t(tail.end)) == 0 else {
                throw .system(operation: "cut", path: path, code: errno)
            }
        }
        var line: [UInt8] = []
        var encoder = EventEncoder(addsCarriageReturns: false)
        encoder.fact(
            .recovered(cutBytes: UInt64(cutBytes), tornFile: tornFile),
            at: UInt64(tail.microseconds) * 1000,
            into: &line
        )
        try file.write(line, path: path)
        try file.synchronize(path: path)
        return settlement(
            bytes: tail.end + Int64(line.count),
            wasClosed: false,
            cutBytes: cutBytes,
            tornFile: tornFile
        )
    }

    private func settlement(
        bytes: Int64,
        wasClosed: Bool,
        cutBytes: Int64,
        tornFile: String?
    ) -> RecordingSettlement {
        RecordingSettlement(
            path: path,
            bytes: UInt64(bytes),
            wasClosed: wasClosed,
            cutBytes: UInt64(cutBytes),
            tornFile: tornFile
        )
    }

    private func open(_ flags: Int32) throws(RecordingStoreError) -> OwnedDescriptor {
        let file = try OwnedDescriptor.open(
            path,
            flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
            path: path
        )
        let status = try file.status(path: path)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noRegularFile(path: path) }
        return file
    }

    /// The end of the file that is kept, in bytes of the file.
    private struct Tail {
        let end: Int64
        let microseconds: Int64
        let isClosed: Bool
    }

    private func tail(
        of file: borrowing OwnedDescriptor
    ) throws(RecordingStoreError) -> (Tail, size: Int64) {
        let size = Int64(try file.status(path: path).st_size)
        var windowBytes = Self.firstWindowBytes
        while true {
            let start = max(size - windowBytes, 0)
            let window = try file.read(Int(size - start), at: start, path: path)
            do throws(CastError) {
                if let tail = try RecordingTail(window: window[...], isWholeFile: start == 0) {
                    let end = start + Int64(tail.keptBytes)
                    return (
                        Tail(end: end, microseconds: tail.microseconds, isClosed: tail.isClosed),
                        size
                    )
                }
            } catch {
                throw .unreadable(path: path, error)
            }
            guard windowBytes < Self.lastWindowBytes else {
                throw .noEventNearEnd(path: path, limit: Int(windowBytes))
            }
            windowBytes = min(windowBytes * 8, Self.lastWindowBytes)
        }
    }

    /// Writes what is cut off into a file of its own, on the disk before anything is cut.
    private func keep(_ bytes: [UInt8]) throws(RecordingStoreError) -> String {
        for attempt in 1...Self.maximumTornFiles {
            let suffix = attempt == 1 ? ".torn" : ".torn-\(attempt)"
            let tornPath = path + suffix
            let number = retrying {
                unsafe Glibc.open(
                    tornPath,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY,
                    0o600
                )
            }
            guard number >= 0 else {
                guard errno == EEXIST else {
                    throw .system(operation: "create", path: tornPath, code: errno)
                }
                continue
            }
            let torn = OwnedDescriptor(adopting: number)
            do throws(RecordingStoreError) {
                try torn.write(bytes, path: tornPath)
                try torn.synchronize(path: tornPath)
                try synchronizeFolder()
            } catch {
                // Nothing is cut then, and a later try begins anew.
                _ = unsafe unlink(tornPath)
                throw error
            }
            return lastComponent + suffix
        }
        throw .tooManyTornFiles(path: path, limit: Self.maximumTornFiles)
    }

    private var lastComponent: String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private func synchronizeFolder() throws(RecordingStoreError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try OwnedDescriptor.open(folder, O_RDONLY | O_DIRECTORY, path: folder)
            .synchronize(path: folder)
    }
}
