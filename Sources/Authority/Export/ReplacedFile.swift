import Glibc
import MessageSockets

/// A file that is there whole, as before or as after, whenever somebody looks or the machine stops.
enum ReplacedFile {
    /// What is written before it is put in its place; a leftover is written over.
    static func temporaryPath(for path: String) -> String { path + ".new" }

    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(SocketError) {
        let temporary = temporaryPath(for: path)
        // Never through a link, nor into what somebody else made.
        guard unsafe unlink(temporary) == 0 || errno == ENOENT else {
            throw SocketError(call: "unlink")
        }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let raw = unsafe open(temporary, flags, mode)
        guard raw >= 0 else { throw SocketError(call: "open") }
        let file = Descriptor(adopting: raw)
        // Whatever the umask is.
        guard fchmod(file.raw, mode) == 0 else { throw SocketError(call: "chmod") }
        try append(bytes, to: file)
        guard fdatasync(file.raw) == 0 else { throw SocketError(call: "fdatasync") }
        guard unsafe rename(temporary, path) == 0 else { throw SocketError(call: "rename") }
    }

    /// All of it, or an error; then a beginning of it may be there.
    static func append(_ bytes: [UInt8], to file: Descriptor) throws(SocketError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.write(file.raw, bytes.baseAddress, bytes.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SocketError(call: "write") }
            rest = rest.dropFirst(count)
        }
    }
}
