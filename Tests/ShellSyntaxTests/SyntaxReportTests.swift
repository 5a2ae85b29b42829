import ShellSyntax
import Testing

@Suite struct `a report of what is wrong` {
    @Test func `shows the place, the reason, the line and a caret`() {
        #expect(
            report("a\necho b)\nc") == """
                t.sh:2:7: unexpected `)`, expected the end of the command
                echo b)
                      ^
                """
        )
    }

    @Test func `puts the caret below a tab by a tab`() {
        #expect(
            report("\tif a; then\t)") == """
                t.sh:1:13: unexpected `)`, expected a command
                \tif a; then\t)
                \t          \t^
                """
        )
    }

    @Test func `writes control characters out and counts what is shown`() {
        #expect(
            report("é '\u{1b}[2J' )") == """
                t.sh:1:11: unexpected `)`, expected the end of the command
                é '\\u{1b}[2J' )
                              ^
                """
        )
    }

    @Test func `says what is open at the end`() {
        #expect(
            report("a 'b\nc") == """
                t.sh:1:3: the single-quoted text is not complete
                a 'b
                  ^
                """
        )
        #expect(report("cat <<E\nb").hasPrefix("t.sh:1:7: the here-document `E` is not complete"))
    }

    @Test func `shows a part of a long line`() {
        let lines = report(
            String(repeating: "a ", count: 5000) + ") " + String(repeating: "b", count: 9999)
        )
        .split(separator: "\n")

        #expect(lines[1].count < 130)
        #expect(lines[2].count == 62)
        #expect(Array(lines[1])[lines[2].count - 1] == ")")
    }

    @Test func `has nothing to say where all is well`() { #expect(report("a").isEmpty) }

    private func report(_ text: String) -> String {
        let program = Program(text.utf8, dialect: .bash, isFinal: false)
        return SyntaxReport(name: "t.sh", text: Array(text.utf8)).lines(for: program)
            .joined(separator: "\n")
    }
}
