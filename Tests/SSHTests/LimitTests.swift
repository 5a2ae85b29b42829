import CLibSSH
import SSHWire
import Testing

@testable import SSH

@Suite struct `a limit of libssh's buffers` {
    @Test func `is what an idle stream keeps`() {
        func kept(_ count: Int) -> (used: Int, left: Int) {
            var buffer = StreamBuffer()
            buffer.append([UInt8](repeating: 1, count: count), isError: false)
            let used = buffer.bytes.capacity
            buffer.removeAll()
            return (used, buffer.bytes.capacity)
        }
        for count in [1000, StreamBuffer.idleCapacity / 2, StreamBuffer.idleCapacity + 1] {
            let (used, left) = kept(count)
            #expect(left == (used <= StreamBuffer.idleCapacity ? used : 0))
        }
        #expect(kept(1000).left > 0)
        #expect(kept(StreamBuffer.idleCapacity + 1).left == 0)
    }

    @Test func `is how much waits to be sent, from when nothing waited`() {
        let most = UInt64(Traffic.maximumUnsentBytes)
        var backlog = Traffic.Backlog()
        // What the packets are ahead of the socket is not known to the byte: the sum counts from here.
        let isTooMuch = [
            (1000, false), (1000 + most, true), (1000 + most + 1, true), (1000 + most + 1, false),
            (1000 + most + 1, true), (1000 + 2 * most + 2, true),
        ].map { ahead, waits in backlog.isTooMuch(ahead: ahead, waits: waits) }
        #expect(isTooMuch == [false, false, true, false, false, true])
        // The socket may be ahead by what was estimated too low.
        let isBehind = backlog.isTooMuch(ahead: 0, waits: true)
        #expect(!isBehind)
    }
}

@Suite struct `a limit of libcrypto's work` {
    @Test func `is how long an RSA key is that is verified with`() {
        let (modulus, exponent) = (SP_RSA_MODULUS_BITS, SP_RSA_EXPONENT_BITS)
        #expect(sp_rsa_is_bounded(modulus, exponent) == 1)
        #expect(sp_rsa_is_bounded(modulus + 1, exponent) == 0)
        #expect(sp_rsa_is_bounded(modulus, exponent + 1) == 0)
    }

    @Test func `is how many verified signatures wait, of which the oldest goes`() throws {
        let seam = CryptoSeam(signer: try SeamSelfTest.LocalSigner())
        for number in 0...CryptoSeam.keptSignatures {
            let signature = VerifiedSignature(signature: [UInt8(number)], data: [], digest: nil)
            seam.keep(signature)
        }
        let kept = seam.takeVerified()
        #expect(kept.count == CryptoSeam.keptSignatures)
        #expect(kept.first?.signature == [1])
        #expect(kept.last?.signature == [UInt8(CryptoSeam.keptSignatures)])
    }

    @Test func `is how many turns the self-test has, and then nothing is served`() throws {
        try Library.start()
        let signer = try SeamSelfTest.LocalSigner()
        let seam = CryptoSeam(signer: signer)
        seam.install()
        defer { seam.remove() }
        func exchange(_ turns: Int) throws(SSHError) {
            _ = try SeamSelfTest.exchangeKeys(
                hostKey: signer.publicKey,
                behind: seam,
                within: turns
            )
        }
        #expect(throws: Never.self) { try exchange(SeamSelfTest.maximumTurns) }
        let reason = "the key exchange with itself does not end"
        #expect(throws: SSHError.unavailable(reason: reason)) { try exchange(1) }
    }
}
