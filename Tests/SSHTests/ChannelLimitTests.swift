import CLibSSH
import Testing

@testable import SSH

@Suite struct `a limit of a live connection` {
    private let ends: SignedInEnds

    init() throws { ends = try SignedInEnds() }

    private var hasUnsentBytes: Bool {
        unsafe ssh_get_poll_flags(ends.client.raw) & CInt(SSH_WRITE_PENDING) != 0
    }

    /// Writes as the flow window and the socket take it, and waits until it came.
    private func send(_ count: Int, on channel: Channel) throws {
        let before = ends.server.receivedPackets
        let bytes = [UInt8](repeating: 1, count: count)
        var rest = bytes[...]
        let isSent = try ends.settle {
            rest = rest.dropFirst(channel.write(rest))
            return rest.isEmpty && !hasUnsentBytes
                && ends.server.receivedPackets > before
        }
        #expect(isSent)
    }

    @Test func `is what one turn takes from a channel, and the rest waits its turn`() throws {
        let (client, server) = try ends.openChannel()
        try send(Channel.inboxCapacity, on: client)
        let isFull = try ends.settle { server.inbox.count == Channel.inboxCapacity }
        #expect(isFull)

        try send(1, on: client)
        #expect(server.inbox.count == Channel.inboxCapacity)
        server.resume()
        #expect(server.inbox.count == Channel.inboxCapacity)

        server.inbox.removeAll()
        #expect(!server.isDrained)
        server.resume()
        #expect(server.inbox.count == 1)
    }

    @Test(arguments: [false, true])
    func `is what is held back of a channel, of both streams together`(isError: Bool) throws {
        let server = try ends.openChannel().server
        let most = Channel.maximumHeldBytes
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: most, alignment: 1)
        defer { unsafe bytes.deallocate() }
        func came(_ count: Int, _ isError: Bool) {
            let taken = unsafe server.received(.init(rebasing: bytes[..<count]), isError: isError)
            #expect(taken == 0)
        }
        // libssh tells of what it holds again with each packet, whole.
        came(most - Channel.inboxCapacity - 1, isError)
        came(Channel.inboxCapacity + 1, !isError)
        #expect(!server.isFlooded && ends.server.misbehaviour == nil)
        came(Channel.inboxCapacity + 2, !isError)
        #expect(ends.server.misbehaviour == "it sends more than the flow window permits")
    }

    @Test func `is how many signals of a client wait to be looked at`() throws {
        let (client, server) = try ends.openChannel()
        let before = ends.server.receivedPackets
        for _ in 0...Channel.waitingSignals {
            unsafe _ = ssh_channel_request_send_signal(client.raw, "USR1")
        }
        let count = UInt64(Channel.waitingSignals) + 1
        let haveCome = try ends.settle { ends.server.receivedPackets == before + count }
        #expect(haveCome)

        #expect(server.takeSignals().count == Channel.waitingSignals)
        #expect(server.takeSignals().isEmpty)
    }

    @Test func `is how many reads one turn has, however much is there`() throws {
        let (client, server) = try ends.openChannel()
        // Opens the flow window.
        try send(Channel.inboxCapacity, on: client)
        server.inbox.removeAll()
        let isOpen = try ends.settle { ends.loop.poll(milliseconds: 0) == 0 }
        #expect(isOpen)

        // libssh takes 4 KiB at a time.
        let bytes = [UInt8](repeating: 1, count: 2 * EventLoop.readsPerTurn * 4096)
        #expect(client.write(bytes[...]) == bytes.count)
        #expect(ends.loop.poll(milliseconds: 0) == EventLoop.readsPerTurn)
        #expect(server.inbox.count <= EventLoop.readsPerTurn * 4096)
        #expect(ends.loop.poll(milliseconds: 0) > 0)
    }

    @Test func `is how much a target asks for in vain`() throws {
        func asks(_ count: Int) throws {
            let before = ends.client.receivedPackets
            for _ in 0..<count {
                guard let channel = unsafe ssh_channel_new(ends.server.raw) else {
                    Issue.record("libssh has no memory for a channel")
                    return
                }
                unsafe _ = ssh_channel_open_reverse_forward(channel, "h", 1, "s", 2)
            }
            let haveCome = try ends.settle {
                ends.client.receivedPackets == before + UInt64(count)
            }
            #expect(haveCome)
        }
        try asks(RefusedRequests.maximum)
        #expect(ends.client.misbehaviour == nil)
        try asks(1)
        #expect(
            ends.client.misbehaviour
                == "it asks for more than \(RefusedRequests.maximum) things, all refused"
        )
    }
}
