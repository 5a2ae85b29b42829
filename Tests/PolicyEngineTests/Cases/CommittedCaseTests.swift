import Foundation
import PolicyEngine
import StrictYAML
import TestSupport
import Testing

@Suite struct `the transcripts in this repository` {
    @Test(arguments: [
        ("policies", 4), ("Tests/Fixtures/evasions", 60), ("Tests/Fixtures/sequences", 300),
    ])
    func `are read without a finding`(_ folder: String, _ count: Int) throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: RepositoryFile.path(folder) + "/"
        ).filter { $0.hasSuffix(".cases") }
        #expect(files.count >= count)
        for name in files {
            let path = RepositoryFile.path("\(folder)/\(name)")
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            do throws(RefusedFiles) {
                #expect(try !CaseFile.read(bytes, name: name).stanzas.isEmpty)
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}
