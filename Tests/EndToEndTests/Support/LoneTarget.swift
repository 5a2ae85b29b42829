import Foundation
import Glibc
import TestSupport

/// A bastion's directory without a bastion, and an sshd of a test's own that it could connect to.
struct LoneTarget: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What `sallyport init` made is in `bastion`.
    let scratch: Scratch
    let port: UInt16
    /// The one account that can be entered: as root one of the lab's, otherwise ours.
    let login: String

    var address: String { "127.0.0.1:\(port)" }
    var directory: String { "\(scratch.path)/bastion" }
    var settings: String { "\(directory)/sallyport.yaml" }
    var hostKey: String {
        get throws {
            try String(contentsOfFile: "\(scratch.path)/host.pub", encoding: .utf8)
                .split(separator: " ").prefix(2).joined(separator: " ")
        }
    }

    // MARK: making one

    /// An sshd with these lines in front of its configuration; `HERE` in them is the scratch folder.
    static func with<Value: Sendable>(
        _ lines: [String] = [],
        login: String? = nil,
        environment: [String: String] = [:],
        prepare: (Scratch) async throws -> Void = { _ in },
        _ body: (LoneTarget) async throws -> Value
    ) async throws -> Value {
        let account: String
        if let login {
            account = login
        } else {
            // As root the lab makes it, and only there it is known by name.
            account = Machine.isRoot ? try await Lab.shared().login : NSUserName()
        }
        let scratch = try Scratch()
        try await keygen(["-t", "ed25519", "-C", "host", "-f", "\(scratch.path)/host"])
        try await initialize("\(scratch.path)/bastion")
        try await prepare(scratch)
        let port = try freePort()
        let target = LoneTarget(scratch: scratch, port: port, login: account)
        try scratch.write(target.configuration(lines), to: "sshd_config")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o711],
            ofItemAtPath: scratch.path
        )
        let sshd = Command(
            "/usr/sbin/sshd",
            ["-D", "-e", "-f", "\(scratch.path)/sshd_config"],
            environment: environment
        ).readingWhatIsWritten()
        return try await sshd.start { child in
            try await child.reached("listening", within: .seconds(20)) {
                String(decoding: $0.errors, as: UTF8.self).contains("Server listening on")
            }
            return try await body(target)
        }
    }

    private func configuration(_ lines: [String]) -> String {
        let first = lines.map { $0.replacing("HERE", with: scratch.path) }
        return
            (first + [
                "ListenAddress 127.0.0.1",
                "Port \(port)",
                "HostKey \(scratch.path)/host",
                "PidFile none",
                "TrustedUserCAKeys \(directory)/keys/ca_ed25519.pub",
                "AuthorizedKeysFile none",
                "UsePAM no",
                "StrictModes no",
                "MaxStartups 1000:30:2000",
                "Subsystem sftp internal-sftp",
                "LogLevel VERBOSE",
                "",
            ]).joined(separator: "\n")
    }

    /// Still free when sshd asks for it: below those that Linux gives to whoever wants any.
    private static func freePort() throws -> UInt16 {
        for _ in 1...100 {
            let port = UInt16.random(in: 20_000..<32_768)
            if try isFree(port) { return port }
        }
        throw SystemFailure("bind")
    }

    private static func isFree(_ port: UInt16) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SystemFailure("socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    // MARK: programs

    static let programs =
        ProcessInfo.processInfo.environment["SALLYPORT_PROGRAMS"]
        ?? "\(Machine.repository)/.build/debug"

    /// Makes the directory of a bastion, whose processes get an account that every machine has.
    static func initialize(_ directory: String) async throws {
        try await made(sallyport(["init", directory, "--listen", "127.0.0.1:0"]))
        guard Machine.isRoot else { return }
        let settings = try FileHandle(forWritingTo: URL(filePath: "\(directory)/sallyport.yaml"))
        try settings.seekToEnd()
        try settings.write(contentsOf: Data("process-account: {unix-user: nobody}\n".utf8))
        try settings.close()
    }

    static func sallyport(_ arguments: [String]) -> Command {
        Command("\(programs)/sallyport", arguments)
    }

    func sallyport(_ arguments: String...) -> Command {
        Self.sallyport(arguments + ["--config", settings])
    }

    /// Keys and certificates, in the scratch folder.
    static func keygen(_ arguments: [String]) async throws {
        let isKey = arguments.contains("-t")
        try await made(Command("ssh-keygen", ["-q"] + (isKey ? ["-N", ""] : []) + arguments))
    }

    private static func made(_ command: Command) async throws {
        let outcome = try await command.run()
        guard outcome.succeeded else {
            throw Failure(description: "\(command.program) \(command.arguments): \(outcome)")
        }
    }

    /// The sshd in the inventory as `web1`, with further lines.
    func describe(_ lines: String..., key: String? = nil) throws {
        let settings = [
            "address: \(address)", "logins: [\(login)]",
            "host-keys: [\"\(try key ?? hostKey)\"]",
        ]
        let text =
            "targets:\n  web1:\n" + (settings + lines).map { "    \($0)\n" }.joined()
        try scratch.write(text, to: "bastion/inventory.d/web1.yaml")
    }

    func inventory() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(directory)/inventory.d")
    }
}

/// What `doctor --json` prints.
struct Health: Decodable, Sendable {
    struct Finding: Decodable, Sendable {
        let subject: String
        let level: String
        let text: String
        let remedy: String?
    }

    let level: String
    let findings: [Finding]

    init(_ outcome: Outcome) throws {
        self = try JSONDecoder().decode(Health.self, from: Data(outcome.output))
    }

    /// `error clock`, for everything that is not as it must be.
    var complaints: [String] {
        findings.filter { $0.level != "ok" }.map { "\($0.level) \($0.subject)" }
    }

    func text(of subject: String) -> String {
        findings.filter { $0.subject == subject }.map(\.text).joined(separator: "\n")
    }
}
