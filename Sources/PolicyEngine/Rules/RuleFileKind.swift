internal import PlainText
package import StrictYAML

/// What a file of a policy directory is, by its first key.
package enum RuleFileKind: String, Hashable, Sendable, CaseIterable {
    case policy
    case knowledge

    /// Nil where the first key is another one, or there is none.
    package init?(_ file: SourceFile) {
        let lines = file.bytes.split(separator: UInt8(ascii: "\n"))
        let first = lines.first { line in
            let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
            return !text.isEmpty && text.first != UInt8(ascii: "#")
                && !text.elementsEqual("---".utf8)
        }
        guard let first,
            let kind = Self.allCases.first(where: { first.starts(with: "\($0.rawValue):".utf8) })
        else { return nil }
        self = kind
    }
}
