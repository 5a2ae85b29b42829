import Foundation
import PolicyEngine
import SSHKeys
import SSHWire
import StrictYAML

/// What the authority does itself, as `scripts/bench authority` measures it: reading an inventory,
/// finding what is granted there, and making certificates.
///
/// The argument is an inventory. What it writes are lines of a name and numbers: `read` with the
/// nanoseconds from the bytes on and how many bytes of memory that took, and for each round `lookup` and
/// `mint` with the nanoseconds that one took.
struct AuthoritySpeed {
    private static let rounds = 201
    private static let lookupsInRound = 1_000
    private static let mintsInRound = 20

    static func main(_ arguments: [String]) throws {
        guard arguments.count == 2 else {
            print("usage: authority-speed INVENTORY")
            exit(2)
        }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: arguments[1])))
        let memory = try mostMemory()
        let start = now()
        let files = [SourceFile(name: arguments[1], bytes: bytes)]
        let inventory = try Inventory.read(files).value
        print("read", now() - start, try mostMemory() - memory)
        try lookUp(in: inventory)
        try mint()
    }

    /// What a request for a session asks: who it is by the key, the target, and which grants allow it.
    private static func lookUp(in inventory: Inventory) throws {
        let keys = inventory.principals.flatMap(\.keys).map(\.blob)
        let targets = inventory.targets.map(\.name)
        var found = 0
        // Steps without a common divisor, so that each meets all others.
        var number = 0
        for _ in 0..<rounds {
            let start = now()
            for _ in 0..<lookupsInRound {
                number += 7_919
                guard let principal = inventory.principal(forKey: keys[number % keys.count]),
                    let target = inventory.target(named: targets[number % targets.count])
                else { throw Failure.notFound }
                let login = target.logins[number % target.logins.count]
                let grants = inventory.grants(
                    allowing: .exec,
                    to: principal.name,
                    as: login,
                    on: target.name
                )
                found += grants.count
            }
            print("lookup", (now() - start) / lookupsInRound)
        }
        guard found > 0 else { throw Failure.notFound }
    }

    /// What a session takes: a key of its own, a request, and the certificate authority's signature.
    private static func mint() throws {
        let authority = Ed25519SigningKey.generate()
        let issuer = CertificateIssuer(authority: authority.publicKey)
        for round in 0..<rounds {
            let start = now()
            for serial in 0..<mintsInRound {
                let unsigned = issuer.prepare(try request(UInt64(round * mintsInRound + serial)))
                let signature = try authority.signatureBlob(over: unsigned.toBeSigned[...])
                guard try unsigned.sealed(with: signature).count > 0 else { throw Failure.notFound }
            }
            print("mint", (now() - start) / mintsInRound)
        }
    }

    private static func request(_ serial: UInt64) throws -> UserCertificateRequest {
        let key = Ed25519SigningKey.generate()
        guard case .ed25519(let bytes) = key.publicKey else { throw Failure.notFound }
        let moment: UInt64 = 1_767_787_200
        return try UserCertificateRequest(
            publicKey: bytes,
            serial: serial,
            keyID: CertificateKeyID(
                connection: "\(serial)",
                session: "1",
                principal: "agent:copilot",
                onBehalfOf: "human:alice",
                target: "web1",
                decision: "d-7f3a",
                approval: nil
            ),
            validPrincipal: "deploy@web1",
            validAfter: moment - 30,
            validBefore: moment + 60,
            forceCommand: Array("exec /usr/bin/env -u ENV /bin/bash -c 'uptime'".utf8),
            sourceAddresses: [try AddressRange(parsing: "10.0.0.1")],
            permitsTerminal: false,
            nonce: (0..<32).map { _ in UInt8.random(in: 0...255) }
        )
    }

    private enum Failure: Error { case notFound, noMemory }

    /// Nanoseconds of a clock that only goes forward.
    private static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Bytes, as the kernel counts them.
    private static func mostMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(whereSeparator: { " \t".contains($0) })[1],
            let number = Int(kibibytes)
        else { throw Failure.noMemory }
        return number * 1024
    }
}
