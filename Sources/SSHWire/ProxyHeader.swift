/// What a proxy says of a connection before its first byte: the PROXY protocol, version 2, of
/// HAProxy (doc/proxy-protocol.txt, §2.2).
///
/// Sixteen bytes: a signature, version and command, family and transport, and the length of what
/// follows: addresses, then extensions, which are not looked at.
package enum ProxyHeader: Hashable, Sendable {
    /// The proxy itself connects, to see whether somebody is there.
    case local
    /// It passes a connection on.
    case proxied(source: IPAddress, port: UInt16)

    package static let prefixBytes = 16
    /// LIMIT: what follows the first sixteen bytes: 36 for IPv6, and a hundred times as many for what
    /// load balancers say of themselves.
    package static let maximumBytes = 4096

    /// CR LF CR LF NUL CR LF QUIT LF: no SSH client says so.
    package static let signature: [UInt8] = [
        0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a,
    ]

    /// Reads how many bytes follow the first sixteen, which must be those of this protocol.
    package static func followingBytes(of prefix: [UInt8]) throws(WireError) -> Int {
        var reader = WireReader(prefix)
        return try prefixFields(&reader).length
    }

    /// Reads a whole header.
    ///
    /// - Throws: Also for what the protocol knows and nobody can use here: datagrams, Unix sockets, and
    ///   a connection of which the proxy does not say where it comes from.
    package init(parsing bytes: [UInt8]) throws(WireError) {
        var reader = WireReader(bytes)
        let prefix = try Self.prefixFields(&reader)
        guard reader.remaining >= prefix.length else {
            throw .truncated(field: "proxy header")
        }
        guard reader.remaining == prefix.length else {
            throw .trailingBytes(count: reader.remaining - prefix.length)
        }
        switch (prefix.command, prefix.family) {
        // What else it says must be skipped (§2.2).
        case (.local, _): self = .local
        case (.proxy, 0x11): self = try Self.source(&reader, addressBytes: 4)
        case (.proxy, 0x21): self = try Self.source(&reader, addressBytes: 16)
        case (.proxy, _):
            throw .malformed(field: "proxy header", reason: "is not of a TCP connection over IP")
        }
    }

    private enum Command: UInt8 {
        case local = 0
        case proxy = 1
    }

    private static func prefixFields(
        _ reader: inout WireReader
    ) throws(WireError) -> (command: Command, family: UInt8, length: Int) {
        guard try Array(reader.raw("proxy header", count: signature.count)) == signature else {
            throw .malformed(field: "proxy header", reason: "does not begin with its signature")
        }
        let versionAndCommand = try reader.byte("proxy version")
        guard versionAndCommand >> 4 == 2 else {
            throw .malformed(field: "proxy header", reason: "is not of version 2")
        }
        guard let command = Command(rawValue: versionAndCommand & 15) else {
            throw .malformed(field: "proxy header", reason: "has an unknown command")
        }
        let family = try reader.byte("proxy family")
        let length =
            Int(try reader.byte("proxy length")) << 8 | Int(try reader.byte("proxy length"))
        guard length <= maximumBytes else {
            throw .tooLong(field: "proxy header", limit: maximumBytes)
        }
        return (command, family, length)
    }

    /// Source address, destination address, source port, destination port.
    private static func source(
        _ reader: inout WireReader,
        addressBytes: Int
    ) throws(WireError) -> ProxyHeader {
        let source = try reader.raw("proxy source", count: addressBytes)
        _ = try reader.raw("proxy destination", count: addressBytes)
        let high = try reader.byte("proxy port")
        let port = UInt16(high) << 8 | UInt16(try reader.byte("proxy port"))
        _ = try reader.raw("proxy destination port", count: 2)
        return .proxied(source: IPAddress(Array(source)), port: port)
    }
}
