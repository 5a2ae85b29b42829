/// What findings are written with.
extension String {
    /// LIMIT: a message stays one line that a person reads, whatever the file holds.
    package static let maximumQuotedCharacters = 80

    /// The text with every character escaped that could move a cursor, hide or reorder text.
    package var escapingControls: String {
        guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case _ where scalar.isUnprintable:
                escaped += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text in backticks, shortened and escaped, as messages show what was found.
    package var quoted: String {
        let shown = prefix(Self.maximumQuotedCharacters)
        let end = shown.endIndex < endIndex ? "…" : ""
        return "`" + String(shown).escapingControls + end + "`"
    }
}

extension Sequence<String> {
    /// The texts in backticks, with commas between them.
    package var quotedList: String {
        map(\.quoted).joined(separator: ", ")
    }
}

extension Unicode.Scalar {
    /// Control characters, and what changes how its neighbours are shown.
    var isUnprintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        case .privateUse, .unassigned: true
        default: false
        }
    }
}
