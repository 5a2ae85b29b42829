import Foundation

/// A folder 0700 that is gone when its test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("sallyport-audit-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    var database: String { path + "/audit.db" }

    func permissions(of file: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            fatalError("cannot remove \(path): \(error)")
        }
    }
}
