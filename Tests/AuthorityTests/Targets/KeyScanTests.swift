import PolicyEngine
import SSHKeys
import SSHWire
import Testing

@testable import Authority

/// Keys and addresses of the tests of targets.
enum Hosts {
    static func line(_ key: Ed25519SigningKey) -> String {
        PublicKeyLine(key.publicKey).description
    }

    static func address(_ text: String) throws -> NetworkAddress {
        try #require(NetworkAddress(text, defaultPort: 22))
    }

    static func output(
        _ text: String,
        _ subject: KeyScan.Subject = .keys,
        errors: String = ""
    ) -> KeyScanOutput {
        KeyScanOutput(
            standardOutput: Array(text.utf8),
            standardError: Array(errors.utf8),
            subject: subject
        )
    }
}

@Suite struct `a scan of host keys` {
    @Test(
        arguments: [
            (
                "web1.example.org:2201",
                ["-T", "5", "-p", "2201", "-t", "ed25519,rsa", "--", "web1.example.org"]
            ),
            ("192.0.2.7", ["-T", "5", "-p", "22", "-t", "ed25519,rsa", "--", "192.0.2.7"]),
            (
                "[2001:DB8::5]:22",
                ["-T", "5", "-p", "22", "-t", "ed25519,rsa", "--", "2001:db8::5"]
            ),
        ]
    )
    func `gives the program one host, and no option`(_ text: String, _ expected: [String]) throws {
        let scan = KeyScan(.keys, of: try Hosts.address(text), kinds: [.ed25519, .rsa])

        #expect(scan.arguments == expected)
    }

    @Test func `asks for certificates where they are wanted`() throws {
        let scan = KeyScan(.certificates, of: try Hosts.address("web1"), kinds: [.ecdsa])

        #expect(scan.arguments == ["-T", "5", "-p", "22", "-t", "ecdsa", "-c", "--", "web1"])
    }

    @Test(arguments: ["-oProxyCommand=x", "-x:22", "a,b", "a b", "a\nb", "", "web1:0", "~", "*"])
    func `is not begun for what is no host`(_ text: String) {
        #expect(NetworkAddress(text, defaultPort: 22) == nil)
    }

    @Test func `says that the program is missing`() throws {
        let scan = KeyScan(.keys, of: try Hosts.address("192.0.2.7"), kinds: [.ed25519])

        #expect(throws: ProgramError.notFound(name: "ssh-keyscan", path: "/nonexistent:.:bin")) {
            try scan.run(path: "/nonexistent:.:bin")
        }
    }

    @Test func `takes lists of kinds that are known, each once`() {
        #expect(HostKeyKind.list("ed25519") == [.ed25519])
        #expect(HostKeyKind.list("rsa,ecdsa") == [.rsa, .ecdsa])
        for text in ["", "dsa", "ed25519,", "rsa,rsa", "ED25519", "rsa ecdsa"] {
            #expect(HostKeyKind.list(text) == nil)
        }
    }
}

@Suite struct `what ssh-keyscan printed` {
    private let key = Ed25519SigningKey.generate()

    @Test func `is read by our own parser, names and remarks left out`() throws {
        let output = Hosts.output(
            """
            # 192.0.2.7:22 SSH-2.0-OpenSSH_9.2p1
            [192.0.2.7]:2201 \(Hosts.line(key))
            192.0.2.7 \(Hosts.line(key))

            """,
            errors: "# 192.0.2.7:22 SSH-2.0-OpenSSH_9.2p1\n"
        )

        #expect(output.lines.map(\.blob) == [key.publicKeyBlob])
        #expect(output.problems.isEmpty)
    }

    @Test(
        arguments: [
            "garbage", "host ssh-ed25519", "host ssh-ed25519 AAAA", "host ssh-rsa AAAAB3NzaC1yc2E=",
            "host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAQE",
        ]
    )
    func `is told where it cannot be read`(_ line: String) throws {
        let output = Hosts.output("\(line)\nhost \(Hosts.line(key))\n")
        let scan = try TargetScan(output, kinds: HostKeyKind.allCases)

        #expect(scan.keys.map(\.key) == [key.publicKey])
        #expect(scan.problems.count == 1)
    }

    @Test func `is cut where it is more than a host has`() {
        let lines = (0..<100).map { _ in "x \(Hosts.line(Ed25519SigningKey.generate()))" }
        let output = Hosts.output(lines.joined(separator: "\n"))

        #expect(output.lines.count == KeyScanOutput.maximumLines)
        #expect(output.problems.count == 1)
    }

    @Test func `holds the program's complaints with their control characters written out`() {
        let output = Hosts.output("", errors: "getaddrinfo \u{1B}]0;x\u{7}: no\n")

        #expect(output.problems == [#"ssh-keyscan: getaddrinfo \u{1B}]0;x\u{7}: no"#])
    }

    @Test func `is one line for each line, however that ends`() throws {
        let output = Hosts.output("x \(Hosts.line(key))\r\n", errors: "getaddrinfo x: no\r\n")

        #expect(output.lines.map(\.blob) == [key.publicKeyBlob])
        #expect(output.problems == ["ssh-keyscan: getaddrinfo x: no"])
    }

    @Test func `that holds no key says where nobody answered, and what to check`() throws {
        let refusal = TargetScan.Refusal.nothingFound(problems: ["ssh-keyscan: no"])
        let text = refusal.text(at: try Hosts.address("192.0.2.7:2201"))

        #expect(text.hasPrefix("`192.0.2.7:2201` showed no host key: check address and port"))
        #expect(text.hasSuffix("\nssh-keyscan: no"))
    }

    @Test func `is refused where no key came`() {
        #expect(throws: TargetScan.Refusal.nothingFound(problems: [])) {
            try TargetScan(Hosts.output(""), kinds: [.ed25519])
        }
    }

    @Test func `of a kind that nobody asked for is left out`() throws {
        #expect(throws: TargetScan.Refusal.self) {
            try TargetScan(Hosts.output("x \(Hosts.line(key))"), kinds: [.rsa])
        }
    }
}

@Suite struct `scanned keys` {
    private let first = Ed25519SigningKey.generate()
    private let second = Ed25519SigningKey.generate()
    private let scan: TargetScan

    init() throws {
        let text = "x \(Hosts.line(first))\nx \(Hosts.line(second))\n"
        scan = try TargetScan(Hosts.output(text), kinds: [.ed25519])
    }

    private func fingerprint(_ key: Ed25519SigningKey) -> String {
        SSHKeys.Fingerprint(of: key.publicKey).description
    }

    @Test func `count where somebody expected them, and no others`() throws {
        let keys = try scan.keys(expecting: [fingerprint(second)])

        #expect(keys.map(\.key) == [second.publicKey])
    }

    @Test func `do not count where another one was expected, too`() {
        let other = fingerprint(Ed25519SigningKey.generate())

        #expect(throws: TargetScan.Refusal.unexpected(missing: [other])) {
            try scan.keys(expecting: [fingerprint(first), other])
        }
    }

    @Test(arguments: ["", "SHA256:", "SHA256:AAAA", "MD5:16:27:ac", "47DEQpj8HBSa"])
    func `are not compared with what is no fingerprint`(_ text: String) {
        #expect(throws: TargetScan.Refusal.malformedExpectation(text)) {
            try scan.keys(expecting: [text])
        }
    }
}
