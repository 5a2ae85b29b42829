import Testing

@testable import SSH

@Suite struct `the keepalives of libssh` {
    @Test func `go out each time and are answered, in both directions`() throws {
        let ends = try SignedInEnds()
        let (server, client) = (ends.server, ends.client)

        for turn in 0..<8 {
            let before = (server.receivedPackets, client.receivedPackets)
            if turn < 4 { server.sendKeepalive() } else { client.sendKeepalive() }
            // One keepalive at one end, its answer at the other, and nothing else.
            let isAnswered = try ends.settle {
                (server.receivedPackets, client.receivedPackets) == (before.0 + 1, before.1 + 1)
            }
            #expect(isAnswered, "\(turn)")
        }
    }
}
