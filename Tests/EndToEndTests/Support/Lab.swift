import Foundation
import Synchronization
import TestSupport

/// A bastion with real targets behind it, made by `scripts/lab`.
struct Lab: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String
    /// What `DIR/env` says.
    private let values: [String: String]

    // MARK: making one

    /// The lab of all tests that need no settings of their own.
    static func shared() async throws -> Lab { try await sharedLab.value }

    private static let sharedLab = Task {
        let parts =
            ["direct", "crowded"] + (Machine.isRoot ? ["shells", "pam", "slow", "hijack"] : [])
        return try await up("shared", parts.flatMap { ["--with", $0] })
    }

    /// The lab in which the shipped policy decides what agents do.
    static func guarded() async throws -> Lab { try await guardedLab.value }

    private static let guardedLab = Task { try await up("guarded", ["--guard"]) }

    /// A lab of its own for a test, gone when the body is through.
    static func with<Value: Sendable>(
        _ name: String,
        _ arguments: [String] = [],
        programs: String? = nil,
        mayMeetForbiddenCalls: Bool = false,
        _ body: (Lab) async throws -> Value
    ) async throws -> Value {
        let lab = try await up(name, arguments, programs: programs)
        do {
            let value = try await body(lab)
            if !mayMeetForbiddenCalls, try lab.log.contains(forbiddenCall) {
                throw Failure(description: "a process of \(name) \(forbiddenCall)")
            }
            try await lab.down()
            return value
        } catch {
            try await lab.down()
            throw error
        }
    }

    static func up(
        _ name: String,
        _ arguments: [String] = [],
        programs: String? = nil
    ) async throws -> Lab {
        let folder = "\(Scratch.root)/\(name)"
        LabKeeper.keep(folder)
        let outcome = try await script(["up", folder] + arguments, programs: programs).run(
            within: .seconds(120)
        )
        guard outcome.succeeded else { throw Failure(description: "lab up: \(outcome)") }
        return try Lab(folder: folder)
    }

    /// What the log says of a process that its sandbox killed: a call is missing from a list.
    static let forbiddenCall = "made a forbidden system call"

    func down() async throws {
        let outcome = try await Self.script(["down", folder]).run()
        guard outcome.succeeded else { throw Failure(description: "lab down: \(outcome)") }
        try FileManager.default.removeItem(atPath: folder)
        LabKeeper.forget(folder)
    }

    /// Where the programs under test are.
    static let programs =
        ProcessInfo.processInfo.environment["SALLYPORT_PROGRAMS"]
        ?? "\(Machine.repository)/.build/debug"

    static func script(_ arguments: [String], programs: String? = nil) -> Command {
        Command(
            "\(Machine.repository)/scripts/lab",
            arguments,
            environment: ["SALLYPORT_PROGRAMS": programs ?? Self.programs]
        )
    }

    private init(folder: String) throws {
        self.folder = folder
        let text = try String(contentsOfFile: "\(folder)/env", encoding: .utf8)
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let separator = line.firstIndex(of: "=") else { continue }
            values[String(line[..<separator])] = String(line[line.index(after: separator)...])
        }
        self.values = values
    }

    // MARK: what it is

    private func value(_ name: String) throws -> String {
        guard let value = values[name] else { throw Failure(description: "no \(name) in env") }
        return value
    }

    var port: String { get throws { try value("PORT") } }
    var login: String { get throws { try value("LOGIN") } }
    /// Of the login on the targets, which are this machine.
    var home: String {
        get throws { FileManager.default.homeDirectory(forUser: try login)?.path ?? "/" }
    }
    var settings: String { get throws { try value("CONFIG") } }
    var state: String { get throws { try value("STATE") } }
    var sshConfig: String { "\(folder)/ssh_config" }
    /// The process id of `sallyport serve`.
    var bastionProcess: Int { get throws { try process(of: "bastion") } }
    /// Of the bastion, or of a target's sshd.
    func process(of name: String) throws -> Int {
        let text = try String(contentsOfFile: "\(folder)/run/\(name)", encoding: .utf8)
        guard let process = text.split(separator: " ").first.flatMap({ Int($0) }) else {
            throw Failure(description: "\(name) does not run")
        }
        return process
    }
    /// What the bastion said since it was started.
    var log: String {
        get throws { try String(contentsOfFile: "\(folder)/log/bastion", encoding: .utf8) }
    }
    func key(_ name: String) -> String { "\(folder)/keys/\(name)" }

    /// The public half of the bastion's host key, its type and its base64.
    var hostKey: String {
        get throws {
            let line = try String(contentsOfFile: "\(folder)/known_hosts", encoding: .utf8)
            return line.prefix { $0 != "\n" }.split(separator: " ").dropFirst()
                .joined(separator: " ")
        }
    }

    // MARK: programs that use it

    /// OpenSSH's client: options come before the alias.
    func ssh(_ alias: String, _ command: String? = nil, options: [String] = []) -> Command {
        Command("ssh", ["-F", sshConfig] + options + [alias] + (command.map { [$0] } ?? []))
    }

    /// Until a client with these options, started beside, shares its connection.
    func waitForMaster(_ alias: String, _ options: [String]) async throws {
        let check = ssh(alias, options: options + ["-O", "check"])
        for _ in 0..<200 {
            if try await check.run().succeeded { return }
        }
        throw Failure(description: "the shared connection does not come up")
    }

    func sallyport(_ arguments: String...) throws -> Command {
        Command(try value("SALLYPORT"), arguments, environment: ["SALLYPORT_CONFIG": try settings])
    }

    /// A folder on a target, removed when the body is through.
    func withRemoteFolder<Value: Sendable>(
        _ alias: String = "alice.web1",
        _ body: (String) async throws -> Value
    ) async throws -> Value {
        let made = try await ssh(alias, "mktemp --directory").run()
        guard made.succeeded, let path = made.lines.first else {
            throw Failure(description: "mktemp: \(made)")
        }
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(path))
        } catch {
            result = .failure(error)
        }
        let removed = try await ssh(alias, "rm -rf \(path)").run()
        guard removed.succeeded else { throw Failure(description: "rm: \(removed)") }
        return try result.get()
    }
}

/// Takes down what tests left running when the test program exits.
private enum LabKeeper {
    private static let folders = Mutex<Set<String>>([])
    private static let registration: Void = { atexit { LabKeeper.takeDown() } }()

    static func keep(_ folder: String) {
        registration
        folders.withLock { _ = $0.insert(folder) }
    }

    static func forget(_ folder: String) { folders.withLock { _ = $0.remove(folder) } }

    private static func takeDown() {
        var hasMetForbiddenCall = false
        for folder in folders.withLock({ $0 }) {
            let log = FileManager.default.contents(atPath: "\(folder)/log/bastion") ?? Data()
            if String(decoding: log, as: UTF8.self).contains(Lab.forbiddenCall) {
                print("a process of \(folder) \(Lab.forbiddenCall)")
                hasMetForbiddenCall = true
            }
            let process = Process()
            process.executableURL = URL(filePath: "\(Machine.repository)/scripts/lab")
            process.arguments = ["down", folder]
            do {
                try process.run()
                process.waitUntilExit()
                try FileManager.default.removeItem(atPath: folder)
            } catch {
                print("left behind: \(folder) (\(error))")
            }
        }
        Scratch.removeRoot()
        // The tests may all have passed: a process may be killed when it has served.
        if hasMetForbiddenCall { _exit(1) }
    }
}
