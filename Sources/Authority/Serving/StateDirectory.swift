import Glibc
import MessageSockets

/// The folder of everything that the authority keeps: ours, and nobody else's.
enum StateDirectory {
    static func make(_ path: String) throws(StartError) {
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST {
            throw .system("`\(path)` cannot be made: \(SocketError(call: "mkdir"))")
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .system("`\(path)` cannot be examined: \(SocketError(call: "stat"))")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .system("`\(path)` is no directory")
        }
        guard status.st_uid == geteuid() else {
            throw .system("`\(path)` belongs to somebody else")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .system("`\(path)` is open to others: run `chmod 700` on it")
        }
    }
}
