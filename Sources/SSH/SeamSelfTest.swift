import CLibSSH
import Glibc

/// Proves, through libssh's own path, that the seam in front of libcrypto is in force.
///
/// A whole key exchange runs between two ends in this process. The server's key has no seed, so the
/// client accepts it only if the signature came from the signer; and the client's verification must
/// have been seen. A statically linked libssh, or one on another crypto library, fails here.
package enum SeamSelfTest {
    /// LIMIT: a key exchange in one process takes a few milliseconds; this is for a loaded machine.
    static let maximumTurns = 2_000

    package static func run() throws(SSHError) {
        let signer = try LocalSigner()
        let seam = CryptoSeam(signer: signer)
        seam.install()
        defer { seam.remove() }

        _ = try exchangeKeys(hostKey: signer.publicKey, behind: seam)

        guard signer.signed.count == 1 else {
            throw .unavailable(
                reason: "libssh signs past the seam: it must be the dynamic library on libcrypto"
            )
        }
        guard seam.takeVerified().contains(where: { $0.data == signer.signed[0] }) else {
            throw .unavailable(
                reason: "libssh verifies past the seam: it must be the dynamic library on libcrypto"
            )
        }
    }

    /// Both ends of one connection, in one loop.
    struct Ends {
        let loop: EventLoop
        let server: InboundConnection
        let client: OutboundConnection
    }

    static func exchangeKeys(
        hostKey: [UInt8],
        behind seam: CryptoSeam,
        within turns: Int = maximumTurns
    ) throws(SSHError) -> Ends {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let result = unsafe ends.withUnsafeMutableBufferPointer { ends in
            unsafe socketpair(AF_UNIX, type, 0, ends.baseAddress)
        }
        guard result == 0 else { throw .unavailable(reason: "socketpair: error \(errno)") }

        let loop = try EventLoop()
        let server = try InboundConnection(
            adopting: ends[0],
            hostKey: hostKey,
            rekeyBytes: 0,
            rekeySeconds: 0,
            in: loop
        )
        let client = try OutboundConnection(
            adopting: ends[1],
            login: "self-test",
            hostKeyAlgorithms: ["ssh-ed25519"],
            rekeyBytes: 0,
            rekeySeconds: 0,
            behind: seam,
            in: loop
        )
        var isServerDone = false
        var isClientDone = false
        for _ in 0..<turns where !(isServerDone && isClientDone) {
            if !isServerDone { isServerDone = try server.exchangeKeys() }
            if !isClientDone { isClientDone = try client.connect() == .done }
            if !(isServerDone && isClientDone) { loop.poll(milliseconds: 1) }
        }
        guard isServerDone, isClientDone else {
            throw .unavailable(reason: "the key exchange with itself does not end")
        }
        return Ends(loop: loop, server: server, client: client)
    }

    /// A key of its own, made for one test.
    final class LocalSigner: RemoteSigner {
        let publicKey: [UInt8]
        private let seed: [UInt8]
        private(set) var signed: [[UInt8]] = []

        init() throws(SSHError) {
            var seed = [UInt8](repeating: 0, count: Int(SP_ED25519_KEY_BYTES))
            var publicKey = seed
            guard unsafe sp_ed25519_generate(&seed, &publicKey) == 1 else {
                throw .unavailable(reason: "libcrypto makes no Ed25519 key")
            }
            self.seed = seed
            self.publicKey = publicKey
        }

        func signature(over data: [UInt8]) -> [UInt8]? {
            signed.append(data)
            var signature = [UInt8](repeating: 0, count: Int(SP_ED25519_SIGNATURE_BYTES))
            guard unsafe sp_ed25519_sign(seed, data, data.count, &signature) == 1 else {
                return nil
            }
            return signature
        }
    }
}
