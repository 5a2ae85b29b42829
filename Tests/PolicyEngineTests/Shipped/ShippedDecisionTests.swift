import Foundation
import PolicyEngine
import StrictYAML
import TestSupport
import Testing

/// What is decided with what this repository ships.
@Suite struct `the decisions of the shipped policies` {
    /// Cases that do not hold yet, as `FILE:LINE`.
    ///
    /// One that holds must be taken off the list.
    private func open(_ path: String) throws -> Set<String> {
        Set(try RepositoryFile(path).lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
    }

    private func failures(in folder: String) throws -> [String: CaseFailure] {
        var failures: [String: CaseFailure] = [:]
        for file in try Shipped.transcripts(in: folder) {
            for failure in try Shipped.runner().run(file) {
                failures["\(failure.location.file):\(failure.location.line)"] = failure
            }
        }
        return failures
    }

    @Test(arguments: ["policies", "Tests/Fixtures/evasions"])
    func `are those of the transcripts, but for the open ones`(_ folder: String) throws {
        let open = try open("Tests/Fixtures/open-cases.txt")
        let failures = try failures(in: folder)
        for (place, failure) in failures where !open.contains(place) {
            Issue.record("\(failure)")
        }
        let files = Set(try Shipped.transcripts(in: folder).flatMap(\.stanzas).map(\.location.file))
        for place in open where failures[place] == nil {
            let isHere = files.contains { place.hasPrefix($0 + ":") }
            #expect(!isHere, "\(place) holds, take it off the list of open cases")
        }
    }

    @Test func `let most everyday tasks through without asking, and no sensitive one`() throws {
        var everyday = (all: 0, unasked: 0)
        for file in try Shipped.transcripts(in: "Tests/Fixtures/sequences") {
            let task = try #require(file.task)
            let answers = try Shipped.runner().answers(to: file)
            let isUnasked = answers.allSatisfy { $0.ruling == .permit }
            switch task.kind {
            case .everyday:
                everyday.all += 1
                if isUnasked { everyday.unasked += 1 }
            case .sensitive: #expect(!isUnasked, "\(task.sentence)")
            }
        }
        #expect(everyday.all >= 250)
        #expect(everyday.unasked * 100 >= everyday.all * 80, "\(everyday)")
    }
}
