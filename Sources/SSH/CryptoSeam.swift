import CLibSSH

/// A signature that libcrypto found good while libssh worked.
package struct VerifiedSignature: Hashable, Sendable {
    /// As libcrypto took it: ECDSA in DER, all others raw.
    package let signature: [UInt8]
    /// The bytes that are signed.
    package let data: [UInt8]
    /// The name of the hash, or nil where the algorithm brings its own.
    package let digest: String?

    package init(signature: [UInt8], data: [UInt8], digest: String?) {
        self.signature = signature
        self.data = data
        self.digest = digest
    }
}

/// Whoever signs in place of the private keys that this process does not have.
package protocol RemoteSigner: AnyObject {
    /// An Ed25519 signature over the bytes, or nil where there is none to be had.
    func signature(over data: [UInt8]) -> [UInt8]?
}

/// The seam in front of libcrypto, for the thread that installs it.
///
/// While it is in force, nothing on this thread signs with a private key: the signer is asked. Every
/// signature that libcrypto verified is kept until somebody takes it.
@safe
package final class CryptoSeam {
    /// LIMIT: libssh verifies one signature before its caller can take it, or two after a rekey.
    static let keptSignatures = 8

    private let signer: any RemoteSigner
    private var verified: [VerifiedSignature] = []
    /// Signatures since the last call of `takeFailures` that were not good.
    private var failures = 0
    /// Whether nothing is verified after a bad signature until that is taken note of.
    ///
    /// So whoever may only try has one signature verified in vain for each turn of the loop.
    package var stopsAtFailure = false

    package init(signer: any RemoteSigner) {
        self.signer = signer
    }

    deinit { remove() }

    /// Puts the seam in force on the calling thread, until `remove` or the end of this object.
    package func install() {
        // SAFETY: the hooks are called on this thread only, and removed before `self` goes.
        unsafe sp_seam_install(
            Unmanaged.passUnretained(self).toOpaque(),
            { owner, data, count, signature in
                guard let owner = unsafe owner, let data = unsafe data,
                    let signature = unsafe signature
                else { return 0 }
                let seam = unsafe Unmanaged<CryptoSeam>.fromOpaque(owner).takeUnretainedValue()
                let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: count))
                guard let made = seam.signer.signature(over: bytes),
                    made.count == Int(SP_ED25519_SIGNATURE_BYTES)
                else { return 0 }
                for (index, byte) in made.enumerated() { unsafe signature[index] = byte }
                return 1
            },
            { owner in
                guard let owner = unsafe owner else { return 0 }
                let seam = unsafe Unmanaged<CryptoSeam>.fromOpaque(owner).takeUnretainedValue()
                return seam.stopsAtFailure && seam.failures > 0 ? 0 : 1
            },
            { owner, isGood, signature, signatureCount, data, dataCount, digest in
                guard let owner = unsafe owner, let data = unsafe data,
                    let signature = unsafe signature
                else { return }
                let seam = unsafe Unmanaged<CryptoSeam>.fromOpaque(owner).takeUnretainedValue()
                guard isGood == 1 else {
                    seam.failures += 1
                    return
                }
                let kept = unsafe VerifiedSignature(
                    signature: [UInt8](
                        UnsafeBufferPointer(start: signature, count: signatureCount)
                    ),
                    data: [UInt8](UnsafeBufferPointer(start: data, count: dataCount)),
                    digest: digest.map { unsafe String(cString: $0) }
                )
                seam.keep(kept)
            }
        )
    }

    package func remove() {
        sp_seam_install(nil, nil, nil, nil)
    }

    func keep(_ signature: VerifiedSignature) {
        if verified.count == Self.keptSignatures { verified.removeFirst() }
        verified.append(signature)
    }

    /// How many signatures were not good since the last call.
    package func takeFailures() -> Int {
        defer { failures = 0 }
        return failures
    }

    /// The signature verified last, which stays to be taken.
    var lastVerified: VerifiedSignature? { verified.last }

    /// The signatures verified since the last call.
    package func takeVerified() -> [VerifiedSignature] {
        defer { verified.removeAll() }
        return verified
    }
}

/// SHA-256 by the libcrypto that libssh brings along.
@safe
package final class SHA256Hash {
    private let raw: OpaquePointer

    package init() {
        guard let raw = unsafe sp_sha256_new() else {
            preconditionFailure("libcrypto has no memory for a hash")
        }
        unsafe self.raw = raw
    }

    deinit { unsafe sp_sha256_free(raw) }

    package func update(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe _ = sp_sha256_update(raw, start, bytes.count)
        }
        if done == nil { update([UInt8](bytes)) }
    }

    /// The digest of everything so far; the hash starts anew.
    package func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let result = unsafe digest.withUnsafeMutableBufferPointer { digest in
            guard let start = digest.baseAddress else { return CInt(0) }
            return unsafe sp_sha256_final(raw, start)
        }
        precondition(result == 1, "libcrypto could not finish a hash")
        return digest
    }
}
