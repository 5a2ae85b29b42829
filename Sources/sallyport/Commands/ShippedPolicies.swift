internal import Foundation

/// The folder `policies` that comes with Sallyport: beside the program, or above it where it was built.
struct ShippedPolicies {
    /// Absolute.
    let directory: String

    /// Nil where the directory holds no such folder of knowledge.
    init?(directory: String) {
        let path = URL(fileURLWithPath: directory).standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: "\(path)/knowledge"),
            FileManager.default.fileExists(atPath: "\(path)/production.yaml")
        else { return nil }
        self.directory = path
    }

    /// LIMIT: folders above the program that are looked at; a build has it four levels deep.
    static let maximumLevels = 5

    /// The one that belongs to a program.
    init?(besides program: String) {
        var folder = URL(fileURLWithPath: program).resolvingSymlinksInPath()
        for _ in 0..<Self.maximumLevels {
            folder.deleteLastPathComponent()
            if let found = ShippedPolicies(directory: folder.appending(path: "policies").path) {
                self = found
                return
            }
        }
        return nil
    }

    /// Of which a new installation knows programs.
    var knowledge: String { "\(directory)/knowledge" }

    /// The policy of a new installation: that for production, which only observes.
    func firstPolicy() throws(InitError) -> String {
        let text: String
        do {
            text = try String(contentsOfFile: "\(directory)/production.yaml", encoding: .utf8)
        } catch {
            throw .unreadable(path: "\(directory)/production.yaml")
        }
        let name = "\nname: production\n"
        guard let place = text.firstRange(of: name) else {
            throw .unreadable(path: "\(directory)/production.yaml")
        }
        let mode = """
            # Everything runs for now, and the audit trail has what would have been denied or sent to
            # review (`sallyport policy report`). When that is right, delete the next line.
            mode: observe

            """
        return text.replacingCharacters(in: place, with: name + mode)
    }

    /// What is expected of it, case by case.
    func firstCases() throws(InitError) -> String {
        do {
            return try String(contentsOfFile: "\(directory)/production.cases", encoding: .utf8)
        } catch {
            throw .unreadable(path: "\(directory)/production.cases")
        }
    }
}
