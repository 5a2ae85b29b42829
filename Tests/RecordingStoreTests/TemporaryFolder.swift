import Foundation

/// A folder of one test, removed with the value that owns it.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "sallyport-recordings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            print("left behind: \(url.path) (\(error))")
        }
    }

    var path: String { url.path }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let place = url.appending(path: name)
        try Data(bytes).write(to: place)
        return place.path
    }
}

/// All bytes of a file.
func contents(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
}
