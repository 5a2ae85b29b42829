import SSHWire
import Testing

@testable import SSH

/// Both ends of a connection in this process, signed in.
@Suite struct `the keepalives of libssh` {
    /// LIMIT: each turn takes what is there; this is for a loaded machine.
    private static let maximumTurns = 2_000

    /// Lets both ends work until something holds.
    private func settle(
        _ ends: SeamSelfTest.Ends,
        until holds: () throws -> Bool
    ) throws -> Bool {
        for _ in 0..<Self.maximumTurns {
            if try holds() { return true }
            ends.loop.poll(milliseconds: 1)
        }
        return false
    }

    /// A certificate that no server but this one would take.
    private func certificate(of publicKey: [UInt8]) throws -> [UInt8] {
        let fields = CertificateFields(
            nonce: Array(repeating: 7, count: 32),
            publicKey: .ed25519(publicKey),
            serial: 1,
            type: .user,
            keyID: "test",
            validPrincipals: ["test"],
            validAfter: 0,
            validBefore: .max,
            criticalOptions: [],
            extensions: [],
            signatureKey: .ed25519(publicKey)
        )
        let signature = try SignatureBlob(.ed25519, value: Array(repeating: 1, count: 64))
        return Certificate.blob(toBeSigned: fields.toBeSigned, signature: signature)
    }

    private func signIn(_ ends: SeamSelfTest.Ends, publicKey: [UInt8]) throws {
        try ends.client.use(certificate: certificate(of: publicKey), publicKey: publicKey)
        let isSignedIn = try settle(ends) {
            while let message = ends.server.nextMessage() {
                switch message {
                case .service(let pending): pending.acceptService()
                case .signIn(let attempt, let pending):
                    switch attempt.method {
                    case .keyOffer: pending.acceptKeyOffer()
                    case .signedKey: pending.acceptSignIn()
                    case .other: pending.refuseSignIn()
                    }
                case .openSession(let pending), .openOther(_, let pending),
                    .channel(_, _, let pending), .global(_, _, let pending),
                    .unknown(let pending):
                    pending.refuse()
                }
            }
            return try ends.client.authenticate() == .accepted
        }
        try #require(isSignedIn)
    }

    @Test func `go out each time and are answered, in both directions`() throws {
        try Library.start()
        let signer = try SeamSelfTest.LocalSigner()
        let seam = CryptoSeam(signer: signer)
        seam.install()
        defer { seam.remove() }
        let ends = try SeamSelfTest.exchangeKeys(hostKey: signer.publicKey, behind: seam)
        try signIn(ends, publicKey: signer.publicKey)
        let (server, client) = (ends.server, ends.client)

        for turn in 0..<8 {
            let before = (server.receivedPackets, client.receivedPackets)
            if turn < 4 { server.sendKeepalive() } else { client.sendKeepalive() }
            // One keepalive at one end, its answer at the other, and nothing else.
            let isAnswered = try settle(ends) {
                (server.receivedPackets, client.receivedPackets) == (before.0 + 1, before.1 + 1)
            }
            #expect(isAnswered, "\(turn)")
        }
    }
}
