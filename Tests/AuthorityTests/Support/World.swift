import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import StrictYAML

@testable import Authority

/// An inventory with keys of its own: alice and her agent copilot may sign in to
/// web1 and db1, mallory may nothing.
struct World {
    let alice = Ed25519SigningKey.generate()
    let copilot = Ed25519SigningKey.generate()
    let mallory = Ed25519SigningKey.generate()
    let webHost = Ed25519SigningKey.generate()
    let databaseHost = Ed25519SigningKey.generate()
    private(set) var inventory: Inventory
    /// The file of the inventory.
    private(set) var text: String
    var locks = Locks()
    var moment = Timestamp(secondsSince1970: 1_800_000_000)

    init(disablingAlice isDisabled: Bool = false) throws {
        text = """
            roles: [sre]
            principals:
              human:alice:
                roles: [sre]
                disabled: \(isDisabled)
                keys: ["\(Self.line(alice))"]
              agent:copilot:
                owner: human:alice
                roles: [sre]
                keys: ["\(Self.line(copilot))"]
              human:mallory:
                keys: ["\(Self.line(mallory))"]
            targets:
              web1:
                address: 192.0.2.10:22
                logins: [deploy]
                host-keys: ["\(Self.line(webHost))"]
              db1:
                address: 192.0.2.11:22
                logins: [deploy]
                host-keys: ["\(Self.line(databaseHost))"]
              new1:
                address: 192.0.2.12:22
                logins: [deploy]
            grants:
              - name: everything
                roles: [sre]
                targets: {names: [web1, db1, new1]}
                logins: [deploy]
                requests: [exec, shell, terminal, sftp]
            """
        inventory = try Self.read(text)
    }

    private static func read(_ text: String) throws -> Inventory {
        try Inventory.read([SourceFile(name: "inventory.yaml", bytes: Array(text.utf8))]).value
    }

    /// The same world after somebody changed a text that its inventory holds once or more.
    func edited(_ old: String, _ new: String) throws -> World {
        var world = self
        world.text = text.replacing(old, with: new)
        precondition(world.text != text, "the inventory does not hold the text")
        world.inventory = try Self.read(world.text)
        return world
    }

    /// The same world after keys were revoked, each by its line or its fingerprint.
    func revoking(_ keys: String...) throws -> World {
        let list = keys.map { "\"\($0)\"" }.joined(separator: ", ")
        return try edited("roles: [sre]\nprincipals:", "revoked: {keys: [\(list)]}\nprincipals:")
    }

    static func line(_ key: Ed25519SigningKey) -> String {
        "ssh-ed25519 \(Base64.encode(key.publicKeyBlob))"
    }

    func context(isUsed: @escaping ([UInt8]) -> Bool = { _ in false }) -> MessageContext {
        MessageContext(
            identification: Identification(inventory: inventory, locks: locks),
            moment: moment,
            monotonicMilliseconds: 1000,
            setupMilliseconds: 20_000,
            jitter: 0,
            isUsedExchangeHash: isUsed
        )
    }

    /// What an honest process says when a client signed in.
    func signIn(
        _ key: Ed25519SigningKey,
        user: String = "deploy@web1",
        over sessionIdentifier: [UInt8]
    ) throws -> SignInProof {
        let signed = UserAuthenticationRequest(
            sessionIdentifier: sessionIdentifier,
            user: user,
            algorithm: AuthenticationAlgorithm(.ed25519, isCertificate: false),
            keyBlob: key.publicKeyBlob
        )
        return SignInProof(
            user: user,
            algorithm: "ssh-ed25519",
            keyBlob: key.publicKeyBlob,
            signature: try key.sign(signed.bytes[...]),
            authenticator: nil
        )
    }

    /// What an honest process says when a target proved its host key.
    func hostKeyProof(
        _ key: Ed25519SigningKey,
        over hash: [UInt8],
        session: UInt32 = 1
    ) throws -> HostKeyProof {
        HostKeyProof(
            number: SessionNumber(session),
            keyBlob: key.publicKeyBlob,
            algorithm: "ssh-ed25519",
            exchangeHash: hash,
            signature: try key.sign(hash[...])
        )
    }

    static func hash(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }
}
