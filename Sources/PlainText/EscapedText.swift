/// Foreign text made fit for one line of a log, a record, a message or a listing.
extension StringProtocol {
    /// The text with everything written out that a reader would not see, or a terminal act on.
    ///
    /// `\n`, `\r`, `\t`, and `\u{1B}` for the rest: two texts that differ look different, and none
    /// moves a cursor, ends the line, hides itself or reorders its neighbours.
    ///
    /// - Parameter limit: Unicode scalars of the result, so that what is escaped cannot grow beyond
    ///   it; the last one is `…` where the text is cut.
    /// - Returns: One line.
    package func escapingControls(limit: Int = .max) -> String {
        var shown: [Unicode.Scalar] = []
        // How much is shown where the rest does not fit.
        var kept = 0
        for scalar in unicodeScalars {
            shown += scalar.escaped
            guard shown.count <= limit else {
                return String(String.UnicodeScalarView(shown[..<kept])) + (limit > 0 ? "…" : "")
            }
            if shown.count < limit { kept = shown.count }
        }
        return String(String.UnicodeScalarView(shown))
    }
}

extension Unicode.Scalar {
    fileprivate var escaped: [Unicode.Scalar] {
        guard isUnprintable else { return [self] }
        let text =
            switch self {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: "\\u{" + String(value, radix: 16, uppercase: true) + "}"
            }
        return Array(text.unicodeScalars)
    }

    /// Control characters, ends of lines, marks that turn the direction of writing, what has no
    /// width, blanks that are no space to a shell, and what no standard has given a look.
    private var isUnprintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
            .unassigned:
            true
        case .spaceSeparator: self != " "
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
            .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
            .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            // Fillers and joiners are letters and marks that show nothing.
            properties.isDefaultIgnorableCodePoint
        @unknown default: true
        }
    }
}
