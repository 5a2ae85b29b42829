import Foundation
import ShellSyntax
import TestSupport
import Testing

@Suite struct `the table of what differs between the versions of bash` {
    @Test func `has a source and an example for every feature`() throws {
        let examples = try VersionExample.all

        #expect(examples.map(\.feature) == BashFeature.allCases)
        for feature in BashFeature.allCases {
            #expect(!feature.change.older.isEmpty && !feature.change.source.isEmpty)
            #expect(BashVersion.known.dropFirst().contains(feature.change.since), "\(feature)")
        }
    }

    @Test func `says what bash 5.2 reads, and so does the parser`() throws {
        for example in try VersionExample.all {
            let change = example.feature.change
            let isRead = change.since <= .read ? !change.isRefused : change.before != .refused
            let program = Program(example.script.utf8, dialect: .bash)

            let isKnown = Self.differences.keys.contains(example.feature)
            #expect((program.status == .accepted) == (isRead != isKnown), "\(example.feature)")
        }
    }

    /// What the parser refuses and bash 5.2 does not, and why.
    private static let differences: [BashFeature: String] = [
        .hereDocumentBehindSubstitution: "the text would be in no place of the tree"
    ]

    @Test func `agrees with what the versions printed`() throws {
        for example in try VersionExample.all {
            let change = example.feature.change
            let printed = try BashVersion.known.map { version in
                (version, try #require(example.printed[version]))
            }
            let before = printed.filter { $0.0 < change.since }.map(\.1)
            let since = printed.filter { $0.0 >= change.since }.map(\.1)

            #expect(Set(since).count == 1, "\(example.feature)")
            #expect(!before.isEmpty && before.last != since.first, "\(example.feature)")
            #expect(since.first?.isRefusal == change.isRefused, "\(example.feature)")
            #expect(before.last?.isRefusal == (change.before == .refused), "\(example.feature)")
        }
    }

    @Test func `agrees with the bash of this machine`() async throws {
        let version = try await InstalledBash.version()
        try #require(BashVersion.known.contains(version))
        for example in try VersionExample.all {
            let printed = try await InstalledBash.printed(by: example.script)

            #expect(printed == example.printed[version], "\(example.feature)")
        }
    }

    @Test func `tells what BASH_COMPAT brings back`() async throws {
        let version = try await InstalledBash.version()
        for example in try VersionExample.all {
            let change = example.feature.change
            guard let level = change.undoneBy, change.since <= version else { continue }
            let older = BashVersion.known.last { $0 < change.since }
            let printed = try await InstalledBash.printed(by: example.script, compatibility: level)

            #expect(printed == older.flatMap { example.printed[$0] }, "\(example.feature)")
        }
    }

    @Test func `answers for a version, and for two`() {
        let (old, new) = (BashVersion(3, 2), BashVersion(5, 2))

        #expect(new.has(.pipeOfBoth) && !old.has(.pipeOfBoth))
        #expect(!new.has(.commandsInShell) && BashVersion(5, 3).has(.commandsInShell))
        #expect(new.has(.keyExpandedOnce, compatibility: BashVersion(5, 2)))
        #expect(!new.has(.keyExpandedOnce, compatibility: BashVersion(5, 1)))
        #expect(new.differences(from: new).isEmpty)
        #expect(new.differences(from: old) == old.differences(from: new))
        #expect(
            BashVersion(5, 0).differences(from: BashVersion(4, 4)) == [
                .coprocessNameExpansion, .keysExpandedOnce,
            ]
        )
    }
}

/// An example of a feature, and what the versions print when it is their script.
///
/// A text that is a syntax error prints `refused`; an exit status other than 0 stands behind what was
/// printed. `bash -c` ran each in an empty directory, without an environment; all versions
/// with the last patches, built from their sources.
private struct VersionExample {
    let feature: BashFeature
    let script: String
    let printed: [BashVersion: String]

    static var all: [VersionExample] {
        get throws {
            let path = RepositoryFile.path("Tests/Fixtures/syntax/bash-versions.json")
            return try JSONDecoder().decode([Row].self, from: Data(contentsOf: URL(filePath: path)))
                .map { row in
                    VersionExample(
                        feature: try #require(BashFeature(rawValue: row.feature)),
                        script: row.script,
                        printed: Dictionary(
                            uniqueKeysWithValues: zip(BashVersion.known, row.printed)
                        )
                    )
                }
        }
    }

    private struct Row: Decodable {
        let feature: String
        let script: String
        /// By `BashVersion.known`.
        let printed: [String]
    }
}

extension String {
    fileprivate var isRefusal: Bool { contains("refused") }
}

/// `/bin/bash`, as an ordinary user without an environment.
private enum InstalledBash {
    static func version() async throws -> BashVersion {
        let text = try await printed(by: "echo ${BASH_VERSINFO[0]} ${BASH_VERSINFO[1]}")
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0) }
        try #require(numbers.count == 2)
        return BashVersion(numbers[0], numbers[1])
    }

    private static let inEmptyFolder = """
        folder=$(mktemp -d) && cd "$folder" || exit
        "$BASH" -c "$1"; status=$?
        rmdir "$folder"; exit "$status"
        """

    static func printed(
        by script: String,
        compatibility level: BashVersion? = nil
    ) async throws -> String {
        var command = ShellJudge.unprivileged("/bin/bash", ["-c", inEmptyFolder, "bash", script])
        if let level { command.environment["BASH_COMPAT"] = "\(level)" }
        let outcome = try await command.run()
        let isRefused = outcome.errorText.split(separator: "\n").contains { line in
            !line.contains("warning:")
                && [
                    "syntax error near", "syntax error: unexpected", "unexpected EOF",
                    "conditional",
                ]
                .contains { line.contains($0) }
        }
        if isRefused { return outcome.text + "refused" }
        guard case .exited(let status) = outcome.end else { throw JudgeFailed(outcome: outcome) }
        return outcome.text + (status == 0 ? "" : "status \(status)")
    }
}
