import ShellSyntax
import TestSupport
import Testing

@Suite struct `a printed tree` {
    @Test(arguments: SyntaxSamples.all)
    func `is read as the same tree`(text: String) throws {
        let commands = try #require(ReadCommand.all(of: text.utf8, .bash), "not accepted")
        for command in commands { #expect(command.difference(.bash) == nil) }
    }

    @Test(arguments: SyntaxSamples.posix)
    func `is read as the same tree by dash`(text: String) throws {
        let commands = try #require(ReadCommand.all(of: text.utf8, .posix), "not accepted")
        for command in commands { #expect(command.difference(.posix) == nil) }
    }

    @Test(arguments: Dialect.allCases)
    func `is read as the same tree all over the corpus`(dialect: Dialect) throws {
        var read = 0
        for text in try Corpus.texts {
            guard let commands = ReadCommand.all(of: text.utf8, dialect) else { continue }
            read += 1
            for command in commands { #expect(command.difference(dialect) == nil, "\(text)") }
        }
        #expect(read > 500)
    }

    @Test(arguments: Dialect.allCases)
    func `is read as the same tree whatever it was made of`(dialect: Dialect) {
        var generator = SeededGenerator(seed: 3)
        let samples = (SyntaxSamples.all + SyntaxSamples.posix).map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<6000 {
            let one = samples[Int.random(in: samples.indices, using: &generator)]
            let other = samples[Int.random(in: samples.indices, using: &generator)]
            let place = Int.random(in: 0...one.count, using: &generator)
            let text = generator.mutation(of: one[..<place] + other + one[place...])
            guard let commands = ReadCommand.all(of: text, dialect) else { continue }
            accepted += 1
            for command in commands {
                let difference = command.difference(dialect)
                #expect(difference == nil, "\(String(decoding: text, as: UTF8.self))")
            }
        }
        #expect(accepted > 500)
    }

    @Test(arguments: [
        ("a;b&c", "a; b & c"),
        ("if a;then b\nelse c;fi>x", "if a; then b\nelse c; fi > x"),
        ("case a in b|c)d;;esac", "case a in b | c) d;; esac"),
        ("f ( ) {\na; }", "f() { a; }"),
        ("for a\ndo b; done", "for a; do b; done"),
        ("a>b 2>&1 <<<c", "a > b 2>&1 <<< c"),
        ("a   'b  c'  # d", "a 'b  c'"),
        ("echo $( (a))", "echo $( (a))"),
        ("x=( a  b )", "x=(a b)"),
        ("a\n\n\nb", "a\nb"),
        ("a;\nb", "a;\nb"),
    ])
    func `has one form`(text: String, printed: String) {
        #expect(ShellPrinter.text(of: .accepted(text)).description == printed)
    }

    @Test func `has here-documents behind the line that names them`() {
        let text = "cat <<A <<-'B' | c; d\na\nA\n\tb\nB\ne"

        #expect(
            ShellPrinter.text(of: .accepted(text)).description
                == "cat <<A <<-'B' | c; d\na\nA\nb\nB\ne"
        )
    }

    @Test func `ends a line early only where a here-document must come before its end`() {
        let late = "$(cat <<E && b\na\nE\n)"
        let early = "$(cat <<E &&\na\nE\nb)"

        #expect(ShellPrinter.text(of: .accepted(late)).description == late)
        #expect(ShellPrinter.text(of: .accepted(early)).description == early)
    }

    @Test func `quotes again what back-quotes take away`() {
        let text = #"echo `a \`b \\\`c\\\`\` "\$d" \e`"#

        #expect(
            ShellPrinter.text(of: .accepted(text)).description
                == #"echo `a \`b \\\`c\\\`\` "$d" \e`"#
        )
    }

    @Test func `gives no reserved word where there was none`() {
        #expect(ShellPrinter.text(of: .accepted("> x if")).description == "> x if")
        #expect(ShellPrinter.text(of: .accepted("time -- -p")).description == "time -- -p")
        #expect(
            ShellPrinter.text(of: .accepted("case a in (esac) b;; esac")).description
                == "case a in (esac) b;; esac"
        )
    }
}
