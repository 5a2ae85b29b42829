import Glibc

/// What is free where something is kept.
struct DiskRoom: Hashable, Sendable {
    let freeBytes: UInt64
    let freeFiles: UInt64

    init(freeBytes: UInt64, freeFiles: UInt64) {
        self.freeBytes = freeBytes
        self.freeFiles = freeFiles
    }

    init(_ space: DiskSpace) {
        self.init(freeBytes: space.free, freeFiles: space.files?.free ?? .max)
    }

    /// Nil where the system does not say; it blocks for as long as the disk does.
    init?(of path: String) {
        guard let space = DiskSpace(at: path) else { return nil }
        self.init(space)
    }
}

extension DiskSpace {
    /// Of the file system on which a path is.
    init?(at path: String) {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        self.init(
            total: UInt64(status.f_blocks) &* UInt64(status.f_frsize),
            free: UInt64(status.f_bavail) &* UInt64(status.f_frsize),
            // Btrfs counts none, and others that make them as they are needed.
            files: status.f_files == 0
                ? nil : Files(total: UInt64(status.f_files), free: UInt64(status.f_favail))
        )
    }
}
