import SSHWire
import TestSupport
import Testing

@Suite struct `the header of a proxy` {
    private static let addresses4: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 2, 0xc3, 0x50, 0, 22]
    private static let addresses6 =
        [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]
        + [UInt8](repeating: 9, count: 16) + [0xc3, 0x50, 0, 22]

    private static func header(
        signature: [UInt8] = ProxyHeader.signature,
        command: UInt8 = 0x21,
        family: UInt8 = 0x11,
        length: Int? = nil,
        _ rest: [UInt8] = addresses4
    ) -> [UInt8] {
        let length = length ?? rest.count
        return signature + [command, family, UInt8(length >> 8), UInt8(length & 255)] + rest
    }

    /// What the header means, or why it means nothing.
    private func reading(_ bytes: [UInt8]) -> String {
        do throws(WireError) {
            switch try ProxyHeader(parsing: bytes) {
            case .local: return "local"
            case .proxied(let source, let port): return "\(source) \(port)"
            }
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        (header(), "192.0.2.1 50000"),
        (header(family: 0x21, addresses6), "2001:db8::1 50000"),
        // IPv4 within IPv6 is IPv4.
        (
            header(
                family: 0x21,
                [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 192, 0, 2, 7]
                    + addresses6.dropFirst(16)
            ), "192.0.2.7 50000"
        ),
        // Extensions are skipped, whatever they hold.
        (header(addresses4 + [4, 0, 3, 1, 2, 3]), "192.0.2.1 50000"),
        (header(addresses4 + [0xff, 0xff, 0xff]), "192.0.2.1 50000"),
        (
            header(addresses4 + [UInt8](repeating: 7, count: ProxyHeader.maximumBytes - 12)),
            "192.0.2.1 50000"
        ),
        (header(command: 0x20, family: 0, []), "local"),
        (header(command: 0x20), "local"),
        (header(command: 0x20, family: 0xff, [1, 2, 3]), "local"),
    ])
    func `says where a connection comes from, or that it is the proxy's own`(
        bytes: [UInt8],
        meaning: String
    ) throws {
        #expect(reading(bytes) == meaning)
        #expect(try ProxyHeader.followingBytes(of: Array(bytes.prefix(16))) == bytes.count - 16)
    }

    @Test(arguments: [
        (header(signature: Array("SSH-2.0-Open".utf8)), "does not begin with its signature"),
        (header(signature: ProxyHeader.signature.dropLast() + [0x0b]), "its signature"),
        // The first version of the protocol is text.
        (Array("PROXY TCP4 192.0.2.1 198.51.100.2 50000 22\r\n".utf8), "its signature"),
        (header(command: 0x11), "is not of version 2"), (header(command: 0x31), "version 2"),
        (header(command: 0x01), "version 2"), (header(command: 0x22), "an unknown command"),
        (header(command: 0x2f), "an unknown command"),
        // Unspecified, UDP, Unix sockets, unknown.
        (header(family: 0x00), "is not of a TCP connection over IP"),
        (header(family: 0x12), "TCP connection"), (header(family: 0x22), "TCP connection"),
        (header(family: 0x31, [UInt8](repeating: 1, count: 216)), "TCP connection"),
        (header(family: 0x32), "TCP connection"), (header(family: 0x10), "TCP connection"),
        (header(family: 0x41), "TCP connection"), (header(family: 0x13), "TCP connection"),
        // Addresses that do not fit what is said of them.
        (header([]), "proxy source"), (header(Array(addresses4.dropLast())), "destination port"),
        (header(family: 0x21), "proxy source"),
        (header(family: 0x21, Array(addresses6.dropLast())), "destination port"),
        // Lengths that do not fit what is there.
        (header(length: 13), "proxy header"), (header(length: 11), "1 byte"),
        (header(length: 4097), "4096"), (header(length: 65_535), "4096"), ([], "proxy header"),
        (Array(header().prefix(15)), "proxy length"), (Array(header().prefix(11)), "proxy header"),
    ])
    func `that is malformed, or of another kind, is refused and says why`(
        bytes: [UInt8],
        reason: String
    ) {
        #expect(reading(bytes).contains(reason), "\(reading(bytes))")
    }

    @Test func `is one of as many bytes as the limit says, and no more`() {
        #expect(
            throws: WireError.tooLong(field: "proxy header", limit: ProxyHeader.maximumBytes)
        ) {
            try ProxyHeader.followingBytes(
                of: Array(Self.header(length: ProxyHeader.maximumBytes + 1).prefix(16))
            )
        }
    }

    @Test func `never traps its reader, whatever is changed in it`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let bytes = random.mutation(of: Self.header(family: 0x21, Self.addresses6))
            let text = reading(bytes)
            #expect(!text.isEmpty)
        }
    }
}
