import Foundation
import TestSupport

/// The programs of a bastion, into one of which a library is loaded that stands before the system's.
struct PreloadedPrograms {
    private let scratch: Scratch
    /// Where they are.
    var path: String { scratch.path }

    /// `fixture` is the library's text, and `environment` what it is told.
    init(_ fixture: String, into program: String, _ environment: [String: String]) async throws {
        scratch = try Scratch(in: "\(Machine.repository)/.build")
        let library = try await PreloadedLibrary(fixture, in: scratch.path)
        let variables = environment.map { "\($0)='\($1)'" }.joined(separator: " ")
        try scratch.write(
            """
            export LD_PRELOAD=\(library.path) \(variables)
            exec \(Lab.programs)/\(program) "$@"

            """,
            to: "\(program).sh"
        )
        for name in ["sallyport", "sallyport-session", "sallyport-decide"] {
            try provide(name, isPreloaded: name == program)
        }
    }

    private func provide(_ name: String, isPreloaded: Bool) throws {
        let path = "\(scratch.path)/\(name)"
        guard isPreloaded else {
            // A program finds the ones beside it by its own name.
            return try FileManager.default.linkItem(
                at: URL(filePath: "\(Lab.programs)/\(name)").resolvingSymlinksInPath(),
                to: URL(filePath: path)
            )
        }
        try FileManager.default.createSymbolicLink(
            atPath: path,
            withDestinationPath: Machine.fixture("processes/script")
        )
    }

    /// A file beside them.
    func write(_ text: String, to name: String) throws { try scratch.write(text, to: name) }
}
