// Compiled by scripts/fuzz on the modules of Sources, with Seeds.swift.

import SSHKeys
import SSHWire

/// Reads any bytes as certificates of an authority that signed two, and as keys with signatures of theirs.
///
/// The first byte chooses what. Nothing is verified but what the authority did sign.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSSHKeys(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let text = Array(bytes.dropFirst())
    switch bytes[0] {
    case UInt8(ascii: "u"): verifyUser(text)
    case UInt8(ascii: "h"): verifyHost(text)
    case UInt8(ascii: "s"): verifySignature(text)
    case UInt8(ascii: "i"): readKeyID(String(decoding: text, as: UTF8.self))
    case UInt8(ascii: "f"): readFingerprint(String(decoding: text, as: UTF8.self))
    default: break
    }
    return 0
}

/// Writes what there is to begin with.
@_cdecl("LLVMFuzzerInitialize")
public func makeSeeds(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    // ECDSA and RSA are among the seeds of SSHWire; here are those that can be verified.
    var signed = WireWriter()
    signed.string(Authority.key.publicKeyBlob)
    signed.string(Authority.signature(over: Authority.message).bytes)
    signed.string(Authority.message)
    let fingerprint = Fingerprint(of: Authority.key.publicKey).description
    Seeds.write([
        [UInt8(ascii: "u")] + Authority.user,
        [UInt8(ascii: "h")] + Authority.host,
        [UInt8(ascii: "s")] + signed.bytes,
        Array("i\(Authority.keyID.text)".utf8),
        Array("f\(fingerprint)".utf8),
    ])
    return 0
}

private func check(_ holds: Bool, line: Int = #line) {
    if !holds { fatalError("line \(line)") }
}

/// An authority with a key that is known to everybody, and what it signed.
private enum Authority {
    static let now: UInt64 = 1_800_000_000
    static let peer = IPAddress([192, 0, 2, 7])
    static let message = Array("a message".utf8)

    static let key = made {
        let seed = [UInt8](repeating: 7, count: 32)
        // The public half of this seed (RFC 8032).
        let text = PrivateKeyFile(seed: seed, publicKey: publicHalf, comment: "")
            .text(checkInteger: 1)
        return try Ed25519SigningKey(parsing: text)
    }

    private static let publicHalf: [UInt8] = [
        0xea, 0x4a, 0x6c, 0x63, 0xe2, 0x9c, 0x52, 0x0a, 0xbe, 0xf5, 0x50, 0x7b, 0x13, 0x2e, 0xc5,
        0xf9, 0x95, 0x47, 0x76, 0xae, 0xbe, 0xbe, 0x7b, 0x92, 0x42, 0x1e, 0xea, 0x69, 0x14, 0x46,
        0xd2, 0x2c,
    ]

    static let keyID = made {
        try CertificateKeyID(
            connection: "c-000000000000",
            session: nil,
            principal: "agent:copilot",
            onBehalfOf: "human:ana",
            target: "web1",
            decision: nil,
            approval: nil
        )
    }

    static let user = made {
        let request = try UserCertificateRequest(
            publicKey: publicHalf,
            serial: 7,
            keyID: keyID,
            validPrincipal: "deploy",
            validAfter: now - 30,
            validBefore: now + 60,
            forceCommand: Array("uptime".utf8),
            sourceAddresses: try AddressRange.list(parsing: "192.0.2.0/24,2001:db8::/32"),
            permitsTerminal: true,
            nonce: [UInt8](repeating: 1, count: 32)
        )
        let unsigned = CertificateIssuer(authority: key.publicKey).prepare(request)
        return try unsigned.sealed(with: signature(over: unsigned.toBeSigned))
    }

