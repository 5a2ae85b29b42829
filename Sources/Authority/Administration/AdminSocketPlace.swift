import Glibc
import MessageSockets

/// Where the admin socket is, and which accounts get as far as the socket.
package enum AdminSocketPlace: Hashable, Sendable {
    /// In the state directory, which is closed to all but its owner and root.
    case closed(path: String)
    /// Where every account may connect: the kernel says which one does, and the settings who may.
    case open(path: String)

    package var path: String {
        switch self {
        case .closed(let path), .open(let path): path
        }
    }

    var mode: mode_t {
        switch self {
        case .closed: 0o600
        case .open: 0o666
        }
    }

    /// Makes room for a socket of ours.
    ///
    /// What an authority left behind is removed; one that still answers, and what is no socket, is
    /// left alone.
    func prepare() throws(SocketError) {
        if case .open = self { try prepareFolder() }
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw SocketError(call: "stat") }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw SocketError(call: "socket path", code: EEXIST)
        }
        guard try !isAnswered() else { throw SocketError(call: "bind", code: EADDRINUSE) }
        guard unsafe unlink(path) == 0 else { throw SocketError(call: "unlink") }
    }

    private func isAnswered() throws(SocketError) -> Bool {
        let socket = try UnixSocket.made(nonBlocking: true)
        do throws(SocketError) {
            try UnixSocket.connect(socket, to: path)
            return true
        } catch {
            // Full is alive, too.
            return error.code == EAGAIN
        }
    }

    /// Whoever may write in the folder could put a socket of theirs in the place of ours.
    private func prepareFolder() throws(SocketError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        let name = folder.isEmpty ? "/" : folder
        if unsafe mkdir(name, 0o711) == 0 {
            // Whatever the umask is.
            guard unsafe chmod(name, 0o711) == 0 else { throw SocketError(call: "chmod") }
        } else if errno != EEXIST {
            throw SocketError(call: "mkdir of `\(name)`")
        }
        var status = stat()
        guard unsafe stat(name, &status) == 0 else { throw SocketError(call: "stat") }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw SocketError(call: "`\(name)`", code: ENOTDIR)
        }
        guard status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o022 == 0 else {
            throw SocketError(call: "`\(name)`, which others may change,", code: EPERM)
        }
    }
}
