import Foundation
import PolicyEngine
import StrictYAML
import TestSupport
import Testing

@testable import sallyport

@Suite struct `the files that a path means` {
    private static let policy = "policy: 1\nname: p\nrules:\n  - {id: r, permit: any}\n"
    private static let knowledge =
        "knowledge: 1\nprograms:\n  hello:\n    does: system.read\n"

    /// The names that are read, relative to a folder with these files.
    private func names(
        _ paths: String...,
        of files: [String: String]
    ) throws -> (files: [String], findings: [String]) {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        for (name, text) in files { try folder.write(text, to: name) }
        let inside = "\(folder.path)/"
        do throws(RefusedFiles) {
            let read = try RuleFiles(paths.map { inside + $0 })
            let accepted = try read.book()
            return (
                read.files.map { $0.name.replacing(inside, with: "") },
                accepted.warnings.map { $0.description.replacing(inside, with: "") }
            )
        } catch {
            return ([], error.findings.map { $0.description.replacing(inside, with: "") })
        }
    }

    @Test func `are those of a directory and of its folder of knowledge`() throws {
        let found = try names(
            ".",
            of: [
                "b.yaml": Self.policy, "knowledge/k.yaml": Self.knowledge, "b.cases": "",
                ".hidden.yaml": "x", "other/c.yaml": Self.policy,
            ]
        )
        #expect(found.files == ["./b.yaml", "./knowledge/k.yaml"])
        #expect(found.findings == [])
    }

    @Test func `are a policy file and the knowledge beside it`() throws {
        let files = [
            "p.yaml": Self.policy, "knowledge/k.yaml": Self.knowledge,
            "mine.yaml": Self.knowledge.replacing("hello", with: "mine"), "q.yaml": Self.policy,
        ]
        #expect(try names("p.yaml", of: files).files == ["p.yaml", "knowledge/k.yaml"])
        #expect(
            try names("mine.yaml", "p.yaml", of: files).files
                == ["mine.yaml", "p.yaml", "knowledge/k.yaml"]
        )
        #expect(try names("mine.yaml", of: files).files == ["mine.yaml"])
    }

    @Test func `are warned of where there is no knowledge at all`() throws {
        let found = try names("p.yaml", of: ["p.yaml": Self.policy])
        #expect(found.files == ["p.yaml"])
        #expect(
            found.findings == [
                "p.yaml: warning: no knowledge is beside it or named: every program is "
                    + "`program.unknown`"
            ]
        )
    }

    @Test func `are read once, whoever names them`() throws {
        let files = ["p.yaml": Self.policy, "knowledge/k.yaml": Self.knowledge]
        #expect(
            try names("p.yaml", "knowledge", "knowledge/k.yaml", "p.yaml", of: files).files
                == ["p.yaml", "knowledge/k.yaml"]
        )
    }

    @Test func `are refused with what was expected`() throws {
        let found = try names(
            ".",
            "missing.yaml",
            of: ["inventory.yaml": "targets: {}\n", "p.yml": Self.policy]
        )
        #expect(
            found.findings == [
                "./p.yml: would not be read: only `*.yaml` is, so give it that name",
                "missing.yaml: does not exist",
            ]
        )
        #expect(
            try names(".", of: ["inventory.yaml": "targets: {}\n"]).findings == [
                "./inventory.yaml: expected `policy` or `knowledge` as its first key"
            ]
        )
    }
}

/// A folder of one test.
struct TemporaryFolder {
    let path = "/tmp/sallyport-files-\(UInt64.random(in: .min ... .max))"

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }

    func remove() {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("left behind: \(path) (\(error))")
        }
    }
}
