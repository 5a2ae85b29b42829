import SSHWire
import StrictYAML
import TestSupport
import Testing

@testable import PolicyEngine

@Suite struct `a limit of the inventory` {
    private static let principals = [
        LimitCase("a principal", PrincipalName.maximumBytes) { count in
            let name = String(repeating: "a", count: count - "human:".count)
            try read("principals:\n  human:\(name): {}\n")
        },
        LimitCase("a role", Role.maximumBytes) { count in
            try readAlice("roles: [\(String(repeating: "r", count: count))]")
        },
        LimitCase("roles of a principal", Role.maximumCount) { count in
            try readAlice("roles: [\(list(count) { "r\($0)" })]")
        },
        LimitCase("keys of a principal", PrincipalReader.maximumKeys) { count in
            try readAlice("keys: [\(list(count) { "\"\(Keys.ed25519(UInt8($0)))\"" })]")
        },
        LimitCase("an RSA key", KeyType.rsaModulusBits.upperBound) { bits in
            try readAlice("keys: [\"\(rsa(bits: bits))\"]")
        },
        LimitCase("a name in a certificate", AuthorityReader.maximumNameBytes) { count in
            let name = String(repeating: "n", count: count)
            try read(
                "principals:\n  human:alice: {}\ncertificate-authorities:\n  corp:\n"
                    + "    key: \"\(Keys.ed25519(9))\"\n    principals: {\(name): human:alice}\n"
            )
        },
    ]

    private static let targets = [
        LimitCase("a target", TargetName.maximumBytes) { count in
            let name = String(repeating: "t", count: count)
            try read("targets:\n  \(name): {address: w, logins: [a]}\n")
        },
        LimitCase("a login", Login.maximumBytes) { count in
            let name = String(repeating: "l", count: count)
            try read("targets:\n  web1: {address: w, logins: [\(name)]}\n")
        },
        LimitCase("logins of a target", TargetReader.maximumLogins) { count in
            try read("targets:\n  web1: {address: w, logins: [\(list(count) { "l\($0)" })]}\n")
        },
        LimitCase("host keys of a target", TargetReader.maximumHostKeys) { count in
            try readWeb("host-keys: [\(list(count) { "\"\(Keys.ed25519(UInt8($0)))\"" })]")
        },
        LimitCase("labels of a target", LabelReader.maximumCount) { count in
            try readWeb("labels: {\(list(count) { "k\($0): v" })}")
        },
        LimitCase("the name of a label", LabelReader.maximumBytes) { count in
            try readWeb("labels: {\(String(repeating: "k", count: count)): v}")
        },
        LimitCase("the value of a label", LabelReader.maximumBytes) { count in
            try readWeb("labels: {k: \(String(repeating: "v", count: count))}")
        },
        LimitCase("source addresses", TargetReader.maximumSourceAddresses) { count in
            try readWeb("source-address: [\(list(count) { "192.0.2.\($0)" })]")
        },
        LimitCase("the longest lifetime", 600) { seconds in
            try readWeb("certificate-lifetime: \(seconds)s")
        },
        LimitCase("the path of a shell", TargetShell.maximumBytes) { count in
            let folder = String(repeating: "d", count: count - "//bash".count)
            try readWeb("shell: /\(folder)/bash")
        },
        LimitCase("a command for SFTP", TargetReader.maximumSFTPBytes) { count in
            try readWeb("sftp: \(String(repeating: "s", count: count))")
        },
    ]

    private static let grants = [
        LimitCase("roles of a grant", GrantReader.maximumItems) { count in
            try readGrant(roles: (0..<count).map { "r\($0)" })
        },
        LimitCase("logins of a grant", GrantReader.maximumItems) { count in
            try readGrant(logins: (0..<count).map { "l\($0)" })
        },
    ]

    @Test(arguments: principals + targets + grants)
    func `is what is read, and one above is refused`(_ limit: LimitCase) {
        #expect(throws: Never.self) { try limit.take(limit.limit) }
        #expect(throws: RefusedFiles.self) { try limit.take(limit.limit + 1) }
    }

    @Test func `is what a lifetime and an RSA key have at least`() {
        #expect(throws: Never.self) { try Self.readWeb("certificate-lifetime: 5s") }
        #expect(throws: RefusedFiles.self) { try Self.readWeb("certificate-lifetime: 4s") }
        #expect(throws: Never.self) { try Self.readAlice("keys: [\"\(Self.rsa(bits: 2048))\"]") }
        #expect(throws: RefusedFiles.self) {
            try Self.readAlice("keys: [\"\(Self.rsa(bits: 2047))\"]")
        }
    }

    private static func read(_ text: String) throws { _ = try Samples.read(text) }

    private static func readAlice(_ key: String) throws {
        try read("principals:\n  human:alice:\n    \(key)\n")
    }

    private static func readWeb(_ key: String) throws { _ = try Samples.target(key) }

    private static func readGrant(roles: [String] = ["r0"], logins: [String] = ["a"]) throws {
        func lines(_ items: [String]) -> String { items.map { "      - \($0)\n" }.joined() }
        let declared = (0...GrantReader.maximumItems).map { "r\($0)" }
        try read(
            "roles:\n\(lines(declared))targets:\n  web1: {address: w, logins: [a]}\n"
                + "grants:\n  - roles:\n\(lines(roles))    targets: {names: [web1]}\n"
                + "    logins:\n\(lines(logins))    requests: [exec]\n"
        )
    }

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ", ")
    }

    private static func rsa(bits: Int) -> String {
        let top: UInt8 = 1 << UInt8((bits - 1) % 8)
        let modulus = [top] + [UInt8](repeating: 1, count: (bits + 7) / 8 - 1)
        let key = PublicKey.rsa(exponent: [1, 0, 1], modulus: modulus)
        return PublicKeyLine(key).description
    }
}
