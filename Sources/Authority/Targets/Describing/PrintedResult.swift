/// What a command that succeeded prints.
package struct PrintedResult: Hashable, Sendable {
    /// For the standard output: text of the asked-for format, with remarks as its comments.
    package let text: String
    /// For the standard error, a line each.
    package let notes: [String]
    /// Whether it found something that is not as it must be, so that the status is 1.
    package let isFinding: Bool

    package init(text: String, notes: [String], isFinding: Bool = false) {
        self.text = text
        self.notes = notes
        self.isFinding = isFinding
    }
}
