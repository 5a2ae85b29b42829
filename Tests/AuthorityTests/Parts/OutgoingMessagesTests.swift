import Glibc
import MessageSockets
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `messages for a process that does not read` {
    private func numbered(_ number: Int) -> [UInt8] {
        [UInt8(number)] + [UInt8](repeating: 0, count: 150_000)
    }

    @Test func `wait, and arrive in order once it reads`() throws {
        let reactor = try Reactor()
        let (ours, theirs) = try MessageSocket.pair()
        let outgoing = OutgoingMessages(to: MessageSocket(adopting: ours), on: reactor)
        let process = MessageSocket(adopting: theirs)
        for number in 0..<20 { try outgoing.send(numbered(number), []) }

        var arrived: [Int] = []
        while arrived.count < 20 {
            switch try process.receive() {
            case .message(let message): arrived.append(Int(message.bytes[message.bytes.startIndex]))
            case .wouldBlock: try reactor.turn(atMost: .seconds(10))
            case .closed: throw SocketError(call: "recvmsg", code: ECONNRESET)
            }
        }
        #expect(arrived == Array(0..<20))
    }

    @Test func `are an error beyond the limit, not a wait`() throws {
        let reactor = try Reactor()
        let (ours, theirs) = try MessageSocket.pair()
        let outgoing = OutgoingMessages(to: MessageSocket(adopting: ours), on: reactor)
        let most = OutgoingMessages.maximumWaitingBytes / numbered(0).count + 4

        let error = #expect(throws: SocketError.self) {
            for number in 0..<most { try outgoing.send(numbered(number % 200), []) }
        }
        #expect(error?.code == EAGAIN)
        outgoing.cancel()
        withExtendedLifetime(theirs) {}
    }
}
