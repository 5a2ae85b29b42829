import CLibSSH
import Glibc
import MessageSockets
import SessionProtocol
import Testing

@testable import SSH
@testable import SessionProcess

/// A process of this thread that serves a client of this thread, up to the sign-in.
private final class Served {
    let process: ConnectionProcess
    let client: OutboundConnection
    private let authority: MessageSocket
    private let seam: CryptoSeam
    private let readings: Readings

    /// The clock of the process: each reading is the next of these, or the last one again.
    private final class Readings {
        var times: [UInt64] = [Served.start]
        private(set) var count = 0

        func next() -> UInt64 {
            count += 1
            return times.count > 1 ? times.removeFirst() : times[0]
        }
    }

    static let start: UInt64 = 1_000_000_000_000
    static let graceSeconds: UInt32 = 60
    /// When the loop does not wait for long, because its deadline is near.
    private static let late = start + Clock.seconds(graceSeconds) - 1_000_000
    /// LIMIT: each turn takes what is there; this is for a loaded machine.
    private static let maximumTurns = 2_000

    init() throws {
        try Library.start()
        let signer = try SeamSelfTest.LocalSigner()
        let seam = CryptoSeam(signer: signer)
        seam.install()
        let readings = Readings()
        let (ours, theirs) = try MessageSocket.pair()
        let (here, there) = try socketPair()
        try there.setNonBlocking()
        process = try ConnectionProcess(
            ServeOrder(
                connection: "c-000000000000",
                hostKey: signer.publicKey,
                loginGraceSeconds: Self.graceSeconds,
                signInTries: 6,
                sessionsAtOnce: 4,
                keepaliveSeconds: 30,
                idleSeconds: 0,
                sessionIdleSeconds: 0,
                rekeyBytes: 0,
                rekeySeconds: 0
            ),
            socket: here,
            link: AuthorityLink(adopting: ours),
            seam: seam,
            clock: { readings.next() }
        )
        client = try OutboundConnection(
            adopting: there.surrender(),
            login: "deploy@web1",
            hostKeyAlgorithms: ["ssh-ed25519"],
            rekeyBytes: 0,
            rekeySeconds: 0,
            behind: seam,
            in: process.loop
        )
        authority = MessageSocket(adopting: theirs)
        (self.seam, self.readings) = (seam, readings)
        var isConnected = false
        for _ in 0..<Self.maximumTurns where !isConnected || process.phase != .signingIn {
            if !isConnected { isConnected = try client.connect() == .done }
            try process.turn(now: Self.late)
        }
        try #require(isConnected && process.phase == .signingIn)
    }

    deinit {
        seam.remove()
        AgentRequests().remove()
    }

    func readsClock(_ times: [UInt64]) { readings.times = times }

    /// How often the process read its clock.
    var clockReadings: Int { readings.count }

    /// What the process told the authority at its end.
    func lastWord() throws -> SessionRequest? {
        var last: SessionRequest?
        while case .message(let message) = try authority.receive() {
            last = try SessionRequest(decoding: message.bytes)
        }
        return last
    }

    /// The client sends a packet that is no message, and the process works until it came.
    func ignoredPacket() throws {
        let before = process.client.receivedPackets
        unsafe _ = ssh_send_ignore(client.raw, "x")
        for _ in 0..<Self.maximumTurns where process.client.receivedPackets == before {
            process.loop.poll(milliseconds: 1)
        }
        try process.turn(now: Self.late)
    }

    /// Leaves bytes for a client that does not read.
    func stall() {
        unsafe process.loop.remove(client.raw)
        let text = String(repeating: "x", count: 30_000)
        for _ in 0..<100 { unsafe _ = ssh_send_ignore(process.client.raw, text) }
        // As much as its socket takes.
        while process.loop.poll(milliseconds: 0) > 0 {}
    }
}

private func socketPair() throws -> (Descriptor, Descriptor) {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
    return (Descriptor(adopting: ends[0]), Descriptor(adopting: ends[1]))
}

@Suite struct `a limit of a client that has not signed in` {
    @Test func `is how many packets it sends, of which none is a message`() throws {
        let served = try Served()
        while served.process.client.receivedPackets < ConnectionProcess.maximumPacketsBeforeSignIn {
            try served.ignoredPacket()
        }
        #expect(served.process.phase == .signingIn)

        try served.ignoredPacket()
        #expect(served.process.phase == .ended)
        let reason = "it sends too many packets before it signs in"
        #expect(try served.lastWord() == .connectionEnded(.notSignedIn, detail: reason))
    }

    @Test func `is when the process looks again, however far its deadline is`() throws {
        let served = try Served()
        let longest = ConnectionProcess.longestPauseMilliseconds
        let deadline = Served.start + Clock.seconds(Served.graceSeconds)
        func pause(_ milliseconds: UInt64) -> Int32 {
            served.process.pause(now: deadline - milliseconds * 1_000_000)
        }
        // A millisecond more than is left, because waking before would spin.
        #expect(pause(longest - 2) == Int32(longest) - 1)
        for left in [longest - 1, longest, longest + 1, 60_000] {
            #expect(pause(left) == Int32(longest))
        }
        #expect(served.process.pause(now: deadline) == 0)
    }

    @Test func `is how long the last bytes for it may take to leave`() throws {
        let served = try Served()
        served.stall()
        #expect(served.process.client.hasUnsentBytes)
        let end = Served.start + ConnectionProcess.lingerNanoseconds
        served.readsClock([Served.start, end - 1, end, end + 1_000_000_000])
        let before = served.clockReadings

        try served.process.endByOrder("that is enough", now: Served.start)

        // It waits at the first two and not at the third; the last one is that of its end.
        #expect(served.clockReadings == before + 4)
        #expect(served.process.phase == .ended)
        #expect(try served.lastWord() == .connectionEnded(.terminated, detail: "that is enough"))
    }
}

@Suite struct `a limit of a command without a client` {
    @Test func `is how long it has, its set-up included`() throws {
        try Library.start()
        let seam = CryptoSeam(signer: try SeamSelfTest.LocalSigner())
        seam.install()
        defer { seam.remove() }
        let (ours, theirs) = try MessageSocket.pair()
        // A target that says nothing.
        let (here, there) = try socketPair()
        let start: UInt64 = 1_000_000_000_000
        let end = start + Clock.seconds(Performance.maximumSeconds)
        var readings = [start, end - 1, end]
        let performance = try Performance(
            TransportOrder(
                login: "deploy",
                hostKeyAlgorithms: ["ssh-ed25519"],
                rekeyBytes: 0,
                rekeySeconds: 0,
                keepaliveSeconds: 30,
                setupSeconds: 2 * Performance.maximumSeconds
            ),
            program: .shell,
            input: [],
            socket: here,
            link: AuthorityLink(adopting: ours),
            seam: seam,
            clock: { readings.removeFirst() }
        )

        try performance.run()

        #expect(readings.isEmpty)
        guard case .message(let message) = try MessageSocket(adopting: theirs).receive() else {
            Issue.record("nothing is reported")
            return
        }
        let report = try SessionRequest(decoding: message.bytes)
        #expect(report == .performed(result: .none, output: []))
        withExtendedLifetime(there) {}
    }
}
