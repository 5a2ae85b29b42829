/// A node of a YAML file that uses none of what is refused here: no anchors, aliases, tags, merge
/// keys, repeated keys or keys that are no text.
package struct YAMLNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// `isPlain` where it is written without quotes, so that YAML itself gives it a type.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    package struct Entry: Hashable, Sendable {
        /// A scalar.
        package let key: YAMLNode
        package let name: String
        package let value: YAMLNode
    }

    package let content: Content
    package let location: SourceLocation

    /// How a message calls what was found.
    var kind: String {
        switch content {
        case .scalar("", isPlain: true): "nothing"
        case .scalar(let text, isPlain: true):
            switch PlainScalar(text) {
            case .null: "nothing"
            case .text, .boolean, .number, .time: text.quoted
            }
        case .scalar(let text, isPlain: false): "the text \(text.quoted)"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
