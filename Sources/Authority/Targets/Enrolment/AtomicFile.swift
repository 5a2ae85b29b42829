import Glibc
package import MessageSockets

/// Why a file was not written.
package enum FileWritingError: Error, Hashable, Sendable, CustomStringConvertible {
    case exists(path: String)
    case failed(path: String, SocketError)

    package var description: String {
        switch self {
        case .exists(let path): "`\(path)` exists already"
        case .failed(let path, let error): "`\(path)` cannot be written: \(error)"
        }
    }
}

/// Writes a file so that readers see all of it or nothing, also after a crash.
enum AtomicFile {
    /// Public keys are no secret, and the bastion may run as somebody else than the operator.
    private static let mode: mode_t = 0o644

    /// An existing file stays unless it is to be replaced.
    static func write(
        _ bytes: [UInt8],
        to path: String,
        replacing: Bool
    ) throws(FileWritingError) {
        let (directory, name) = split(path)
        // Hidden, so that a reader of the directory passes it over while it is being written.
        let temporary = "\(directory)/.\(name).\(getpid()).\(Randomness.number())"
        do throws(SocketError) {
            try create(temporary, bytes)
        } catch {
            throw .failed(path: path, error)
        }
        defer { unsafe unlink(temporary) }
        let result =
            replacing ? unsafe rename(temporary, path) : unsafe link(temporary, path)
        guard result == 0 else {
            if errno == EEXIST { throw .exists(path: path) }
            throw .failed(path: path, SocketError(call: replacing ? "rename" : "link"))
        }
        do throws(SocketError) {
            try synchronize(directory)
        } catch {
            throw .failed(path: path, error)
        }
    }

    /// Makes a directory for such files where it is not there; what goes wrong shows in the write.
    static func makeDirectory(_ path: String) {
        _ = unsafe mkdir(path, 0o755)
    }

    /// The directory and the name in it.
    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = path[..<slash]
        let name = String(path[path.index(after: slash)...])
        return (directory.isEmpty ? "/" : String(directory), name)
    }

    private static func create(_ path: String, _ bytes: [UInt8]) throws(SocketError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let raw = unsafe open(path, flags, 0o600)
        guard raw >= 0 else { throw SocketError(call: "open") }
        let file = Descriptor(adopting: raw)
        do throws(SocketError) {
            try fill(file, bytes)
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    private static func fill(_ file: Descriptor, _ bytes: [UInt8]) throws(SocketError) {
        var written = 0
        while written < bytes.count {
            let rest = Array(bytes[written...])
            let count = unsafe Glibc.write(file.raw, rest, rest.count)
            guard count > 0 else { throw SocketError(call: "write") }
            written += count
        }
        guard fchmod(file.raw, mode) == 0 else { throw SocketError(call: "fchmod") }
        guard fsync(file.raw) == 0 else { throw SocketError(call: "fsync") }
    }

    private static func synchronize(_ directory: String) throws(SocketError) {
        let raw = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard raw >= 0 else { throw SocketError(call: "open") }
        let descriptor = Descriptor(adopting: raw)
        guard fsync(descriptor.raw) == 0 else { throw SocketError(call: "fsync") }
    }
}
