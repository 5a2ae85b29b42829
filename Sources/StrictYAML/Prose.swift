internal import PlainText

/// What findings are written with.
extension String {
    /// LIMIT: a message stays one line that a person reads, whatever the file holds.
    package static let maximumQuotedCharacters = 80

    /// The text in backticks, shortened and escaped, as messages show what was found.
    package var quoted: String {
        "`" + escapingControls(limit: Self.maximumQuotedCharacters) + "`"
    }
}

extension Sequence<String> {
    /// The texts in backticks, with commas between them.
    package var quotedList: String {
        map(\.quoted).joined(separator: ", ")
    }
}
