import CLibSSH
import Testing

@testable import SSH

@Suite struct `the end of a channel` {
    private let ends: SignedInEnds

    init() throws { ends = try SignedInEnds() }

    /// How much libssh keeps of what came for a channel.
    private func held(of channel: Channel) -> Int { unsafe Int(ssh_channel_poll(channel.raw, 0)) }

    private var isWritePending: Bool {
        unsafe ssh_get_poll_flags(ends.client.raw) & CInt(SSH_WRITE_PENDING) != 0
    }

    private func came(_ bytes: [UInt8], on channel: Channel, isError: Bool = false) -> CInt {
        unsafe bytes.withUnsafeBytes { unsafe channel.received($0, isError: isError) }
    }

    @Test(arguments: [false, true])
    func `is that of what the peer sends, whatever it sends behind it`(isError: Bool) throws {
        let server = try ends.openChannel().server
        #expect(came([1, 2], on: server, isError: isError) == 2)
        server.ended()
        // libssh forgets what is taken, and what is thrown away.
        #expect(came([3], on: server, isError: isError) == 1)
        server.ended()
        #expect(came([4], on: server, isError: !isError) == 1)
        #expect(server.inbox.bytes == [1, 2])
        server.inbox.removeAll()
        server.resume()
        #expect(server.isDrained && server.hasEnded)
    }

    @Test func `keeps what libssh held back before it, and nothing of what came behind`() throws {
        let (client, server) = try ends.openChannel()
        let whole = [UInt8](repeating: 1, count: Channel.inboxCapacity) + [2, 3]
        var rest = whole[...]
        let isThere = try ends.settle {
            rest = rest.dropFirst(client.write(rest))
            return rest.isEmpty && server.inbox.count + held(of: server) == whole.count
        }
        try #require(isThere)
        let before = held(of: server)
        try #require(before > 0)
        server.ended()
        // Behind the end: libssh has no part in that it is late.
        #expect(client.write([4, 5, 6]) == 3)
        let isLate = try ends.settle { held(of: server) == before + 3 }
        #expect(isLate)

        var taken = server.inbox.bytes
        server.inbox.removeAll()
        server.resume()
        taken += server.inbox.bytes
        #expect(taken.elementsEqual(whole), "\(taken.count) of \(whole.count) bytes")
        server.inbox.removeAll()
        #expect(server.isDrained)
        #expect(came([7], on: server) == 1)
        #expect(server.isDrained)
    }

    @Test func `is told also where the socket takes nothing just then`() throws {
        let (client, server) = try ends.openChannel()
        let before = ends.server.receivedPackets
        let whole = [UInt8](repeating: 1, count: Channel.inboxCapacity)
        // Opens the flow window.
        var rest = whole[...]
        let isSent = try ends.settle {
            rest = rest.dropFirst(client.write(rest))
            if rest.isEmpty { server.inbox.removeAll() }
            return rest.isEmpty && ends.server.receivedPackets > before
                && ends.loop.poll(milliseconds: 0) == 0
        }
        try #require(isSent)
        server.inbox.removeAll()

        // More than a socket takes at once, and than one turn reads.
        var written = 0
        while !isWritePending, written < 8 * whole.count { written += client.write(whole[...]) }
        try #require(isWritePending)
        client.close()
        let isClosed = try ends.settle {
            server.inbox.removeAll()
            server.resume()
            return server.isClosedByPeer
        }
        #expect(isClosed)
    }
}
