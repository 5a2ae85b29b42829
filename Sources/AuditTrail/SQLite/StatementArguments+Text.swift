import GRDB

extension StatementArguments {
    /// Values for the `?` of a statement.
    ///
    /// GRDB hands texts over as C strings, which end at the first NUL: a client's `a\0b` would be
    /// stored, and found, as `a`. U+FFFD takes the place of NUL; payloads keep it exactly.
    init(whole values: [(any DatabaseValueConvertible)?]) {
        var safe: [(any DatabaseValueConvertible)?] = []
        for value in values {
            guard let text = value as? String, text.utf8.contains(0) else {
                safe.append(value)
                continue
            }
            var scalars = String.UnicodeScalarView()
            for scalar in text.unicodeScalars {
                scalars.append(scalar == "\0" ? "\u{FFFD}" : scalar)
            }
            safe.append(String(scalars))
        }
        self.init(safe)
    }
}
