import PolicyEngine
import SSHKeys
import SSHWire
import TestSupport
import Testing

@testable import Authority

@Suite struct `host authorities` {
    private let line = Hosts.line(Ed25519SigningKey.generate())
    private let other = Hosts.line(Ed25519SigningKey.generate())

    @Test func `are read from key files and from lines of known_hosts`() throws {
        let text = """
            # ours
            \(line) host ca

            @cert-authority *.example.org \(other) other
            """

        #expect(try HostAuthorities(parsing: text).keys.count == 2)
        #expect(try HostAuthorities(parsing: line).keys.count == 1)
    }

    @Test(arguments: ["", "# nothing\n", "\n\n"])
    func `are needed`(_ text: String) {
        #expect(throws: HostAuthorities.Refusal.none) { try HostAuthorities(parsing: text) }
    }

    @Test func `that cannot be read are told by their line`() {
        do {
            _ = try HostAuthorities(parsing: "\(line)\n*.example.org \(other)\n")
            Issue.record("a line with a pattern and no marker is no key")
        } catch {
            #expect(error.description.contains("line 2"))
        }
    }

    @Test func `on a command line are told from files by their blank`() {
        #expect(HostAuthorities.isLine(line))
        #expect(!HostAuthorities.isLine("/etc/ssh/host_ca.pub"))
    }
}

@Suite struct `an enrolment` {
    private static let now: UInt64 = 1_767_323_046
    private let workshop: KeyWorkshop
    private let trusted: Set<PublicKey>

    init() throws {
        workshop = try KeyWorkshop()
        trusted = [try PublicKey(parsing: PublicKeyLine(parsing: workshop.makeKey("ca")).blob)]
        _ = try workshop.makeKey("host")
    }

    private func certificate(
        _ extra: [String] = ["-h"],
        names: String = "web1.example.org",
        validity: String = "20260102030405Z:20260102040405Z",
        by authority: String = "ca"
    ) throws -> String {
        try workshop.keygen(
            ["-q", "-s", authority, "-I", "web1 of ana"] + extra
                + ["-n", names, "-V", validity, "host.pub"]
        )
        return try workshop.read("host-cert.pub")
    }

    private func enrolment(
        _ lines: [String],
        name: String = "web1.example.org",
        at seconds: UInt64 = now
    ) throws -> HostEnrolment {
        try HostEnrolment(
            Hosts.output(lines.joined(), .certificates),
            name: name,
            verifiedBy: HostCertificateVerification(
                trustedAuthorities: trusted,
                revokedKeys: []
            ),
            at: seconds
        )
    }

    @Test func `pins the plain key until the certificate's end`() throws {
        let host = try PublicKeyLine(parsing: workshop.read("host.pub"))
        let pins = try enrolment([certificate()], name: "WEB1.Example.org").pins

        #expect(pins.map(\.key.key.blob) == [host.blob])
        #expect(pins.first?.validBeforeUnixSeconds == 1_767_326_645)
        #expect(pins.first?.keyID == "web1 of ana")
    }

    @Test func `of a certificate without an end has none`() throws {
        let pins = try enrolment([certificate(validity: "always:forever")]).pins

        #expect(pins.first?.validBeforeUnixSeconds == .some(nil))
    }

    @Test func `takes the certificate that lasts longer`() throws {
        let short = try certificate()
        let long = try certificate(validity: "20260102030405Z:20260202040405Z")

        for lines in [[short, long], [long, short]] {
            let pins = try enrolment(lines).pins
            #expect(pins.map(\.validBeforeUnixSeconds) == [1_770_005_045])
        }
    }

    @Test func `is refused without a certificate that counts`() throws {
        _ = try workshop.makeKey("other")
        let good = try certificate()
        let cases: [(lines: [String], name: String, at: UInt64, reason: String)] = [
            ([], "web1.example.org", Self.now, "showed no certificate"),
            ([good], "web2.example.org", Self.now, "is not for"),
            ([good], "web1.example.org", 1_767_326_645, "expired"),
            ([good], "web1.example.org", 1_767_323_044, "not valid before"),
            (
                [try certificate(by: "other")], "web1.example.org", Self.now,
                "is not trusted"
            ),
            ([try certificate([])], "web1.example.org", Self.now, "a user's"),
            ([try certificate(names: "*.example.org")], "web1.example.org", Self.now, "is not for"),
            ([String(good.dropLast(12)) + "AAAAAAAA=\n"], "web1.example.org", Self.now, ""),
        ]
        for entry in cases {
            do {
                _ = try enrolment(entry.lines, name: entry.name, at: entry.at)
                Issue.record("enrolled in spite of: \(entry.reason)")
            } catch {
                #expect("\(error)".contains(entry.reason), "\(error)")
            }
        }
    }

    @Test func `pins what counts and tells what does not`() throws {
        _ = try workshop.makeKey("other")
        let good = try certificate()
        let foreign = try certificate(by: "other")
        let enrolment = try enrolment([foreign, good])

        #expect(enrolment.pins.count == 1)
        #expect(enrolment.reasons.count == 1)
    }
}
