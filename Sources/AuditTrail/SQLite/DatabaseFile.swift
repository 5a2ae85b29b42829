import Glibc

/// The file of a store: its owner's alone, in a folder of its owner's alone.
enum DatabaseFile {
    /// Makes folder and file where they are not there.
    static func prepare(_ path: String) throws(StoreError) {
        let folder = folder(of: path)
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw failure(folder) }
        try check(folder, isFolder: true)
        // SQLite would make the file with the rights that the umask leaves.
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe open(path, flags, 0o600)
        if descriptor >= 0 {
            Glibc.close(descriptor)
            try syncFolder(folder)
        } else if errno != EEXIST {
            throw failure(path)
        }
        try check(path)
        try refuseEmptied(path)
    }

    /// Refuses a file that lost all it had: SQLite would throw its log away and begin anew.
    ///
    /// A first start that was cut short has no log beside an empty file.
    private static func refuseEmptied(_ path: String) throws(StoreError) {
        var (file, log) = (stat(), stat())
        guard unsafe stat(path, &file) == 0 else { throw failure(path) }
        guard file.st_size == 0, unsafe stat(path + "-wal", &log) == 0, log.st_size > 0 else {
            return
        }
        throw .corrupt(reason: "it is empty, and its write-ahead log is not")
    }

    /// Refuses what others may read, change or exchange.
    static func check(_ path: String) throws(StoreError) {
        try check(folder(of: path), isFolder: true)
        try check(path, isFolder: false)
    }

    private static func check(_ path: String, isFolder: Bool) throws(StoreError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == (isFolder ? S_IFDIR : S_IFREG) else {
            throw .cannotOpen(path: path, reason: isFolder ? "is no folder" : "is no plain file")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw .exposed(path: path, mode: UInt32(status.st_mode & 0o7777))
        }
    }

    /// A new file survives a power cut only when its folder is synced.
    private static func syncFolder(_ folder: String) throws(StoreError) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func failure(_ path: String) -> StoreError {
        let code = errno
        let reason = unsafe String(cString: strerror(code))
        switch code {
        case ENOSPC, EDQUOT: return .full(reason: "\(path): \(reason)")
        default: return .cannotOpen(path: path, reason: reason)
        }
    }
}
