/// What a command that succeeded prints.
package struct PrintedResult: Hashable, Sendable {
    /// For the standard output: text of the asked-for format, with remarks as its comments.
    package let text: String
    /// For the standard error, a line each.
    package let notes: [String]

    package init(text: String, notes: [String]) {
        self.text = text
        self.notes = notes
    }
}
