/// The name of a machine behind the bastion: `[a-z0-9][a-z0-9._-]*`.
///
/// It holds none of `@`, `+` and `%`, so the last one of these in an SSH user name always begins
/// the target, and no two addresses have the same spelling.
package struct TargetName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// LIMIT: `FieldLimits.targetName` of the session protocol; both places must agree.
    package static let maximumBytes = 128

    package let name: String

    /// Nil where the text is no such name.
    package init?(_ text: String) {
        guard NameGrammar.isName(text, maximumBytes: Self.maximumBytes) else { return nil }
        name = text
    }

    package var description: String { name }

    package static func < (left: TargetName, right: TargetName) -> Bool { left.name < right.name }
}
