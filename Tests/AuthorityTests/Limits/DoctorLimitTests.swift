import Foundation
import PolicyEngine
import SSHKeys
import SSHWire
import StrictYAML
import TestSupport
import Testing

@testable import Authority

@Suite struct `a limit of a program of the system` {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func scan() throws -> KeyScan {
        KeyScan(.keys, of: try Hosts.address("192.0.2.7"), kinds: [.ed25519])
    }

    @Test func `is how long a scan and a question about libssh may take`() throws {
        #expect(try scan().scanner("/x").timeout == KeyScan.timeout)
        #expect(LibraryCheck.query("/x").timeout == LibraryCheck.timeout)
    }

    @Test func `is how much a scan may print, to the byte`() throws {
        func printed(_ count: Int) throws -> KeyScanOutput {
            try folder.makeScript("head -c \(count) /dev/zero | tr '\\0' '#'", named: "ssh-keyscan")
            defer { remove("ssh-keyscan") }
            return try scan().run(path: "\(folder.path)")
        }
        #expect(throws: Never.self) { try printed(KeyScan.maximumBytes) }
        let program = "\(folder.path)/ssh-keyscan"
        #expect(
            throws: ProgramError.saidTooMuch(program: program, limit: KeyScan.maximumBytes)
        ) { try printed(KeyScan.maximumBytes + 1) }
    }

    @Test func `is how much a question about libssh may print, to the byte`() throws {
        let line = "ii  \(LibraryCheck.minimum)\n"
        func level(_ count: Int) throws -> Diagnosis {
            let rest = count - line.utf8.count
            try folder.makeScript(
                "printf '\(line.dropLast())\\n'; head -c \(rest) /dev/zero | tr '\\0' '\\n'",
                named: "dpkg-query"
            )
            defer { remove("dpkg-query") }
            return LibraryCheck.run(path: folder.path)
        }
        #expect(try level(LibraryCheck.maximumBytes).level == .ok)
        let above = try level(LibraryCheck.maximumBytes + 1)
        #expect(above.level == .warning && above.text.contains("65536 bytes"))
    }

    private func remove(_ name: String) {
        do {
            try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        } catch {
            Issue.record(error)
        }
    }
}

@Suite struct `a limit of what is examined` {
    @Test func `is how soon a pinned key ends that is told`() throws {
        let end: UInt64 = 1_800_000_000
        let text = """
            targets:
              web1:
                address: web1
                logins: [deploy]
                host-keys:
                  - key: \(Hosts.line(Ed25519SigningKey.generate()))
                    valid-before: 2027-01-15T08:00:00Z
            """
        let file = SourceFile(name: "x", bytes: Array(text.utf8))
        let targets = try Inventory.read([file]).value.targets
        let early = end - SettingsCheck.expiryWarningSeconds
        #expect(SettingsCheck.expiries(targets, early - 1).isEmpty)
        #expect(SettingsCheck.expiries(targets, early).map(\.level) == [.warning])
    }

    @Test func `is how many descriptors a connection needs`() {
        // Of a thousand four fifths are for connections, and half as many as are allowed will do.
        let rooms = 1000 * Admission.descriptorPercent / 100 / SystemCheck.descriptorsPerConnection
        #expect(rooms == 160)
        #expect(SystemCheck.descriptors(1000, connections: 2 * rooms + 1).level == .ok)
        #expect(SystemCheck.descriptors(1000, connections: 2 * rooms + 2).level == .warning)
    }

    @Test func `is how late a certificate of a host may end, beyond which it has no end`() throws {
        let workshop = try KeyWorkshop()
        for name in ["ca", "host"] { _ = try workshop.makeKey(name) }
        let authority = try PublicKeyLine(parsing: workshop.read("ca.pub"))
        let verification = HostCertificateVerification(
            trustedAuthorities: [try PublicKey(parsing: authority.blob)],
            revokedKeys: []
        )
        func end(_ seconds: UInt64) throws -> UInt64? {
            _ = try workshop.keygen(
                "-q",
                "-s",
                "ca",
                "-I",
                "web1",
                "-h",
                "-n",
                "web1",
                "-V",
                "0x1:0x\(String(seconds, radix: 16))",
                "host.pub"
            )
            let enrolment = try HostEnrolment(
                Hosts.output(try workshop.read("host-cert.pub"), .certificates),
                name: "web1",
                verifiedBy: verification,
                at: 1_800_000_000
            )
            return try #require(enrolment.pins.first).validBeforeUnixSeconds
        }
        let last = HostEnrolment.Pin.lastWritableSecond
        #expect(try end(last) == last)
        #expect(InternetTime.text(unixSeconds: last) == "9999-12-31T23:59:59Z")
        #expect(try end(last + 1) == nil)
        #expect(InternetTime.text(unixSeconds: last + 1) == nil)
    }

    @Test func `is what is read of a key file, and one byte more is noticed`() throws {
        let workshop = try KeyWorkshop()
        _ = try workshop.keygen("-q", "-t", "ed25519", "-N", "", "-f", "key")
        let key = try workshop.read("key")
        func error(_ count: Int) throws -> KeyLoadingError? {
            let blanks = String(repeating: "\n", count: count - key.utf8.count)
            try workshop.write(key + blanks, to: "long")
            let path = workshop.directory.appendingPathComponent("long").path
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            do throws(KeyLoadingError) {
                _ = try KeyLoading.load(.file(path: path))
                return nil
            } catch {
                return error
            }
        }
        #expect(try error(KeyLoading.maximumBytes - 1) == nil)
        for more in [0, 1, 100_000] {
            guard case .malformed(_, let reason) = try error(KeyLoading.maximumBytes + more) else {
                Issue.record("\(more) more are taken")
                continue
            }
            #expect(reason.contains("exceeds the limit"))
        }
    }
}

@Suite struct `a limit of a probe` {
    @Test func `is how long its nonce is`() {
        let nonce = Randomness.bytes(ProbeText.nonceBytes)
        #expect(ProbeText(nonce: nonce).nonce.count == 2 * ProbeText.nonceBytes)
        #expect(nonce != Randomness.bytes(ProbeText.nonceBytes))
    }

    @Test func `is how many files of one directory it looks at`() async throws {
        /// Whether a program of the system's name is found behind so many files.
        func finds(behind count: Int) async throws -> Bool {
            let folder = try Folder()
            // One that no start-up file is expected to put something in the place of.
            for number in 0..<count { try folder.write("", to: "a\(1000 + number)") }
            try folder.writeProgram("uptime")
            let outcome = try await Command(
                "sh",
                ["-c", `a probe`.text.session],
                environment: ["PATH": "\(folder.path):/usr/bin:/bin"]
            ).run()
            let probe = try #require(SessionProbe(outcome.output, `a probe`.text), "\(outcome)")
            return probe.all("shadow").contains("uptime \(folder.path)/uptime")
        }
        #expect(try await finds(behind: ProbeText.filesPerDirectory - 1))
        #expect(try await !finds(behind: ProbeText.filesPerDirectory))
    }
}
