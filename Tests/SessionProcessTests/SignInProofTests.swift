import SSH
import SSHWire
import SessionProtocol
import Testing

@testable import SessionProcess

@Suite struct `the proof of a sign-in` {
    /// A key blob as far as its reader here looks: the name, and bytes.
    private func blob(_ algorithm: String) -> [UInt8] {
        var writer = WireWriter()
        writer.text(algorithm)
        writer.string([UInt8](repeating: 1, count: 32))
        return writer.bytes
    }

    private let session = [UInt8](repeating: 9, count: 32)

    private func request(
        _ user: String,
        _ algorithm: String,
        _ blob: [UInt8]
    ) throws -> [UInt8] {
        UserAuthenticationRequest(
            sessionIdentifier: session,
            user: user,
            algorithm: try AuthenticationAlgorithm(parsing: algorithm),
            keyBlob: blob
        ).bytes
    }

    private func verified(
        _ user: String,
        _ algorithm: String,
        _ blob: [UInt8],
        by digest: String? = nil
    ) throws -> VerifiedSignature {
        VerifiedSignature(
            signature: [1],
            data: try request(user, algorithm, blob),
            digest: digest
        )
    }

    private func proof(
        _ keyBlob: [UInt8],
        _ verified: [VerifiedSignature]
    ) throws(SignInProof.Flaw) -> SignInProof {
        try SignInProof(
            user: "u",
            keyBlob: keyBlob,
            sessionIdentifier: session,
            verified: verified
        )
    }

    @Test(arguments: [("rsa-sha2-512", "SHA2-512"), ("rsa-sha2-256", "SHA256")])
    func `takes the algorithm from the signed bytes, because RSA has several`(
        _ algorithm: String,
        _ digest: String
    ) throws {
        let key = blob("ssh-rsa")
        let made = try proof(key, [verified("u", algorithm, key, by: digest)])
        #expect(made.algorithm == algorithm)
    }

    @Test(arguments: [("rsa-sha2-512", "SHA2-256"), ("rsa-sha2-256", "SHA512")])
    func `is not made where RSA signed with another hash than it says`(
        _ algorithm: String,
        _ digest: String
    ) throws {
        let key = blob("ssh-rsa")
        let signature = try verified("u", algorithm, key, by: digest)
        #expect(throws: SignInProof.Flaw.otherAlgorithm) { try proof(key, [signature]) }
    }

    @Test func `is not made from the signature of another user or key`() throws {
        let key = blob("ssh-ed25519")
        let others = [
            try verified("v", "ssh-ed25519", key),
            try verified("u", "ssh-ed25519", blob("ssh-rsa")),
        ]
        #expect(throws: SignInProof.Flaw.otherAlgorithm) { try proof(key, others) }
    }

    @Test func `is not made from nothing`() {
        #expect(throws: SignInProof.Flaw.notSeen) { try proof(blob("ssh-ed25519"), []) }
    }

    private func touched(_ algorithm: String, _ key: [UInt8]) throws -> VerifiedSignature {
        let hash = SHA256Hash()
        hash.update(try request("u", algorithm, key))
        let data = [UInt8](repeating: 0, count: 32) + [5, 0, 0, 1, 2] + hash.finish()
        return VerifiedSignature(signature: [1], data: data, digest: nil)
    }

    @Test func `of a security key carries flags and counter`() throws {
        let name = "sk-ssh-ed25519@openssh.com"
        let made = try proof(blob(name), [touched(name, blob(name))])
        #expect(made.authenticator == .init(flags: 5, counter: 258))
    }

    @Test func `of a security key is not made under the name of another algorithm`() throws {
        let key = blob("sk-ssh-ed25519@openssh.com")
        let signature = try touched("ssh-ed25519", key)
        #expect(throws: SignInProof.Flaw.otherAlgorithm) { try proof(key, [signature]) }
    }
}
