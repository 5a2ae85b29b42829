import AuditTrail
import Foundation
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import StrictYAML
import TestSupport
import Testing

@testable import Authority

@Suite struct `a client's certificate` {
    private let workshop: KeyWorkshop
    private let text: String
    private let inventory: Inventory
    private let now = Timestamp.now()

    init() throws {
        workshop = try KeyWorkshop()
        for name in ["ca", "other", "user"] {
            _ = try workshop.keygen("-q", "-t", "ed25519", "-N", "", "-f", name)
        }
        text = """
            principals:
              human:alice: {}
              human:bob: {disabled: true}
            certificate-authorities:
              corp:
                key: "\(try workshop.read("ca.pub").trimmingCharacters(in: .newlines))"
                principals:
                  alice@corp: human:alice
                  ally@corp: human:alice
                  bob@corp: human:bob
            revoked:
              serials:
                corp: [7]
            """
        inventory = try Self.read(text)
    }

    private static func read(_ text: String) throws -> Inventory {
        try Inventory.read([SourceFile(name: "inventory.yaml", bytes: Array(text.utf8))]).value
    }

    private func identify(
        by authority: String = "ca",
        _ arguments: String...,
        from peer: String = "198.51.100.7",
        in other: Inventory? = nil
    ) throws -> Result<Identity, IdentificationError> {
        _ = try workshop.keygen(["-q", "-s", authority, "-I", "test"] + arguments + ["user.pub"])
        let line = try PublicKeyLine(
            parsing: try workshop.read("user-cert.pub").trimmingCharacters(in: .newlines)
        )
        let identification = Identification(inventory: other ?? inventory, locks: Locks())
        let address = try SSHWire.IPAddress(parsing: peer)
        do throws(IdentificationError) {
            return .success(
                try identification.identify(
                    algorithm: line.algorithm,
                    keyBlob: line.blob,
                    from: address,
                    at: now
                )
            )
        } catch {
            return .failure(error)
        }
    }

    @Test func `of a trusted authority stands for the one principal that it maps to`() throws {
        let identity = try identify("-n", "alice@corp,ally@corp,unknown", "-z", "5").get()
        #expect(identity.principal.name.description == "human:alice")
        #expect(identity.certificate?.serial == CertificateSerial(5))
        #expect(identity.restrictions?.permitsTerminal == true)
    }

