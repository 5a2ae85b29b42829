internal import Glibc
package import Recording

/// The folder of all recordings: `YYYY/MM/DD/SESSION.cast` by the UTC day of the start.
///
/// Folders are 0700 and files 0600, of the service's own user; a folder that others may look into
/// is refused.
package struct RecordingFolder: Sendable {
    package let path: String

    /// Opens the folder, or makes it.
    package init(path: String) throws(RecordingStoreError) {
        self.path = path
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST {
            throw .system(operation: "make", path: path, code: errno)
        }
        _ = try root()
    }

    /// Creates a recording and writes its header; both are on the disk when this returns.
    ///
    /// - Parameters:
    ///   - session: Its id; anything else is refused.
    ///   - header: Its first line.
    ///   - secondsSince1970: Its start.
    /// - Returns: The file, open for appending.
    /// - Throws: Where it exists, or the disk refuses; then nothing is left behind.
    package func create(
        session: String,
        header: RecordingHeader,
        at secondsSince1970: Int64
    ) throws(RecordingStoreError) -> RecordingFile {
        let place = try RecordingPlace(session: session, secondsSince1970: secondsSince1970)
        var folder = try root()
        var folderPath = path
        for name in place.folders {
            folderPath += "/\(name)"
            folder = try Self.subfolder(name, of: folder, path: folderPath)
        }
        let filePath = "\(path)/\(place.relativePath)"
        let number = retrying {
            unsafe openat(
                folder.number,
                place.fileName,
                O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY,
                0o600
            )
        }
        guard number >= 0 else {
            if errno == EEXIST { throw .alreadyExists(path: filePath) }
            throw .system(operation: "create", path: filePath, code: errno)
        }
        let file = OwnedDescriptor(adopting: number)
        do throws(RecordingStoreError) {
            try file.write(header.encoded, path: filePath)
            try file.synchronize(path: filePath)
            try folder.synchronize(path: folderPath)
        } catch {
            // A recording without its header must not be found later.
            _ = unsafe unlinkat(folder.number, place.fileName, 0)
            throw error
        }
        return RecordingFile(path: filePath, descriptor: file)
    }

    /// The path of a recording, or nil where there is none.
    ///
    /// `recording` is relative to the folder, as the audit trail has it; anything else than the
    /// place of a session's recording is refused.
    package func locate(_ recording: String) throws(RecordingStoreError) -> String? {
        let place = try RecordingPlace(relativePath: recording)
        let candidate = "\(path)/\(place.relativePath)"
        var status = stat()
        if unsafe lstat(candidate, &status) == 0 { return candidate }
        guard errno == ENOENT else {
            throw .system(operation: "examine", path: candidate, code: errno)
        }
        return nil
    }

    /// Settles a recording whose writer is gone: cuts what is no whole event, and closes it.
    ///
    /// The same after a proper end, where it only reads, and after a crash.
    package func settle(_ recording: String) throws(RecordingStoreError) -> RecordingSettlement? {
        guard let path = try locate(recording) else { return nil }
        return try RecordingRepair(path: path).settle()
    }

    // MARK: folders

    private func root() throws(RecordingStoreError) -> OwnedDescriptor {
        let folder = try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY, path: path)
        try Self.check(folder, path: path)
        return folder
    }

    private static func check(
        _ folder: borrowing OwnedDescriptor,
        path: String
    ) throws(RecordingStoreError) {
        let status = try folder.status(path: path)
        guard status.st_uid == geteuid() else {
            throw .foreignFolder(path: path, owner: status.st_uid)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .exposedFolder(path: path, mode: status.st_mode & 0o7777)
        }
    }

    /// Opens a folder in a folder, or makes it so that it outlives a crash.
    private static func subfolder(
        _ name: String,
        of parent: borrowing OwnedDescriptor,
        path: String
    ) throws(RecordingStoreError) -> OwnedDescriptor {
        if unsafe mkdirat(parent.number, name, 0o700) == 0 {
            try parent.synchronize(path: path)
        } else if errno != EEXIST {
            throw .system(operation: "make", path: path, code: errno)
        }
        let folder = try OwnedDescriptor.open(
            name,
            in: parent.number,
            O_RDONLY | O_DIRECTORY | O_NOFOLLOW,
            path: path
        )
        try check(folder, path: path)
        return folder
    }
}
