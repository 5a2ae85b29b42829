// Compiled by scripts/fuzz on the modules of Sources.

import ShellSyntax

/// Reads any bytes under any options: the first byte chooses those, the rest is the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShellSyntax(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let choice = bytes[0]
    let dialect: Dialect = choice & 1 == 0 ? .bash : .posix
    var options = ShellOptions(dialect)
    options.extendedGlob = choice & 2 != 0
    options.expandsAliases = choice & 4 != 0
    options.isPOSIX = choice & 8 != 0
    options.hasComments = choice & 16 == 0
    var parser = Parser(bytes.dropFirst(), dialect: dialect, isFinal: choice & 32 == 0)
    pull(&parser, options, upTo: count - 1)

    let program = Program(bytes.dropFirst(), dialect: dialect)
    precondition(
        program.status != .rejected || !program.errors.contains { $0.description.isEmpty },
        "an error without a description"
    )
    return 0
}

/// Reads one command after another, and changes the options between them.
private func pull(_ parser: inout Parser, _ first: ShellOptions, upTo count: Int) {
    var options = first
    var aliases = AliasTable()
    aliases["a"] = "b "
    aliases["b"] = "if a; then "
    aliases["c"] = "'"
    aliases["d"] = "cat <<E\n"
    // Each turn goes behind a byte at least, so that a parser that stands still is found.
    for _ in 0...count + 1 {
        switch parser.next(options: options, aliases: aliases) {
        case .command(let list):
            precondition(
                list.range.bytes.lowerBound >= 0 && list.range.bytes.upperBound <= count,
                "a command stands where no text is"
            )
        case .error(let error):
            precondition(
                !error.description.contains { $0.isNewline },
                "an error of more than one line"
            )
        case .incomplete(let incomplete):
            precondition(!incomplete.open.isEmpty, "incomplete, and nothing is open")
        case .end:
            return
        }
        options.extendedGlob.toggle()
    }
    preconditionFailure("a parser that does not come to the end")
}
