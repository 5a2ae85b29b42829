internal import ShellSyntax
internal import StrictYAML

// The versions of bash, as people write them: `5.2`.

extension BashVersion {
    static let expected =
        "a version of bash in quotes, one of "
        + known.map { "\"\($0)\"" }.quotedList

    /// Nil where it is none that is told apart.
    init?(named text: String) {
        let version = Self.known.first { $0.description.utf8.elementsEqual(text.utf8) }
        guard let version else { return nil }
        self = version
    }
}
