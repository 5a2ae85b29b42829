/// A name under which principals are granted something together: `sre`, `approver`.
package struct Role: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let maximumBytes = 64
    /// LIMIT: roles of one principal; `FieldLimits.roleCount` of the session protocol must agree.
    package static let maximumCount = 64
    static let expected = "a role like `sre` (`[a-z0-9][a-z0-9._-]*`)"

    package let name: String

    /// Nil where the text is no such name.
    package init?(_ text: String) {
        guard NameGrammar.isName(text, maximumBytes: Self.maximumBytes) else { return nil }
        name = text
    }

    package var description: String { name }

    package static func < (left: Role, right: Role) -> Bool { left.name < right.name }
}
