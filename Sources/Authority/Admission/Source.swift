import SSHWire

/// Who may hold only so many connections that have not signed in: an IPv4 address, or the IPv6
/// network of 64 bits that one host has for itself.
struct Source: Hashable, Sendable, Codable, CustomStringConvertible {
    private let bytes: [UInt8]

    init(_ address: IPAddress) {
        bytes = address.isVersion4 ? address.bytes : Array(address.bytes.prefix(8))
    }

    var isVersion4: Bool { bytes.count == 4 }

    var description: String {
        guard !isVersion4 else { return "\(IPAddress(bytes))" }
        return "\(IPAddress(bytes + [UInt8](repeating: 0, count: 8)))/64"
    }
}
