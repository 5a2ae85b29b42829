import Glibc

/// Turns the name of a target into addresses; blocks, so a helper thread calls it.
enum NameLookup {
    /// LIMIT: addresses tried for one target.
    static let maximumAddresses = 8

    enum Outcome: Hashable, Sendable {
        case addresses([SocketAddress])
        case failed(reason: String)
    }

    static func addresses(of host: String, port: UInt16) -> Outcome {
        if let address = SocketAddress(host: host, port: port) { return .addresses([address]) }
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let result = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard result == 0 else {
            guard let text = unsafe gai_strerror(result) else {
                return .failed(reason: "the name of the target is unknown")
            }
            return unsafe .failed(reason: String(cString: text))
        }
        defer { unsafe freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let address = unsafe address(entry.pointee) { found.append(address) }
            unsafe next = entry.pointee.ai_next
        }
        return outcome(found)
    }

    /// Each once, as many as are tried.
    static func outcome(_ found: [SocketAddress]) -> Outcome {
        var addresses: [SocketAddress] = []
        for address in found where addresses.count < maximumAddresses {
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses.isEmpty
            ? .failed(reason: "the name of the target has no address") : .addresses(addresses)
    }

    private static func address(_ entry: addrinfo) -> SocketAddress? {
        guard let found = unsafe entry.ai_addr else { return nil }
        var storage = sockaddr_storage()
        let size = unsafe Int(entry.ai_addrlen)
        guard size <= MemoryLayout<sockaddr_storage>.size else { return nil }
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: found, count: size))
        }
        return SocketAddress(storage)
    }
}
