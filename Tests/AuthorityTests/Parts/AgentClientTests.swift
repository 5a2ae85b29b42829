import Foundation
import Glibc
import MessageSockets
import SSHKeys
import SSHWire
import Testing

@testable import Authority

@Suite struct `an ssh-agent` {
    @Test func `that sends a byte now and then does not get more time for each`() throws {
        let agent = try SlowAgent()
        let began = ContinuousClock.now

        let result = AgentClient(path: agent.path).sign(
            [1, 2, 3],
            with: Ed25519SigningKey.generate().publicKey,
            until: began + .milliseconds(300)
        )

        guard case .failure(.agent) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(ContinuousClock.now - began < .seconds(5))
        agent.stop()
    }

    @Test func `is not asked for what nobody waits for any more`() {
        let result = AgentClient(path: "/nonexistent").sign(
            [1],
            with: Ed25519SigningKey.generate().publicKey,
            until: .now - .seconds(1)
        )
        guard case .failure(.agent(_, let reason)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.hasPrefix("waiting failed"))
    }

    @Test func `that hangs keeps no other work from its threads`() throws {
        let agent = try SlowAgent()
        let reactor = try Reactor()
        let signer = Signer(
            AgentClient(path: agent.path),
            publicKey: Ed25519SigningKey.generate().publicKey
        )
        let work = BlockingWork(label: "test", atOnce: 1, limit: 10)
        var signatures = 0
        for _ in 0..<8 { signer.sign([1], on: reactor) { _ in signatures += 1 } }
        var isDone = false
        let ticket = reactor.expect { (value: Int?) in isDone = value == 1 }
        work.run({ 1 }, fulfilling: ticket)
        while !isDone { try reactor.turn() }
        #expect(signatures == 0)

        agent.stop()
        while signatures < 8 { try reactor.turn() }
    }
}

/// Says a byte of a long answer each 20 ms to whoever connects, until it is stopped.
private final class SlowAgent: Sendable {
    private let folder: Folder
    private let socket: Descriptor
    let path: String

    init() throws {
        folder = try Folder()
        path = "\(folder.path)/agent"
        socket = try UnixSocket.made()
        try UnixSocket.bind(socket, to: path)
        guard listen(socket.raw, 16) == 0 else { throw SocketError(call: "listen") }
        let listening = socket
        Thread.detachNewThread {
            while true {
                let raw = accept(listening.raw, nil, nil)
                guard raw >= 0 else { return }
                let client = Descriptor(adopting: raw)
                Thread.detachNewThread { Self.dribble(client, listening) }
            }
        }
    }

    /// Its clients are let go of, too.
    func stop() { _ = shutdown(socket.raw, CInt(SHUT_RDWR)) }

    private static func dribble(_ client: Descriptor, _ listening: Descriptor) {
        var length: [UInt8] = [0, 0, 1, 0]
        guard unsafe send(client.raw, &length, 4, CInt(MSG_NOSIGNAL)) == 4 else { return }
        var byte: UInt8 = 0
        while true {
            // Woken by the end of the listening socket, or after 20 ms.
            var end = pollfd(fd: listening.raw, events: 0, revents: 0)
            guard unsafe poll(&end, 1, 20) == 0,
                unsafe send(client.raw, &byte, 1, CInt(MSG_NOSIGNAL)) == 1
            else { return }
        }
    }
}
