import CSystem
import Foundation
import Glibc
import SessionProtocol
import Testing

@testable import MessageSockets

@Suite struct `a message socket` {
    @Test func `hands over bytes and descriptors in one datagram`() throws {
        let (left, right) = try MessageSocket.pair()
        let (sender, receiver) = (
            MessageSocket(adopting: left), MessageSocket(adopting: right)
        )
        let (passed, other) = try MessageSocket.pair()
        try sender.send([1, 2, 3], [passed])

        guard case .message(let message) = try receiver.receive() else {
            Issue.record("no message came")
            return
        }
        #expect(Array(message.bytes) == [1, 2, 3])
        let descriptor = try #require(message.descriptors.first)
        try MessageSocket(adopting: descriptor).send([9])
        guard case .message(let echo) = try MessageSocket(adopting: other).receive() else {
            Issue.record("the descriptor that came is not the one that was sent")
            return
        }
        #expect(Array(echo.bytes) == [9])
    }

    @Test func `carries the longest message with the default buffer`() throws {
        let (left, right) = try MessageSocket.pair()
        let bytes = [UInt8](repeating: 5, count: FieldLimits.message)
        try MessageSocket(adopting: left).send(bytes)
        guard case .message(let message) = try MessageSocket(adopting: right).receive() else {
            Issue.record("no message came")
            return
        }
        #expect(message.bytes.count == bytes.count)
    }

    @Test func `refuses a message that is longer than any`() throws {
        let (left, right) = try MessageSocket.pair()
        let bytes = [UInt8](repeating: 5, count: FieldLimits.message + 1)
        let sent = unsafe send(left.raw, bytes, bytes.count, 0)
        #expect(sent == bytes.count)
        #expect(throws: SocketError(call: "recvmsg", code: EMSGSIZE)) {
            try MessageSocket(adopting: right).receive()
        }
    }

    @Test func `hands over as many descriptors as the limit says, and no more`() throws {
        let (left, right) = try MessageSocket.pair()
        let (sender, receiver) = (MessageSocket(adopting: left), MessageSocket(adopting: right))
        let most = Int(SP_MAXIMUM_DESCRIPTORS)
        let ends = try (0...most).map { _ in try Descriptor(duplicating: receiver.raw) }
        try sender.send([1], Array(ends.dropLast()))
        guard case .message(let message) = try receiver.receive() else {
            Issue.record("no message came")
            return
        }
        #expect(message.descriptors.count == most)
        #expect(throws: SocketError(call: "sendmsg", code: EINVAL)) { try sender.send([1], ends) }
    }

    @Test func `hears the last words of a peer that closed without reading`() throws {
        let here = try afterLastWords()

        guard case .message(let message) = try here.receive() else {
            Issue.record("the last words are lost")
            return
        }
        #expect(message.bytes == [2])
        guard case .closed = try here.receive() else {
            Issue.record("the end is not told")
            return
        }
    }

    /// What a peer left that was sent something, said something, and closed.
    private func afterLastWords() throws -> MessageSocket {
        let (left, right) = try MessageSocket.pair()
        let here = MessageSocket(adopting: left)
        try here.send([1])
        try MessageSocket(adopting: right).send([2])
        return here
    }

    @Test func `keeps no room of its own while it waits`() throws {
        let (left, right) = try MessageSocket.pair()
        try MessageSocket(adopting: left).send([1])
        let before = try residentBytes()
        // As many as an authority may have.
        let sockets = (0..<4096).map { _ in MessageSocket(adopting: right) }
        for socket in sockets {
            _ = try socket.receive()
        }
        // A room for each would be 800 MiB; the other tests of this program are far below half.
        #expect(try residentBytes() - before < 400 << 20)
        withExtendedLifetime((sockets, left)) {}
    }

    private func residentBytes() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            .split(separator: " ")
        return try #require(pages.dropFirst().first.flatMap { Int($0) }) * Int(getpagesize())
    }
}
