import ShellSyntax

/// Programs whose output follows from their arguments and their input, where both are known.
enum Filters {
    /// What a program prints; nil where it is none of these, or not all is known.
    static func output(
        _ program: ShellText,
        _ parsed: ParsedArguments,
        input: Stream,
        content: (AbstractText) -> Stream
    ) -> AbstractText? {
        nil
    }
}
