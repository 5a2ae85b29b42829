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

    private func verified(
        _ user: String,
        _ algorithm: String,
        _ blob: [UInt8]
    ) throws -> VerifiedSignature {
        let request = UserAuthenticationRequest(
            sessionIdentifier: [UInt8](repeating: 9, count: 32),
            user: user,
            algorithm: try AuthenticationAlgorithm(parsing: algorithm),
            keyBlob: blob
        )
        return VerifiedSignature(signature: [1], data: request.bytes, digest: nil)
    }

    @Test func `takes the algorithm from the signed bytes, because RSA has several`() throws {
        let key = blob("ssh-rsa")
        let proof = SignInProof(
            user: "u",
            keyBlob: key,
            verified: [try verified("u", "rsa-sha2-512", key)]
        )
        #expect(proof?.algorithm == "rsa-sha2-512")
    }

    @Test func `is not made from the signature of another user or key`() throws {
        let key = blob("ssh-ed25519")
        let others = [
            try verified("v", "ssh-ed25519", key),
            try verified("u", "ssh-ed25519", blob("ssh-rsa")),
        ]
        #expect(SignInProof(user: "u", keyBlob: key, verified: others) == nil)
    }

    @Test func `of a security key carries flags and counter`() {
        let key = blob("sk-ssh-ed25519@openssh.com")
        var data = [UInt8](repeating: 0, count: 32)
        data += [5, 0, 0, 1, 2]
        data += [UInt8](repeating: 0, count: 32)
        let signature = VerifiedSignature(signature: [1], data: data, digest: nil)

        let proof = SignInProof(user: "u", keyBlob: key, verified: [signature])
        #expect(proof?.authenticator == .init(flags: 5, counter: 258))
    }
}
