import Glibc

/// What is free where something is kept.
struct DiskRoom: Hashable, Sendable {
    let freeBytes: UInt64
    let freeFiles: UInt64

    init(freeBytes: UInt64, freeFiles: UInt64) {
        self.freeBytes = freeBytes
        self.freeFiles = freeFiles
    }

    /// Nil where the system does not say; it blocks for as long as the disk does.
    init?(of path: String) {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        freeBytes = UInt64(status.f_bavail) &* UInt64(status.f_frsize)
        // Some file systems count no files.
        freeFiles = status.f_files == 0 ? .max : UInt64(status.f_favail)
    }
}
