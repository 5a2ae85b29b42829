internal import PlainText

/// One thing that is wrong, or looks wrong, in a file that an operator wrote.
package struct Finding: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Severity: Hashable, Sendable {
        /// The file is refused.
        case error
        /// The file is used as it is.
        case warning
    }

    package let severity: Severity
    package let location: SourceLocation
    /// One line, without control characters.
    package let message: String

    package init(_ severity: Severity, _ message: String, at location: SourceLocation) {
        self.severity = severity
        self.location = location
        self.message = message.escapingControls()
    }

    package static func < (left: Finding, right: Finding) -> Bool {
        (left.location, left.message) < (right.location, right.message)
    }

    package var description: String {
        switch severity {
        case .error: unmarked
        case .warning: "\(place): warning: \(message)"
        }
    }

    /// Without a word for its severity, where that is said beside it.
    package var unmarked: String { "\(place): \(message)" }

    private var place: String { location.description.escapingControls() }
}

/// Why a set of files was refused: everything that was found in them, warnings included.
package struct RefusedFiles: Error, Hashable, Sendable, CustomStringConvertible {
    package let findings: [Finding]

    package init(findings: [Finding]) {
        self.findings = findings
    }

    package var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}

/// What was read from files that were accepted, with the warnings about them.
package struct Accepted<Value: Sendable>: Sendable {
    package let value: Value
    package let warnings: [Finding]

    package init(_ value: Value, warnings: [Finding]) {
        self.value = value
        self.warnings = warnings
    }
}
