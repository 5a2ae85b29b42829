/// Collects the findings of one reading, over all files that belong together.
///
/// A class, because every part of a reader adds to the one list; it stays within the reading.
package final class Findings {
    /// LIMIT: more than a person reads at once; a file of garbage must not fill a terminal or memory.
    package static let maximumCount = 200

    private var collected: [Finding] = []
    private var suppressedCount = 0
    /// Also counts what is not kept.
    package private(set) var hasErrors = false

    package init() {}

    package func error(_ message: String, at location: SourceLocation) {
        hasErrors = true
        add(Finding(.error, message, at: location))
    }

    package func warning(_ message: String, at location: SourceLocation) {
        add(Finding(.warning, message, at: location))
    }

    private func add(_ finding: Finding) {
        guard collected.count >= Self.maximumCount else {
            collected.append(finding)
            return
        }
        suppressedCount += 1
        // What a file is refused for is shown before what only looks wrong in it.
        if finding.severity == .error,
            let index = collected.lastIndex(where: { $0.severity == .warning })
        {
            collected[index] = finding
        }
    }

    /// In the order of files and lines; the last one says how many more there are.
    package var sorted: [Finding] {
        var findings = collected.sorted()
        if suppressedCount > 0, let last = findings.last {
            findings.append(
                Finding(
                    hasErrors ? .error : .warning,
                    "\(suppressedCount) more findings are not shown",
                    at: SourceLocation(file: last.location.file)
                )
            )
        }
        return findings
    }

    /// The value with its warnings, or all findings as an error where one of them refuses it.
    package func conclude<Value>(
        _ value: Value?
    ) throws(RefusedFiles) -> Accepted<Value> where Value: Sendable {
        guard let value, !hasErrors else { throw RefusedFiles(findings: sorted) }
        return Accepted(value, warnings: sorted)
    }
}
