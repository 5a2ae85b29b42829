// Foreign text on one line of a message or a terminal.

extension ShellText {
    /// The text with every character written out that could move a cursor, hide or reorder text.
    public var escapingControls: String {
        guard description.unicodeScalars.contains(where: \.isUnprintable) else {
            return description
        }
        var shown = ""
        for scalar in description.unicodeScalars { shown += scalar.shown }
        return shown
    }
}

extension Unicode.Scalar {
    /// The character, or its number where it could move a cursor, hide or reorder text.
    var shown: String {
        isUnprintable ? "\\u{" + String(value, radix: 16) + "}" : String(Character(self))
    }

    fileprivate var isUnprintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            true
        default: false
        }
    }
}
