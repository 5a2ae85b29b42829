internal import Foundation
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

    /// The path of a session's recording, or nil where there is none.
    package func locate(session: String) throws(RecordingStoreError) -> String? {
        let fileName = try RecordingPlace.fileName(session: session)
        for day in try days() {
            let candidate = "\(day)/\(fileName)"
            var status = stat()
            if unsafe lstat(candidate, &status) == 0 { return candidate }
            guard errno == ENOENT else {
                throw .system(operation: "examine", path: candidate, code: errno)
            }
        }
        return nil
    }

    /// The sessions whose recordings were not closed: live, or open when the bastion crashed.
    ///
    /// Reads the end of every recording, so this is for the start; who knows the sessions asks for
    /// each.
    package func unfinished() throws(RecordingStoreError) -> [String] {
        var sessions: [String] = []
        for day in try days() {
            for name in try Self.names(in: day) {
                guard let session = RecordingPlace.session(fileName: name) else { continue }
                if Self.isOpen(path: "\(day)/\(name)") { sessions.append(session) }
            }
        }
        return sessions
    }

    /// Settles a recording whose writer is gone: cuts what is no whole event, and closes it.
    ///
    /// The same after a proper end, where it only reads, and after a crash.
    package func settle(session: String) throws(RecordingStoreError) -> RecordingSettlement? {
        guard let path = try locate(session: session) else { return nil }
        return try RecordingRepair(path: path).settle()
    }

    /// One that cannot be read counts as open, so that `settle` says why and the others go on.
    private static func isOpen(path: String) -> Bool {
        do throws(RecordingStoreError) {
            return try !RecordingRepair(path: path).isClosed()
        } catch {
            return true
        }
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

    /// The folders of days, latest first.
    private func days() throws(RecordingStoreError) -> [String] {
        var folders = [path]
        for digits in [4, 2, 2] {
            var next: [String] = []
            for folder in folders {
                let names = try Self.names(in: folder).filter {
                    RecordingPlace.isDatePart($0, digits: digits)
                }
                next += names.sorted(by: >).map { "\(folder)/\($0)" }
            }
            folders = next
        }
        return folders
    }

    private static func names(in folder: String) throws(RecordingStoreError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .system(operation: "list", path: folder, code: errno)
        }
    }
}
