// Texts that code makes and that are not known.

extension UnknownText {
    /// A value that the analysis of code did not compute.
    static let notComputed = UnknownText(.text, from: .notComputed)
}

extension AbstractText {
    static let notComputed = AbstractText(UnknownText.notComputed)
    /// What a line of the input holds.
    static let input = AbstractText(UnknownText(.text, from: .input))
}
