import CLibSSH
import Glibc
import SSHWire
import Testing

@testable import SSH

/// Both ends of a connection in this process, signed in; the server takes every session channel.
final class SignedInEnds {
    /// LIMIT: each turn takes what is there; this is for a loaded machine.
    private static let maximumTurns = 2_000

    let server: InboundConnection
    let client: OutboundConnection
    let loop: EventLoop
    private let seam: CryptoSeam
    /// What the server took.
    private(set) var channels: [Channel] = []
    /// What the server does instead of taking the signature.
    private let instead: ((InboundConnection) -> Void)?

    init(insteadOfSigningIn instead: ((InboundConnection) -> Void)? = nil) throws {
        self.instead = instead
        try Library.start()
        let signer = try SeamSelfTest.LocalSigner()
        seam = CryptoSeam(signer: signer)
        seam.install()
        let ends = try SeamSelfTest.exchangeKeys(hostKey: signer.publicKey, behind: seam)
        (server, client, loop) = (ends.server, ends.client, ends.loop)
        // libssh leaves them as they are, and one thread cannot wait for itself.
        for socket in unsafe [ssh_get_fd(server.raw), ssh_get_fd(client.raw)] {
            try #require(fcntl(socket, F_SETFL, O_NONBLOCK) == 0)
        }
        let publicKey = signer.publicKey
        try client.use(certificate: Self.certificate(of: publicKey), publicKey: publicKey)
        let isOver = try settle {
            try client.authenticate() == .accepted || (instead != nil && !client.isConnected)
        }
        try #require(isOver)
    }

    deinit { seam.remove() }

    /// Lets both ends work until something holds.
    func settle(until holds: () throws -> Bool) throws -> Bool {
        for _ in 0..<Self.maximumTurns {
            if try holds() { return true }
            loop.poll(milliseconds: 1)
            answer()
        }
        return false
    }

    private func answer() {
        while let message = server.nextMessage() {
            switch message {
            case .service(let pending): pending.acceptService()
            case .signIn(let attempt, let pending):
                switch attempt.method {
                case .keyOffer: pending.acceptKeyOffer()
                case .signedKey:
                    guard let instead else {
                        pending.acceptSignIn()
                        continue
                    }
                    instead(server)
                    // The loop hears of it, not the sign-in: as where the peer is somewhere else.
                    for _ in 0..<Self.maximumTurns where client.isConnected {
                        loop.poll(milliseconds: 1)
                    }
                case .other: pending.refuseSignIn()
                }
            case .openSession(let pending):
                if let channel = server.accept(pending) { channels.append(channel) }
            case .openOther(_, let pending), .channel(_, _, let pending),
                .global(_, _, let pending), .unknown(let pending):
                pending.refuse()
            }
        }
    }

    /// A channel as the client and as the server have it.
    func openChannel() throws -> (client: Channel, server: Channel) {
        var opened: Channel?
        let isOpen = try settle {
            if opened == nil { opened = try client.openChannel() }
            return opened != nil && !channels.isEmpty
        }
        try #require(isOpen)
        return (try #require(opened), channels[0])
    }

    /// A certificate that no server but this one would take.
    private static func certificate(of publicKey: [UInt8]) throws -> [UInt8] {
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
}
