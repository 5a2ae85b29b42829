internal import PlainText
package import StrictYAML

/// A grant or rule as a decision names it: `sre-on-production (inventory.yaml:41)`.
package struct RuleID: Hashable, Sendable, CustomStringConvertible {
    /// LIMIT: `FieldLimits.prose` of the session protocol; both places must agree.
    package static let maximumBytes = 1024

    package let text: String
    /// As its author calls it; the place where it has no name.
    package let name: String

    package init(name: String?, location: SourceLocation) {
        let place = location.description.escapingControls()
        self.name = name ?? place
        let full = name.map { "\($0) (\(place))" } ?? place
        text = String(decoding: full.utf8.prefix(Self.maximumBytes), as: UTF8.self)
    }

    package var description: String { text }
}
