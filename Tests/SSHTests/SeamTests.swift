import Testing

@testable import SSH

@Suite struct `the seam in front of libcrypto` {
    @Test func `is in force in this program`() throws {
        try Library.start()
        try SeamSelfTest.run()
    }

    @Test func `hashes as SHA-256 does`() {
        let hash = SHA256Hash()
        hash.update(Array("ab".utf8))
        hash.update(Array("c".utf8))
        let hex = hash.finish().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        #expect(
            hex.joined() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }
}
