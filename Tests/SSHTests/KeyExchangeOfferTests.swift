import Glibc
import SSHWire
import Testing

@testable import SSH

/// What each leg offers in its `SSH_MSG_KEXINIT` (RFC 4253 §7.1), read from the wire.
@Suite struct `what a connection offers` {
    private static let languagesAndBefore = 8

    /// Of a connection to a client.
    private func inboundOffer() throws -> [String] {
        try offer { descriptor, loop in
            let connection = try InboundConnection(
                adopting: descriptor,
                hostKey: [UInt8](repeating: 1, count: 32),
                rekeyBytes: 0,
                rekeySeconds: 0,
                in: loop
            )
            return { _ = try connection.exchangeKeys() }
        }
    }

    @Test func `to a client has no compression`() throws {
        let lists = try inboundOffer()

        #expect(lists[6] == "none")
        #expect(lists[7] == "none")
    }

    @Test func `to a client has no curve of NIST, no long or short group, no MAC of plain text`()
        throws
    {
        let lists = try inboundOffer()

        #expect(
            lists[0].split(separator: ",") == [
                "curve25519-sha256", "curve25519-sha256@libssh.org",
                "diffie-hellman-group16-sha512", "kex-strict-s-v00@openssh.com",
            ]
        )
        #expect(lists[1] == "ssh-ed25519")
        for ciphers in lists[2...3] {
            #expect(!ciphers.contains("cbc") && ciphers.contains("aes256-gcm@openssh.com"))
        }
        for codes in lists[4...5] {
            #expect(codes.split(separator: ",").allSatisfy { $0.hasSuffix("-etm@openssh.com") })
        }
    }

    @Test func `to a target has no compression`() throws {
        let lists = try offer { descriptor, loop in
            let connection = try OutboundConnection(
                adopting: descriptor,
                login: "deploy",
                hostKeyAlgorithms: ["ssh-ed25519"],
                rekeyBytes: 0,
                rekeySeconds: 0,
                behind: CryptoSeam(signer: NoSigner()),
                in: loop
            )
            return { _ = try connection.connect() }
        }

        #expect(lists[6] == "none")
        #expect(lists[7] == "none")
    }

    private final class NoSigner: RemoteSigner {
        func signature(over data: [UInt8]) -> [UInt8]? { nil }
    }

    /// The lists of names that the connection at one end of a pair of sockets sends to the other.
    private func offer(
        _ make: (CInt, EventLoop) throws -> () throws -> Void
    ) throws -> [String] {
        try Library.start()
        let (ours, theirs) = try socketPair()
        defer { close(ours) }
        let loop = try EventLoop()
        let step = try make(theirs, loop)
        let banner = Array("SSH-2.0-test\r\n".utf8)
        #expect(unsafe write(ours, banner, banner.count) == banner.count)
        var received: [UInt8] = []
        // LIMIT: turns of a millisecond each, for a loaded machine.
        for _ in 0..<10_000 {
            try step()
            loop.poll(milliseconds: 1)
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = unsafe recv(ours, &chunk, chunk.count, CInt(MSG_DONTWAIT))
            if count > 0 { received += chunk.prefix(count) }
            if let lists = try lists(in: received) { return lists }
        }
        Issue.record("no SSH_MSG_KEXINIT came")
        return [String](repeating: "", count: Self.languagesAndBefore)
    }

    /// Behind the line with the version: a packet of length, padding, type 20, cookie, and lists.
    private func lists(in received: [UInt8]) throws -> [String]? {
        guard let line = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var reader = WireReader(received[(line + 1)...])
        guard received.count >= line + 5 else { return nil }
        let length = Int(try reader.uint32("length"))
        guard received.count >= line + 5 + length else { return nil }
        _ = try reader.byte("padding")
        #expect(try reader.byte("type") == 20)
        for _ in 0..<16 { _ = try reader.byte("cookie") }
        return try (0..<Self.languagesAndBefore).map { _ in
            try reader.text("algorithms", limit: 4096)
        }
    }
}

/// Both ends of a stream.
func socketPair() throws -> (CInt, CInt) {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
    return (ends[0], ends[1])
}
