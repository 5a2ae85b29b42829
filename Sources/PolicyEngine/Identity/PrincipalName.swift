/// Who a request is attributed to: `human:alice`, `agent:copilot`, `service:backup`.
package struct PrincipalName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case human
        case agent
        case service
    }

    /// LIMIT: `FieldLimits.principalName` of the session protocol; both places must agree.
    package static let maximumBytes = 128
    static let expected = "a principal like `human:alice`, `agent:copilot` or `service:backup`"

    package let kind: Kind
    /// Without the kind: `[a-z0-9][a-z0-9._@-]*`.
    package let name: String

    /// Nil where the text is no such name.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes, let colon = text.firstIndex(of: ":"),
            let kind = Kind(rawValue: String(text[..<colon]))
        else { return nil }
        let name = String(text[text.index(after: colon)...])
        guard NameGrammar.isName(name, extra: "._@-", maximumBytes: Self.maximumBytes) else {
            return nil
        }
        self.kind = kind
        self.name = name
    }

    package var description: String { "\(kind.rawValue):\(name)" }

    package static func < (left: PrincipalName, right: PrincipalName) -> Bool {
        (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
    }
}
