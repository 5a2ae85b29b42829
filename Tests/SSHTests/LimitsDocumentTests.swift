import CLibSSH
import TestSupport
import Testing

@testable import SSH

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "Channel.inboxCapacity": WrittenLimit.bytes(Channel.inboxCapacity),
        "Channel.maximumHeldBytes": WrittenLimit.bytes(Channel.maximumHeldBytes),
        "Traffic.maximumUnsentBytes": WrittenLimit.bytes(Traffic.maximumUnsentBytes),
        "Channel.waitingSignals": WrittenLimit.count(Channel.waitingSignals),
        "EventLoop.readsPerTurn": WrittenLimit.count(EventLoop.readsPerTurn),
        "StreamBuffer.idleCapacity": WrittenLimit.bytes(StreamBuffer.idleCapacity),
        "RefusedRequests.maximum": WrittenLimit.count(RefusedRequests.maximum),
        "SP_RSA_MODULUS_BITS": WrittenLimit.count(SP_RSA_MODULUS_BITS),
        "SP_RSA_EXPONENT_BITS": WrittenLimit.count(SP_RSA_EXPONENT_BITS),
        "SP_REFUSAL_BYTES": WrittenLimit.bytes(SP_REFUSAL_BYTES),
        "SP_SMALLEST_PACKET_BYTES": WrittenLimit.bytes(SP_SMALLEST_PACKET_BYTES),
        "CryptoSeam.keptSignatures": WrittenLimit.count(CryptoSeam.keptSignatures),
        "SeamSelfTest.maximumTurns": WrittenLimit.count(SeamSelfTest.maximumTurns),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## libssh")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "SSH").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
