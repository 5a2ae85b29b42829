import Foundation

/// A library of the fixtures that stands before the system's in a program of a test.
package struct PreloadedLibrary: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package static let canBeBuilt = Command.searchPath.contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/cc")
    }
    package static let reason = "there is no C compiler"

    package let path: String

    /// `fixture` is its text, and `folder` where it is made.
    package init(_ fixture: String, in folder: String) async throws {
        path = "\(folder)/preloaded.so"
        let text = RepositoryFile.path("Tests/Fixtures/\(fixture)")
        let built = try await Command("cc", ["-shared", "-fPIC", "-o", path, text]).run()
        guard built.succeeded else { throw Failure(description: "cc: \(built)") }
    }
}
