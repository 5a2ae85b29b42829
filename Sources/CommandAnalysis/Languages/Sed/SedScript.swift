/// A script of sed: what it reads, writes and runs.
///
/// The grammar is that of GNU sed 4.9 with all its extensions. To other versions a delimiter in
/// brackets (`s/[/]/x/`) ends the expression; they then have an expression whose bracket is not
/// closed, and refuse the script.
enum SedScript {
    static func read(_ code: CodeText) -> CodeReading {
        var parser = SedParser(code)
        parser.parse()
        return CodeReading(parser.builder.findings, steps: parser.steps)
    }
}
