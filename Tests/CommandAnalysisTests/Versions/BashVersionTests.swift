import CommandAnalysis
import ShellSyntax
import TestSupport
import Testing

/// A line whose meaning depends on the version, with what is said of it.
struct VersionExample: CustomTestStringConvertible, Sendable {
    let feature: BashFeature
    let line: String
    /// Since the change.
    let newer: String
    /// In the last version before it.
    let older: String
    /// Where the version is not known.
    let either: String
    /// The nearest line that means the same in all versions, and what it means.
    let alike: (line: String, reading: String)

    static let all = grammar + expansions + arrays

    var testDescription: String { feature.rawValue }

    init(
        _ feature: BashFeature,
        _ line: String,
        newer: String,
        older: String,
        either: String,
        alike: (String, String)
    ) {
        self.feature = feature
        self.line = line
        self.newer = newer
        self.older = older
        self.either = either
        self.alike = alike
    }
}

@Suite struct `a version of bash` {
    @Test(arguments: VersionExample.all)
    func `is folded as it reads, and all of them where it is not known`(
        _ example: VersionExample
    ) throws {
        let since = example.feature.change.since
        let before = try #require(BashVersion.known.last { $0 < since })
        #expect(VersionReading(example.line, since).description == example.newer)
        #expect(VersionReading(example.line, before).description == example.older)
        #expect(VersionReading(example.line, nil).description == example.either)
        for version in [nil] + BashVersion.known {
            let reading = VersionReading(example.alike.line, version).description
            #expect(reading == example.alike.reading, "\(example.alike.line) in \(version as Any)")
        }
    }

    @Test func `has an example for all that an older one runs and means otherwise`() {
        let shown = Set(VersionExample.all.map(\.feature))
        for feature in BashFeature.allCases where feature.change.before == .differs {
            #expect(shown.contains(feature), "\(feature)")
        }
    }

    /// The installed bash is 5.2.
    @Test func `is folded as that bash reads`() async throws {
        let lines = VersionExample.all.map(\.alike.line) + VersionExample.all.map(\.line)
        // What runs in the background may be later than what reads its traces.
        let known = lines.filter { !$0.contains("coproc") }.filter {
            let reading = VersionReading($0, .read)
            return !reading.isRefused && !reading.isDynamic && !reading.description.contains("<")
                && !reading.description.contains("*") && !reading.description.contains("~")
                && reading.calls.allSatisfy { $0.hasPrefix("trace") }
        }
        #expect(known.count > 30)
        for (line, real) in zip(known, try await ArgumentOracle.traces(of: known)) {
            let calls = real.map { (["trace"] + $0.arguments).joined(separator: " ") }
            let predicted = VersionReading(line, .read).calls
            #expect(Set(calls).isSubset(of: predicted), "\(line): \(calls)")
            #expect(!calls.isEmpty || predicted.count != 1, "\(line)")
        }
    }
}
