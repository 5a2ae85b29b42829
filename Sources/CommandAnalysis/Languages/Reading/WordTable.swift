import ShellSyntax

/// A set of names from a text with blanks between them.
func words(_ text: String) -> Set<ShellText> {
    Set(text.utf8.split(whereSeparator: \.isWhite).map { ShellText($0) })
}

/// A table of functions from texts of names, each text with what its functions do.
func calls(_ groups: [(KnownCall, String)]) -> [ShellText: KnownCall] {
    var table: [ShellText: KnownCall] = [:]
    for (call, names) in groups {
        for name in words(names) { table[name] = call }
    }
    return table
}
