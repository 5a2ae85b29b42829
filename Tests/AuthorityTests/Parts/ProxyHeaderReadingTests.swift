import Glibc
import MessageSockets
import SSHWire
import Testing

@testable import Authority

@Suite struct `taking the header of a proxy off a connection` {
    private typealias Outcome = Result<ProxyHeader, ProxyHeaderReading.Failure>

    private static let header: [UInt8] =
        ProxyHeader.signature + [0x21, 0x11, 0, 14, 192, 0, 2, 7, 192, 0, 2, 1, 0xc3, 0x50, 0, 22]
        + [1, 2]

    private let clock = ManualClock()
    private let reactor: Reactor
    private let ours: Descriptor
    private let theirs: Descriptor
    private let reading: ProxyHeaderReading

    init() throws {
        reactor = try clock.reactor()
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
        (ours, theirs) = (Descriptor(adopting: ends[0]), Descriptor(adopting: ends[1]))
        try ours.setNonBlocking()
        reading = ProxyHeaderReading(of: ours, on: reactor)
    }

    private func send(_ bytes: [UInt8]) throws {
        let count = unsafe bytes.withUnsafeBytes {
            unsafe write(theirs.raw, $0.baseAddress, $0.count)
        }
        try #require(count == bytes.count)
        for _ in 0..<4 { try reactor.turn(atMost: .zero) }
    }

    /// What is left for whoever serves the client.
    private func rest() -> String {
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(ours.raw, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT))
        }
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }

    private static let client = ProxyHeader.proxied(
        source: IPAddress([192, 0, 2, 7]),
        port: 50_000
    )

    @Test(arguments: [1, 3, 15, 16, 17, 31, 32, 1000])
    func `takes all of it and nothing of what follows, in whatever pieces it comes`(
        size: Int
    ) throws {
        var outcomes: [Outcome] = []
        reading.begin { outcomes.append($0) }
        let all = Self.header + Array("SSH-2.0-client\r\n".utf8)
        for start in stride(from: 0, to: all.count, by: size) {
            #expect(outcomes.isEmpty == (start < Self.header.count))
            try send(Array(all[start..<min(start + size, all.count)]))
        }
        #expect(outcomes == [.success(Self.client)])
        #expect(rest() == "SSH-2.0-client\r\n")
    }

    @Test func `takes one that has nothing behind its first bytes`() throws {
        var outcomes: [Outcome] = []
        reading.begin { outcomes.append($0) }
        try send(ProxyHeader.signature + [0x20, 0, 0, 0] + Array("SSH".utf8))
        #expect(outcomes == [.success(.local)])
        #expect(rest() == "SSH")
    }

    @Test func `gives up what is none before it is whole`() throws {
        var outcomes: [Outcome] = []
        reading.begin { outcomes.append($0) }
        try send(Array("SSH-2.0-OpenSSH_".utf8))
        guard case .failure(let failure)? = outcomes.first else {
            Issue.record("not given up: \(outcomes)")
            return
        }
        #expect(failure.reason.contains("does not begin with its signature"))
        #expect(outcomes.count == 1)
    }

    @Test func `gives up who leaves in the midst of it`() throws {
        var outcomes: [Outcome] = []
        reading.begin { outcomes.append($0) }
        try send(Array(Self.header.dropLast()))
        #expect(outcomes.isEmpty)
        TCPSocket.shutDown(theirs)
        for _ in 0..<4 { try reactor.turn(atMost: .zero) }
        #expect(outcomes.count == 1)
    }

    @Test func `gives up who takes too long, to the nanosecond`() throws {
        var outcomes: [Outcome] = []
        reading.begin { outcomes.append($0) }
        try send(Array(Self.header.dropLast()))
        try clock.pass(ProxyHeaderReading.timeout, on: reactor) { !outcomes.isEmpty }
        #expect(outcomes == [.failure(.init(reason: "no header in time"))])
    }

    @Test func `says nothing once it is cancelled`() throws {
        var outcomes: [Outcome] = []
        reading.begin { outcomes.append($0) }
        reading.cancel()
        try send(Self.header)
        clock.pass(ProxyHeaderReading.timeout)
        for _ in 0..<4 { try reactor.turn(atMost: .zero) }
        #expect(outcomes.isEmpty)
    }
}
