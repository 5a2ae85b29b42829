import Foundation
import PolicyEngine
import SSHKeys
import SSHWire
import StrictYAML
import Testing

@testable import Authority

@Suite final class `the file of a target` {
    private let directory = FileManager.default.temporaryDirectory
        .appending(path: "sallyport-target-\(UUID().uuidString)")
    private let name: TargetName
    private let key = Ed25519SigningKey.generate().publicKey

    init() throws {
        name = try #require(TargetName("web1"))
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: directory)
        } catch {
            print("left behind: \(directory.path) (\(error))")
        }
    }

    private var path: String { directory.appending(path: "web1.yaml").path }

    private func stanza(_ address: String = "web1:22", _ key: PublicKey? = nil) throws
        -> TargetStanza
    {
        TargetStanza(
            name: name,
            address: try Hosts.address(address),
            logins: [try #require(Login("deploy"))],
            keys: [TargetStanza.Key(key ?? self.key)]
        )
    }

    private func current() throws -> SourceFile {
        SourceFile(name: path, bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path)
    }

    @Test func `is written whole, readable for the bastion, and alone`() throws {
        _ = try TargetFile(path: path, among: []).write(
            stanza(),
            comment: "# x\n",
            replacing: false
        )

        #expect(try current().bytes.starts(with: "# x\ntargets:\n".utf8))
        #expect(try names() == ["web1.yaml"])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
    }

    @Test func `stays as it is unless it is to be replaced`() throws {
        _ = try TargetFile(path: path, among: []).write(stanza(), comment: "", replacing: false)
        let before = try current()

        for known in [[], [before]] {
            #expect(throws: TargetFile.Refusal.exists(path: path)) {
                try TargetFile(path: path, among: known).write(
                    stanza("web2:22"),
                    comment: "",
                    replacing: false
                )
            }
        }
        #expect(try current() == before)
        #expect(try names() == ["web1.yaml"])
        _ = try TargetFile(path: path, among: [before]).write(
            stanza("web2:22"),
            comment: "",
            replacing: true
        )
        #expect(try current() != before)
    }

    @Test func `is not replaced where it holds more than the target`() throws {
        let more = """
            targets:
              web1: {address: web1, logins: [deploy]}
              web2: {address: web2, logins: [deploy]}
            """
        for text in [more, "roles: [sre]\n", more.replacing("web1:", with: "web3:")] {
            let file = SourceFile(name: path, bytes: Array(text.utf8))
            #expect(throws: TargetFile.Refusal.holdsMore(path: path)) {
                try TargetFile(path: path, among: [file]).write(
                    stanza(),
                    comment: "",
                    replacing: true
                )
            }
        }
    }

    @Test func `is not replaced where the bastion does not read it and it is something else`()
        throws
    {
        for text in ["root:x:0:0::/root:/bin/bash\n", ""] {
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(throws: TargetFile.Refusal.self) {
                try TargetFile(path: path, among: []).write(stanza(), comment: "", replacing: true)
            }
            #expect(try current().bytes == Array(text.utf8))
        }
    }

    @Test func `is not written where the inventory with it would be refused`() throws {
        let principal = """
            principals:
              human:alice: {keys: ["\(PublicKeyLine(key))"]}
            """
        let same = "targets:\n  web1: {address: web9, logins: [deploy]}\n"
        for (text, reason) in [
            (principal, "is the key of"), (same, "duplicate target"), ("tragets: {}\n", "tragets"),
        ] {
            let other = SourceFile(name: "/other.yaml", bytes: Array(text.utf8))
            do {
                _ = try TargetFile(path: path, among: [other]).write(
                    stanza(),
                    comment: "",
                    replacing: false
                )
                Issue.record("written beside \(text)")
            } catch {
                #expect("\(error)".contains(reason), "\(error)")
            }
        }
        #expect(try names().isEmpty)
    }
}
