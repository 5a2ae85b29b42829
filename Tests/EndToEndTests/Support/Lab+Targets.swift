import Foundation
import TestSupport
import Testing

/// Targets that are no sshd.
extension Lab {
    /// A target that a program among the fixtures plays, in the inventory while the body runs.
    func withTarget<Value: Sendable>(
        _ target: String,
        _ program: String,
        _ arguments: [String] = [],
        _ body: () async throws -> Value
    ) async throws -> Value {
        let scratch = try Scratch()
        let made = try await Command(
            "ssh-keygen",
            ["-q", "-t", "ed25519", "-N", "", "-f", "\(scratch.path)/host"]
        ).run()
        #expect(made.succeeded, "\(made)")
        return try await Command(
            Machine.pythonClients,
            ["-B", Machine.fixture("clients/\(program)"), "\(scratch.path)/host"] + arguments
        ).readingWhatIsWritten().start { child in
            let ready = try await child.printed("\n")
            let port = try #require(ready.text.split(separator: "\n").first)
            try await add(target: target, port: String(port), scratch)
            return try await body()
        }
    }

    private func add(target: String, port: String, _ scratch: Scratch) async throws {
        let key = try String(contentsOfFile: "\(scratch.path)/host.pub", encoding: .utf8)
        let entry = """
            targets:
              \(target):
                address: 127.0.0.1:\(port)
                labels: {env: development}
                logins: [\(try login)]
                host-keys: ["\(key.split(separator: " ").prefix(2).joined(separator: " "))"]

            """
        let folder = URL(filePath: try settings).deletingLastPathComponent()
        try entry.write(
            to: folder.appending(path: "inventory.d/\(target).yaml"),
            atomically: true,
            encoding: .utf8
        )
        let reloaded = try await sallyport("reload").run()
        #expect(reloaded.succeeded, "\(reloaded)")
    }
}
