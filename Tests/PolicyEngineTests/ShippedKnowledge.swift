import CommandAnalysis
import Foundation
import StrictYAML
import TestSupport

@testable import PolicyEngine

/// The knowledge files of this repository, read once for all tests.
enum ShippedKnowledge {
    private static let reading = Result { try KnowledgeBase.read(files()).value }

    static func base() throws -> KnowledgeBase { try reading.get() }

    static func files() throws -> [KnowledgeFile] {
        let paths = try RepositoryFile.paths(under: "policies/knowledge", suffix: ".yaml")
        return try paths.sorted().map { path in
            let data = try Data(contentsOf: URL(filePath: RepositoryFile.path(path)))
            return KnowledgeFile(name: path, bytes: Array(data))
        }
    }
}
