import Glibc
import MessageSockets
import SSHWire
import SessionProtocol
import Testing

@testable import SessionProcess

@Suite struct `a signature of the authority` {
    private let number = SessionNumber(1)
    private let hash = [UInt8](repeating: 7, count: 32)

    /// The bytes of a sign-in to a target over the transport with this session identifier.
    private var request: [UInt8] {
        var writer = WireWriter()
        writer.string(hash)
        return writer.bytes + [UInt8](repeating: 50, count: 64)
    }

    /// A link whose authority has given these orders, and says nothing after them.
    ///
    /// It still takes requests, and a wait that goes on finds the end at once.
    private func link(
        _ orders: [SessionOrder]
    ) throws -> (AuthorityLink, authority: MessageSocket) {
        let (ours, theirs) = try MessageSocket.pair()
        let authority = MessageSocket(adopting: theirs)
        for order in orders { try authority.send(order.encoded(), blocking: true) }
        try #require(shutdown(authority.raw, CInt(SHUT_WR)) == 0)
        let link = AuthorityLink(adopting: ours)
        link.register(sessionIdentifier: hash, for: number)
        return (link, authority)
    }

    @Test(arguments: [
        SessionOrder.endSession(number: SessionNumber(1), text: "locked"),
        .refuse(number: SessionNumber(1), exitStatus: 77, text: "no"),
        .endConnection(text: "locked"),
    ])
    func `is not waited for where the session is ended`(_ order: SessionOrder) throws {
        let (link, authority) = try link([order])

        #expect(link.signature(over: request) == nil)
        #expect(link.failure == nil)
        #expect(try link.receive()?.order == order)
        withExtendedLifetime(authority) {}
    }

    @Test func `is not waited for where the order to end it was read before`() throws {
        let order = SessionOrder.endSession(number: number, text: "locked")
        let signature = [UInt8](repeating: 1, count: 64)
        let (link, authority) = try link([order, .exchangeHashSignature(signature)])

        #expect(link.signature(over: hash) == signature)
        #expect(link.signature(over: request) == nil)
        #expect(link.failure == nil)
        #expect(try link.receive()?.order == order)
        withExtendedLifetime(authority) {}
    }

    @Test func `comes after the end of another session`() throws {
        let other = SessionOrder.endSession(number: SessionNumber(2), text: "locked")
        let signature = [UInt8](repeating: 1, count: 64)
        let (link, authority) = try link([
            other, .userAuthenticationSignature(number: number, signature: signature),
        ])

        #expect(link.signature(over: request) == signature)
        #expect(try link.receive()?.order == other)
        withExtendedLifetime(authority) {}
    }
}
