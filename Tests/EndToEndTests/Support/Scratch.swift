import Foundation

/// A folder of one test, removed with the value that owns it.
final class Scratch: Sendable {
    let path: String

    /// Where labs and scratch folders are made: `scripts/test` removes it whatever happens.
    static let root: String = {
        let given = ProcessInfo.processInfo.environment["SALLYPORT_TEST_FOLDER"]
        let path = given ?? "/tmp/sallyport-test-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        } catch {
            // The first lab that is made in it says the same, and fails its test.
            print("cannot make \(path): \(error)")
        }
        return path
    }()

    /// When the tests are through; a folder that was given belongs to whoever gave it.
    static func removeRoot() {
        guard ProcessInfo.processInfo.environment["SALLYPORT_TEST_FOLDER"] == nil else { return }
        do {
            try FileManager.default.removeItem(atPath: root)
        } catch {
            print("left behind: \(root) (\(error))")
        }
    }

    init(in folder: String = Scratch.root) throws {
        // Short: sockets are made in it, whose paths are bounded.
        path = "\(folder)/\(UInt32.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("left behind: \(path) (\(error))")
        }
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            at: URL(filePath: file).deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }
}

/// Bytes that do not compress and that no line discipline leaves alone.
func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<(count / 8)).flatMap { _ in
        let number = generator.next()
        return (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
}
