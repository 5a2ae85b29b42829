import Glibc
import MessageSockets
import SessionProtocol
import Testing

@testable import SSH
@testable import SessionProcess

/// A client that writes bytes of its own, to a process of this thread.
private final class Writer {
    static let start: UInt64 = 1_000_000_000_000
    /// When the loop does not wait for long, because its deadline is near.
    private static let late = start + Clock.seconds(60) - 1_000_000
    /// LIMIT: each turn takes what is there; this is for a loaded machine.
    private static let maximumTurns = 2_000
    /// `SSH_MSG_IGNORE` as it is before there are keys: length, padding and its length, a string of two.
    private static let ignored: [UInt8] =
        [0, 0, 0, 12, 4, 2, 0, 0, 0, 2] + [UInt8](repeating: 0, count: 6)

    let process: ConnectionProcess
    private let there: Descriptor
    private let authority: MessageSocket
    private let seam: CryptoSeam

    init(saying version: String = "SSH-2.0-writer\r\n") throws {
        try Library.start()
        let signer = try SeamSelfTest.LocalSigner()
        seam = CryptoSeam(signer: signer)
        seam.install()
        let (ours, theirs) = try MessageSocket.pair()
        authority = MessageSocket(adopting: theirs)
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
        there = Descriptor(adopting: ends[1])
        process = try ConnectionProcess(
            ServeOrder(
                connection: "c-000000000000",
                hostKey: signer.publicKey,
                loginGraceSeconds: 60,
                signInTries: 6,
                sessionsAtOnce: 4,
                keepaliveSeconds: 30,
                idleSeconds: 0,
                sessionIdleSeconds: 0,
                rekeyBytes: 0,
                rekeySeconds: 0
            ),
            socket: Descriptor(adopting: ends[0]),
            link: AuthorityLink(adopting: ours),
            seam: seam,
            clock: { Self.start }
        )
        try write(Array(version.utf8))
    }

    deinit {
        seam.remove()
        AgentRequests().remove()
    }

    private func write(_ bytes: [UInt8]) throws {
        let written = unsafe Glibc.write(there.raw, bytes, bytes.count)
        try #require(written == bytes.count)
    }

    /// Sends a packet, and the process works until it came.
    func ignoredPacket() throws {
        let before = process.client.receivedPackets
        try write(Self.ignored)
        for _ in 0..<Self.maximumTurns
        where process.client.receivedPackets == before && process.phase != .ended {
            try process.turn(now: Self.late)
        }
        if process.phase != .ended { try process.turn(now: Self.late) }
    }

    /// What comes when it has read so much and its time is over then.
    func exceedGrace(having read: ([UInt8]) -> Bool) throws -> [UInt8] {
        var before: [UInt8] = []
        for _ in 0..<Self.maximumTurns where !read(before) {
            try process.turn(now: Self.late)
            before += unread()
        }
        try #require(read(before) && process.phase == .exchangingKeys)
        try process.turn(now: Self.start + Clock.seconds(60))
        return unread()
    }

    private func unread() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = unsafe recv(there.raw, &buffer, buffer.count, CInt(MSG_DONTWAIT))
        return Array(buffer.prefix(max(0, count)))
    }

    /// What the process told the authority at its end.
    func lastWord() throws -> SessionRequest? {
        var last: SessionRequest?
        while case .message(let message) = try authority.receive() {
            last = try SessionRequest(decoding: message.bytes)
        }
        return last
    }
}

@Suite struct `a client without keys` {
    @Test func `is cut off after as many packets as may come before a sign-in`() throws {
        let writer = try Writer()
        let most = ConnectionProcess.maximumPacketsBeforeSignIn
        while writer.process.client.receivedPackets < most {
            try writer.ignoredPacket()
            try #require(writer.process.phase == .exchangingKeys)
        }

        try writer.ignoredPacket()

        #expect(writer.process.phase == .ended)
        let reason = "it sends too many packets before it signs in"
        #expect(try writer.lastWord() == .connectionEnded(.notSignedIn, detail: reason))
    }

    private static let late = "no sign-in in time (`limits.login-grace`)"

    @Test(arguments: ["", "SSH-2.0-slo"])
    func `that has not said what it speaks reads a line when its time is over`(
        _ said: String
    ) throws {
        let writer = try Writer(saying: said)

        let last = try writer.exceedGrace { $0.last == 0x0a }

        #expect(String(decoding: last, as: UTF8.self) == "sallyport: \(Self.late)\r\n")
        #expect(try writer.lastWord() == .connectionEnded(.notSignedIn, detail: Self.late))
    }

    @Test func `that said it gets a disconnect message when its time is over`() throws {
        let writer = try Writer()

        // Behind the version our offer of the key exchange.
        let last = try writer.exceedGrace { $0.count > 300 }

        let text = Array("sallyport: \(Self.late)".utf8)
        // Behind its length, the padding's, the number, the reason (by application).
        let body: [UInt8] = [1, 0, 0, 0, 11, 0, 0, 0, UInt8(text.count)] + text
        #expect(Array(last.dropFirst(5).prefix(body.count)) == body)
        #expect(try writer.lastWord() == .connectionEnded(.notSignedIn, detail: Self.late))
    }
}
