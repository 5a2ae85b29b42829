// Compiled by scripts/fuzz with the fuzzers that judge by what this repository ships.

import CommandAnalysis
import Foundation
import PolicyEngine
import StrictYAML

/// Reads the files before the first text, so that the time this takes is none of that text's.
@_cdecl("LLVMFuzzerInitialize")
public func readShippedFiles(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    precondition(!Shipped.knowledge.programs.isEmpty && Shipped.policies.count == 4)
    return 0
}

/// The policies and the knowledge of this repository, and somebody who asks for something.
enum Shipped {
    static let knowledge: KnowledgeBase = {
        do {
            let folder = "policies/knowledge"
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".yaml") }.sorted().map { try file("\(folder)/\($0)") }
            return try KnowledgeBase.read(files).value
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static let production = policy("production")
    static let readOnly = policy("read-only")
    static let policies = [production, readOnly, policy("development"), policy("break-glass")]

    private static func policy(_ name: String) -> Policy {
        do {
            return try Policy.read([try file("policies/\(name).yaml")]).value
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static func file(_ name: String) throws -> SourceFile {
        SourceFile(name: name, bytes: Array(try Data(contentsOf: URL(filePath: name))))
    }

    /// A request to a production host, by an agent or by its owner.
    static func situation(isAgent: Bool) -> CommandSituation {
        guard let agent = PrincipalName("agent:copilot"), let owner = PrincipalName("human:ana"),
            let role = Role("reader"), let target = TargetName("web1"), let login = Login("deploy")
        else { preconditionFailure("these are names") }
        return CommandSituation(
            context: RequestContext(
                principal: isAgent ? agent : owner,
                roles: isAgent ? [] : [role],
                onBehalfOf: isAgent ? owner : nil,
                target: target,
                labels: ["env": "production"],
                login: login,
                sourceAddress: nil,
                unixSeconds: 1_767_787_200,
                claims: isAgent ? [:] : ["ticket": "CHG-1"]
            )
        )
    }
}