    @Test(arguments: [
        ["-n", "unknown"], ["-n", "alice@corp,bob@corp"], ["-n", "bob@corp"],
        ["-n", "alice@corp", "-z", "7"], ["-n", "alice@corp", "-V", "-2h:-1h"],
        ["-n", "alice@corp", "-V", "+1h:+2h"], ["-n", "alice@corp", "-h"],
        ["-n", "alice@corp", "-O", "source-address=203.0.113.0/24"],
        ["-n", "alice@corp", "-O", "critical:x@example.com=1"], [],
    ])
    func `is refused where anything about it is not as it must be`(_ arguments: [String]) throws {
        _ = try workshop.keygen(["-q", "-s", "ca", "-I", "test"] + arguments + ["user.pub"])
        let blob = try PublicKeyLine(
            parsing: try workshop.read("user-cert.pub").trimmingCharacters(in: .newlines)
        ).blob
        let identification = Identification(inventory: inventory, locks: Locks())
        let peer = try SSHWire.IPAddress(parsing: "198.51.100.7")
        #expect(throws: IdentificationError.self) {
            try identification.identify(algorithm: nil, keyBlob: blob, from: peer, at: now)
        }
    }

    @Test func `of another authority is refused`() throws {
        guard
            case .failure(.certificate(.authorityNotTrusted)) =
                try identify(by: "other", "-n", "alice@corp")
        else {
            Issue.record("a stranger's certificate was taken")
            return
        }
    }

    @Test(arguments: ["ca", "user"])
    func `is refused where its key or its authority's is revoked`(_ name: String) throws {
        let line = try workshop.read("\(name).pub").trimmingCharacters(in: .newlines)
        let revoked = "keys: [\"\(line)\"]\n  serials:"
        let later = try Self.read(text.replacing("serials:", with: revoked))
        #expect(try identify("-n", "alice@corp", in: later) == .failure(.revokedKey))
        #expect(try identify("-n", "alice@corp").get().principal.name.name == "alice")
    }

    @Test func `counts only where it comes from`() throws {
        let arguments = ["-n", "alice@corp", "-O", "source-address=203.0.113.0/24"]
        let inside = try identify(
            arguments[0],
            arguments[1],
            arguments[2],
            arguments[3],
            from: "203.0.113.9"
        )
        #expect(try inside.get().principal.name.description == "human:alice")
    }

    @Test(arguments: ["RSA-1024", "SHA-1"])
    func `or key that libssh takes and nobody can read here is refused, and no lie`(
        _ flaw: String
    ) throws {
        let (file, algorithm): (String, String)
        if flaw == "SHA-1" {
            _ = try workshop.keygen("-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", "old")
            let arguments = ["-q", "-s", "old", "-t", "ssh-rsa", "-I", "test", "-n", "alice@corp"]
            _ = try workshop.keygen(arguments + ["user.pub"])
            (file, algorithm) = ("user-cert.pub", "ssh-ed25519-cert-v01@openssh.com")
        } else {
            _ = try workshop.keygen("-q", "-t", "rsa", "-b", "1024", "-N", "", "-f", "short")
            (file, algorithm) = ("short.pub", "rsa-sha2-512")
        }
        let line = try workshop.read(file).trimmingCharacters(in: .newlines)
        var process = try ProcessUnderTest(try World())
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = SignInProof(
            user: "deploy@web1",
            algorithm: algorithm,
            keyBlob: try #require(Base64.decode(line.split(separator: " ")[1])),
            signature: [UInt8](repeating: 1, count: 64),
            authenticator: nil
        )

        let actions = process.says(.signIn(proof))

        #expect(actions.lie == nil)
        #expect(actions.orders == [.signInAnswer(isAccepted: false)])
        guard case .malformed = actions.refusedSignIn else {
            Issue.record("\(actions)")
            return
        }
    }

    @Test func `is identified again by what the inventory says then, without its signature`() throws
    {
        let identity = try identify("-n", "alice@corp", "-z", "5").get()
        let peer = try SSHWire.IPAddress(parsing: "198.51.100.7")
        func again(_ text: String) throws -> Result<Identity, IdentificationError> {
            let identification = Identification(inventory: try Self.read(text), locks: Locks())
            do throws(IdentificationError) {
                return .success(try identification.identify(again: identity, from: peer, at: now))
            } catch {
                return .failure(error)
            }
        }
        #expect(try again(text) == .success(identity))
        #expect(
            try again(text.replacing("corp: [7]", with: "corp: [5]"))
                == .failure(.certificate(.serialRevoked(5)))
        )
        #expect(
            try again(text.replacing("human:alice: {}", with: "human:alice: {disabled: true}"))
                == .failure(.disabled(identity.principal.name, .bySetting))
        )
        let other = try workshop.read("other.pub").trimmingCharacters(in: .newlines)
        let ca = try workshop.read("ca.pub").trimmingCharacters(in: .newlines)
        guard
            case .failure(.certificate(.authorityNotTrusted)) =
                try again(text.replacing(ca, with: other))
        else {
            Issue.record("a certificate of an authority that is trusted no more was taken")
            return
        }
    }

    @Test func `replaces what the client asks for by what it forces, without a terminal`() throws {
        let identity = try identify(
            "-n",
            "alice@corp",
            "-O",
            "force-command=backup",
            "-O",
            "no-pty"
        ).get()
        let plan = SessionPlan(
            SessionOpening(
                number: SessionNumber(0),
                program: .shell,
                terminal: TerminalRequest(type: "xterm", columns: 80, rows: 24),
                environment: []
            ),
            connection: "c-000000000000",
            session: "s-000000000000",
            userName: "deploy@web1",
            from: "192.0.2.7",
            identity: identity,
            in: inventory,
            allowing: EnvironmentAllowList()
        )
        #expect(plan.program == .exec(commandLine: Array("backup".utf8)))
        #expect(plan.replacedProgram == .shell)
        #expect(plan.restriction != nil)
    }
}
