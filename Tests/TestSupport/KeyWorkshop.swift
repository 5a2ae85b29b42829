package import Foundation

/// A directory in which the real `ssh-keygen` works, removed with the value that owns it.
package final class KeyWorkshop: Sendable {
    package struct Failure: Error {
        package let arguments: [String]
        package let output: String
    }

    package let directory: URL

    package init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "sallyport-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: directory)
        } catch {
            print("left behind: \(directory.path) (\(error))")
        }
    }

    /// Runs `ssh-keygen` here and returns what it printed.
    @discardableResult
    package func keygen(_ arguments: String...) throws -> String {
        try keygen(arguments)
    }

    @discardableResult
    package func keygen(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/ssh-keygen")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC", "HOME": directory.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw Failure(arguments: arguments, output: text)
        }
        return text
    }

    /// Makes a key pair `name`, `name.pub` and returns the line of the public half.
    package func makeKey(
        _ name: String,
        type: String = "ed25519",
        bits: Int? = nil
    ) throws -> String {
        let size = bits.map { ["-b", String($0)] } ?? []
        try keygen(["-q", "-t", type] + size + ["-N", "", "-C", name, "-f", name])
        return try read("\(name).pub")
    }

    package func read(_ name: String) throws -> String {
        try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }

    /// Writes a file that only its owner may read.
    package func write(_ text: String, to name: String) throws {
        let path = directory.appending(path: name).path
        let isWritten = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else { throw Failure(arguments: ["write", name], output: path) }
    }
}
