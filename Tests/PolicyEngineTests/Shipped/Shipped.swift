import CommandAnalysis
import Foundation
import PolicyEngine
import ShellSyntax
import StrictYAML
import TestSupport

/// The knowledge and the policies of this repository, read once for all tests.
enum Shipped {
    static let knowledge: KnowledgeBase = {
        do {
            return try KnowledgeBase.read(try knowledgeFiles()).value
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static func knowledgeFiles() throws -> [SourceFile] {
        let paths = try RepositoryFile.paths(under: "policies/knowledge", suffix: ".yaml")
        return try paths.sorted().map { path in
            SourceFile(name: path, bytes: try bytes(of: path))
        }
    }

    static func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: RepositoryFile.path(path))))
    }

    private static func policy(_ name: String) -> [UInt8] {
        do {
            return try bytes(of: "policies/\(name)")
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Runs transcripts against the shipped policies and what the analysis finds.
    static func runner() -> CaseRunner {
        CaseRunner { names throws(RefusedFiles) in
            var files: [SourceFile] = []
            for name in names {
                files.append(SourceFile(name: name, bytes: policy(name)))
            }
            return RuleBook(policy: try Policy.read(files).value, knowledge: knowledge)
        }
    }

    /// The transcripts of a folder.
    static func transcripts(in folder: String) throws -> [CaseFile] {
        try RepositoryFile.paths(under: folder, suffix: ".cases").sorted().map { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return try CaseFile.read(try bytes(of: path), name: name)
        }
    }
}