    static let host = made {
        let fields = CertificateFields(
            nonce: [1],
            publicKey: key.publicKey,
            serial: 8,
            type: .host,
            keyID: "web1",
            validPrincipals: ["web1", "web1.example.org"],
            validAfter: now - 30,
            validBefore: now + 60,
            criticalOptions: [],
            extensions: [],
            signatureKey: key.publicKey
        )
        return Certificate.blob(
            toBeSigned: fields.toBeSigned,
            signature: signature(over: fields.toBeSigned)
        )
    }

    static func signature(over bytes: [UInt8]) -> SignatureBlob {
        made { try key.signatureBlob(over: bytes[...]) }
    }

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { fatalError("\(error)") }
    }
}

private func certificate(_ blob: [UInt8]) -> Certificate? {
    do { return try Certificate(parsing: blob) } catch { return nil }
}

private func verifyUser(_ blob: [UInt8]) {
    guard let certificate = certificate(blob) else { return }
    let trusted = UserCertificateVerification(trustedAuthorities: [Authority.key.publicKey])
    do throws(CertificateError) {
        let verified = try trusted.verify(certificate, at: Authority.now, from: Authority.peer)
        check(blob == Authority.user)
        check(verified.validPrincipals == ["deploy"])
    } catch {
        check(!error.description.isEmpty)
    }
    // Whoever it names is trusted, so that everything behind that question is reached.
    let gullible = UserCertificateVerification(trustedAuthorities: [certificate.fields.signatureKey]
    )
    let middle = certificate.fields.validAfter
    do throws(CertificateError) {
        let verified = try gullible.verify(certificate, at: middle, from: Authority.peer)
        check(!verified.validPrincipals.isEmpty)
        check(verified.restrictions.forceCommand?.contains(0) != true)
    } catch {
        check(!error.description.isEmpty)
    }
}

private func verifyHost(_ blob: [UInt8]) {
    guard let certificate = certificate(blob) else { return }
    let trusted = HostCertificateVerification(
        trustedAuthorities: [Authority.key.publicKey],
        revokedKeys: []
    )
    do throws(CertificateError) {
        _ = try trusted.verify(certificate, name: "web1", at: Authority.now)
        check(blob == Authority.host)
    } catch {
        check(!error.description.isEmpty)
    }
}

/// Three strings: a key, a signature and what is signed; it is verified as SSH has it and as libcrypto does.
private func verifySignature(_ bytes: [UInt8]) {
    do {
        var reader = WireReader(bytes)
        let key = try PublicKey(parsing: try reader.string("key", limit: 4096))
        let signature = try SignatureBlob(parsing: try reader.string("signature", limit: 4096))
        let message = try reader.string("message", limit: 4096)
        let seen = LibcryptoSignature(
            signature.algorithm,
            bytes: signature.value,
            authenticator: signature.authenticator
        )
        for isSeen in [false, true] {
            do throws(SignatureError) {
                if isSeen {
                    try SignatureVerification.verify(seen, over: message, by: key)
                } else {
                    try SignatureVerification.verify(signature, over: message, by: key)
                }
                guard key == Authority.key.publicKey else { continue }
                check(Array(message) == Authority.message)
            } catch {
                check(!error.description.isEmpty)
            }
        }
    } catch {}
}

private func readKeyID(_ text: String) {
    guard let values = CertificateKeyID.values(in: text) else { return }
    check(!text.contains("\n") && text.utf8.count <= CertificateKeyID.maximumBytes)
    // What can be read back says nothing that could not have been written.
    guard let principal = values[.principal], let target = values[.target] else { return }
    do throws(CertificateRequestError) {
        let again = try CertificateKeyID(
            connection: values[.connection],
            session: values[.session],
            principal: principal,
            onBehalfOf: values[.onBehalfOf],
            target: target,
            decision: values[.decision],
            approval: values[.approval]
        )
        check(CertificateKeyID.values(in: again.text) == values)
    } catch {
        fatalError("\(error)")
    }
}

private func readFingerprint(_ text: String) {
    do {
        let fingerprint = try Fingerprint(parsing: text)
        check(try Fingerprint(parsing: fingerprint.description) == fingerprint)
    } catch {}
}
