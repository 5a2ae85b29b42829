import ShellSyntax
import Testing

/// What bash reads under aliases, as it prints a function that it defined and did not call.
@Suite struct `a function read under aliases` {
    struct Case {
        let text: String
        let aliases: KeyValuePairs<String, String>

        init(_ text: String, _ aliases: KeyValuePairs<String, String>) {
            self.text = text
            self.aliases = aliases
        }

        var function: String { "f() {\n\(text)\n}" }

        var script: String {
            "shopt -s expand_aliases\n"
                + aliases.map { "alias \($0.quoted)=\($1.quoted)\n" }.joined()
                + "\(function)\ndeclare -f f\n"
        }

        /// Nil where the parser refuses it.
        var shape: String? {
            var table = AliasTable()
            for (name, value) in aliases { table[ShellText(name)] = ShellText(value) }
            var options = ShellOptions(.bash)
            options.expandsAliases = true
            var parser = Parser(function.utf8, dialect: .bash)
            var lines: [String] = []
            while true {
                switch parser.next(options: options, aliases: table) {
                case .command(let list): lines += list.items.map { CommandShape.item($0) }
                case .error, .incomplete: return nil
                case .end: return lines.joined(separator: "\n")
                }
            }
        }
    }

    @Test func `has the commands that bash reads in it`() async throws {
        let cases = Self.words + Self.joints + Self.constructs
        let outputs = try await ShellJudge(dialect: .bash).outputs(of: cases.map(\.script))

        for (item, output) in zip(cases, outputs) {
            let shape =
                output.isEmpty
                ? nil : CommandShape.text(of: Program(output.utf8, dialect: .bash))
            #expect(item.shape == shape, "\(item.text.debugDescription) \(item.aliases)")
        }
        #expect(outputs.count { !$0.isEmpty } > cases.count / 2)
    }

    /// Which words are looked up.
    private static let words = [
        Case("l\\\nl x", ["ll": "LL"]), Case("\\\nll x", ["ll": "LL"]),
        Case("\\ll 'll'", ["ll": "LL"]),
        Case("s \\\nll", ["s": "s ", "ll": "LL"]), Case("s >f ll", ["s": "s ", "ll": "LL"]),
        Case("s a ll", ["s": "s ", "ll": "LL"]), Case("s 'a' ll", ["s": "s ", "ll": "LL"]),
        Case("s $a ll", ["s": "s ", "ll": "LL"]), Case("s ll", ["s": "s\t", "ll": "LL"]),
        Case("a=1 ll", ["ll": "LL"]), Case(">f ll", ["ll": "LL"]), Case("a=1 >f ll", ["ll": "LL"]),
        Case("x y", ["x": "y ", "y": "z w"]), Case("x y", ["x": "y", "y": "z w "]),
        Case("x x y", ["x": "y ", "y": "x "]), Case("x x", ["x": "x;"]), Case("x", ["x": "x y"]),
        Case("2>f", ["2": "LL"]), Case("2 >f", ["2": "LL"]), Case("é c", ["é": "LL"]),
        Case("c ll", ["c": "cat < ", "ll": "LL"]), Case("c g", ["c": "cat <", "g": "LL"]),
        Case("ll() (a)", ["ll": "LL"]), Case("function ll (a)", ["ll": "LL MM"]),
        Case("coproc ll", ["ll": "LL"]), Case("coproc a ll", ["ll": "LL"]),
        Case("[[ ll == ll ]] && ll || ll | ll & ll", ["ll": "LL"]), Case("a=(ll b)", ["ll": "LL"]),
        Case("e ll=(b)", ["e": "echo ", "ll": "LL"]), Case("(ll; ll)", ["ll": "LL"]),
        Case("((ll) ; ll)", ["ll": "LL"]), Case("time ll", ["ll": "LL"]),
        Case("! ll", ["ll": "LL"]),
    ]

    /// What the end of an alias and the text behind it make.
    private static let joints = [
        Case("x>f", ["x": "a 2"]), Case("x(a)", ["x": "a $"]), Case("x(b)", ["x": "a="]),
        Case("x(b)", ["x": "declare a="]), Case("x b", ["x": "a \\"]),
        Case("x b' c", ["x": "a 'b"]),
        Case("x b\" c", ["x": "a \"b"]), Case("x b` c", ["x": "a `b"]),
        Case("x b) c", ["x": "a $(b"]),
        Case("x b} c", ["x": "a ${b:-"]), Case("x>f", ["x": "a &"]), Case("x(b)", ["x": "a <"]),
        Case("x&1", ["x": "a<"]), Case("x|b", ["x": "a>"]), Case("x&b", ["x": "a&"]),
        Case("x|b", ["x": "a|"]), Case("x;b", ["x": "a;"]), Case("x 1))", ["x": "(("]),
        Case("x c\nd", ["x": "a #"]), Case("x c", ["x": "a\\\nb"]), Case("x c", ["x": "a\nb"]),
        Case("x\nb", ["x": ""]), Case("x b", ["x": ""]), Case("x b\nc", ["x": "#"]),
        Case("a; x\nb", ["x": " "]), Case("x; b\nc\nE\nd", ["x": "a <<E"]),
    ]

    /// Aliases in constructs and of reserved words.
    private static let constructs = [
        Case("x a; then b; fi", ["x": "if"]), Case("x a; b; fi", ["x": "if", "b": "then"]),
        Case("for a in b; do c; done", ["do": "X"]),
        Case("for a in b; do c; done", ["do": "do X;"]),
        Case("for a; do c; done", ["do": "X"]), Case("for a do c; done", ["do": "X"]),
        Case("while a; do c; done", ["do": "do X;"]), Case("if a; then b; fi", ["then": "X"]),
        Case("for a in b; do c; done", ["in": "X"]), Case("time a", ["time": "X"]),
        Case("f ll in a; do b; done", ["f": "for ", "ll": "LL"]),
        Case("for ll in ll ll; do ll; done", ["ll": "LL"]),
        Case("c ll in ll) ll;; esac", ["c": "case ", "ll": "LL"]),
        Case("case a in ll) ll;; (ll | b) ll; esac", ["ll": "LL"]),
        Case("x x a", ["x": "! "]), Case("x b", ["x": "a |"]), Case("x x b", ["x": "a ||"]),
        Case("x b ]]", ["x": "[[ a =="]), Case("if ll; then ll; else ll; fi", ["ll": "LL"]),
    ]
}

extension String {
    /// As one word of a shell.
    fileprivate var quoted: String { "'" + replacing("'", with: "'\\''") + "'" }
}
