/// A text for a listing: what a terminal would act on, or a reader not see, becomes U+FFFD.
///
/// Control characters, line ends, marks that turn the direction of writing, and characters
/// without width: a name must look as it is, and two names that differ must look different.
package func sanitizedForListing(_ text: some StringProtocol) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        clean.append(isFitForListing(scalar) ? scalar : "\u{fffd}")
    }
    return String(clean)
}

private func isFitForListing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        false
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
        .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
        .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
        .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
        true
    @unknown default: false
    }
}
