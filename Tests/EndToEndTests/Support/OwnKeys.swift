import Foundation
import TestSupport

/// Keys and certificates of a test's own, and an OpenSSH client that has nothing but one of them.
struct OwnKeys: Sendable {
    let scratch: Scratch
    /// What `ssh-keygen` and `ssh` need beside: a program that asks for a PIN.
    var environment: [String: String] = [:]
    /// Of both: what stands in for a token.
    var provider: String?

    init() throws { scratch = try Scratch() }

    func path(_ name: String) -> String { "\(scratch.path)/\(name)" }

    func make(
        _ name: String,
        type: String = "ed25519",
        passphrase: String = "",
        options: [String] = []
    ) async throws {
        let token = provider.map { ["-w", $0] } ?? []
        try await keygen(["-t", type, "-N", passphrase, "-f", path(name)] + token + options)
    }

    /// Has `ca` sign a key, with what `ssh-keygen -s` takes beside.
    func certify(_ name: String, _ options: [String]) async throws {
        let authority = ["-s", path("ca"), "-I", "test", "-z", "7"]
        try await keygen(authority + options + [path(name + ".pub")])
    }

    private func keygen(_ arguments: [String]) async throws {
        let outcome = try await Command("ssh-keygen", ["-q"] + arguments, environment: environment)
            .run()
        guard outcome.succeeded else { throw Lab.Failure(description: "ssh-keygen: \(outcome)") }
    }

    func publicKey(_ name: String) throws -> String {
        try String(contentsOfFile: path(name + ".pub"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Signs in by a key, and by its certificate where it has one; to the target web1 or as told.
    func ssh(
        _ lab: Lab,
        _ name: String,
        _ command: String,
        user: String? = nil,
        options: [String] = []
    ) throws -> Command {
        let token = provider.map { ["-o", "SecurityKeyProvider=\($0)"] } ?? []
        let user = try user ?? "\(lab.login)@web1"
        return Command(
            "ssh",
            token + options + [
                "-F", "none", "-p", try lab.port, "-l", user, "-i", path(name),
                "-o", "CertificateFile=\(path(name))-cert.pub", "-o", "IdentitiesOnly=yes", "-o",
                "IdentityAgent=none", "-o", "StrictHostKeyChecking=no", "-o",
                "UserKnownHostsFile=/dev/null", "127.0.0.1", command,
            ],
            environment: environment
        )
    }
}

extension Lab {
    /// Adds a file to the inventory of the running bastion.
    func add(_ yaml: String) async throws {
        let folder = URL(filePath: try settings).deletingLastPathComponent()
        try yaml.write(
            to: folder.appending(path: "inventory.d/test.yaml"),
            atomically: true,
            encoding: .utf8
        )
        let reload = try await sallyport("reload").run()
        guard reload.succeeded else { throw Failure(description: "reload: \(reload)") }
    }
}
