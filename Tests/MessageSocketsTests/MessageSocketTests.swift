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

}
