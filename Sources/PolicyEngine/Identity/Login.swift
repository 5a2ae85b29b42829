/// An account on a target: `[A-Za-z0-9_][A-Za-z0-9._-]*`.
///
/// A login with `@` is refused although some directories make such accounts: the certificate
/// principal `deploy@web1` would be the account `deploy@web1` of one target and the account
/// `deploy` of the target `web1` at once.
package struct Login: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// LIMIT: `FieldLimits.login` of the session protocol; both places must agree.
    package static let maximumBytes = 64

    package let name: String

    /// Nil where the text is no such name.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= Self.maximumBytes, let first = bytes.first,
            NameGrammar.isLetterOrDigit(first) || first == UInt8(ascii: "_"),
            bytes.allSatisfy({ NameGrammar.isLetterOrDigit($0) || "._-".utf8.contains($0) })
        else { return nil }
        name = text
    }

    package var description: String { name }

    package static func < (left: Login, right: Login) -> Bool { left.name < right.name }
}
