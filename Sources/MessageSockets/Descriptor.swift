import Glibc

/// Owns one file descriptor and closes it exactly once.
package final class Descriptor: @unchecked Sendable {
    // SAFETY: the number never changes; only `deinit`, which runs once, closes it. `isSurrendered`
    // is set by `surrender` alone, which consumes the last use of a descriptor.
    package let raw: CInt
    private var isSurrendered = false

    package init(adopting raw: CInt) {
        precondition(raw >= 0, "a descriptor is not negative")
        self.raw = raw
    }

    deinit {
        if !isSurrendered { close(raw) }
    }

    /// Gives the number to somebody else who closes it; this object must not be used any more.
    package func surrender() -> CInt {
        precondition(!isSurrendered, "a descriptor is surrendered once")
        isSurrendered = true
        return raw
    }

    /// Another descriptor for the same open file.
    package convenience init(duplicating raw: CInt) throws(SocketError) {
        let copy = fcntl(raw, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SocketError(call: "dup") }
        self.init(adopting: copy)
    }

    package func duplicated() throws(SocketError) -> Descriptor {
        try Descriptor(duplicating: raw)
    }

    /// A session process cannot change it: whatever it gets is set so already.
    package func setNonBlocking() throws(SocketError) {
        let flags = fcntl(raw, F_GETFL, 0)
        guard flags >= 0 else { throw SocketError(call: "fcntl") }
        guard flags & O_NONBLOCK == 0 else { return }
        guard fcntl(raw, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw SocketError(call: "fcntl")
        }
    }
}

/// A call of the system failed.
package struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
    package let call: String
    package let code: CInt

    package init(call: String, code: CInt = errno) {
        self.call = call
        self.code = code
    }

    package var description: String {
        guard let text = unsafe strerror(code) else { return "\(call) failed with \(code)" }
        return unsafe "\(call) failed: \(String(cString: text))"
    }
}
