import Glibc

/// An IPv4 or IPv6 address with a port, as the kernel takes it.
struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// The bytes of a `sockaddr_in` or `sockaddr_in6`.
    private let bytes: [UInt8]
    /// Without brackets; an IPv4 address inside IPv6 is written as IPv4.
    let host: String
    let port: UInt16

    var family: CInt { bytes.count == MemoryLayout<sockaddr_in>.size ? AF_INET : AF_INET6 }

    var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// An address in numbers; nil where the text is a name.
    init?(host: String, port: UInt16) {
        var ipv4 = in_addr()
        if unsafe inet_pton(AF_INET, host, &ipv4) == 1 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr = ipv4
            bytes = unsafe withUnsafeBytes(of: &address) { unsafe [UInt8]($0) }
        } else {
            var address = sockaddr_in6()
            guard unsafe inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return nil }
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            bytes = unsafe withUnsafeBytes(of: &address) { unsafe [UInt8]($0) }
        }
        self.host = Self.plain(host.lowercased())
        self.port = port
    }

    /// What a call of the system wrote; nil for families other than IPv4 and IPv6.
    init?(_ storage: sockaddr_storage) {
        var storage = storage
        let size: Int
        switch CInt(storage.ss_family) {
        case AF_INET: size = MemoryLayout<sockaddr_in>.size
        case AF_INET6: size = MemoryLayout<sockaddr_in6>.size
        default: return nil
        }
        let bytes = unsafe withUnsafeBytes(of: &storage) { unsafe [UInt8]($0.prefix(size)) }
        // Both families have the port, big-endian, at offset 2; the addresses are at 4 and 8.
        let addressOffset = size == MemoryLayout<sockaddr_in>.size ? 4 : 8
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let isWritten = unsafe bytes.withUnsafeBytes { bytes in
            unsafe inet_ntop(
                CInt(storage.ss_family),
                bytes.baseAddress?.advanced(by: addressOffset),
                &text,
                socklen_t(text.count)
            ) != nil
        }
        guard isWritten else { return nil }
        let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        self.bytes = bytes
        self.host = Self.plain(host)
        port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
    }

    /// Who is connected at the other end.
    static func peer(of socket: CInt) -> SocketAddress? {
        unsafe named { storage, size in unsafe getpeername(socket, storage, size) }
    }

    /// Our own end.
    static func local(of socket: CInt) -> SocketAddress? {
        unsafe named { storage, size in unsafe getsockname(socket, storage, size) }
    }

    func withSockaddr(_ call: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return -1 }
            return unsafe call(
                base.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
    }

    private static func named(
        _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe call(address, &size)
            }
        }
        return result == 0 ? SocketAddress(storage) : nil
    }

    private static func plain(_ host: String) -> String {
        host.hasPrefix("::ffff:") && host.contains(".") ? String(host.dropFirst(7)) : host
    }
}
