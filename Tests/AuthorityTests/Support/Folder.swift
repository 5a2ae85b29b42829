import Foundation

/// A folder of one test, removed with the value that owns it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "sallyport-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try setMode(0o755, of: "")
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("left behind: \(path) (\(error))")
        }
    }

    func writeProgram(_ name: String) throws {
        try write("#!/bin/sh\necho \(name)\n", to: name)
        try setMode(0o755, of: name)
        // Anybody may put another one there.
        try setMode(0o777, of: "")
    }

    /// A script that can be run at once.
    ///
    /// A link to a program that reads it, because a file that this process has open for writing is
    /// inherited by what other tests start just then, and the kernel refuses to run it for as long
    /// ("text file busy").
    func makeScript(_ text: String, named name: String) throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        try write(text + "\n", to: "\(name).sh")
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/\(name)",
            withDestinationPath: tests.appending(path: "Fixtures/processes/script").path
        )
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode],
            ofItemAtPath: "\(path)/\(name)"
        )
    }
}
