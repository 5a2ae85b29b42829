/// A text that is made to take long, about a mebibyte of it and as much as a client may send.
struct HostileText {
    let name: String
    let bytes: [UInt8]

    /// Of about these sizes: as much as `FieldLimits.commandLine` lets through, and a mebibyte.
    private static let sizes = [94 * 1024, 1 << 20]

    static let all: [HostileText] = sizes.flatMap { size in
        makers.map { name, make in HostileText(name: name, bytes: Array(make(size).utf8)) }
    }

    private static func repeating(_ text: String, _ size: Int) -> String {
        String(repeating: text, count: max(1, size / text.utf8.count))
    }

    /// As many of these as fit, each with its number.
    private static func numbered(_ size: Int, _ text: (Int) -> String) -> String {
        var result = ""
        var number = 0
        while result.utf8.count < size {
            result += text(number)
            number += 1
        }
        return result
    }

    private static let makers: [(String, @Sendable (Int) -> String)] = [
        ("one long word", { "ls " + repeating("a", $0) }),
        ("one long path", { "rm -rf " + repeating("/a", $0) }),
        ("a path that goes up", { "rm -rf " + repeating("../", $0) }),
        ("many words", { "rm" + repeating(" a", $0) }),
        ("many options", { "ls" + repeating(" -l", $0) }),
        ("many commands", { repeating("ls;", $0) }),
        ("many commands with words", { repeating("rm -rf /tmp/x;", $0) }),
        ("a long pipeline", { "ls" + repeating("|cat", $0) }),
        ("a long and-or list", { "ls" + repeating("&&ls", $0) }),
        ("a long and-or list of cd", { "cd a" + repeating("||cd b", $0) }),
        ("subshells", { repeating("(", $0 / 2) + "ls" + repeating(")", $0 / 2) }),
        ("substitutions", { repeating("$(", $0 / 3) + "ls" + repeating(")", $0 / 3) }),
        ("quoted substitutions", { repeating("\"$(", $0 / 5) + "ls" + repeating(")\"", $0 / 5) }),
        ("arithmetic", { "((" + repeating("(", $0 / 2) + "1" + repeating(")", $0 / 2) + "))" }),
        ("a long sum", { ": $((1" + repeating("+1", $0) + "))" }),
        ("braces in braces", { repeating("{a,", $0 / 4) + "b" + repeating("}", $0 / 4) }),
        ("a brace bomb", { "ls " + repeating("{a,b}", min($0, 300)) + repeating(" x", $0) }),
        (
            "words of braces",
            { repeating("ls {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b};", $0) }
        ),
        ("brace bombs", { repeating("ls {a,b}{a,b}{a,b}{a,b}{a,b}{a,b};", $0) }),
        ("a brace sequence", { "ls {1..99999999}" + repeating(" {1..999}", $0) }),
        (
            "an alias bomb",
            { size in
                "shopt -s expand_aliases\n"
                    + numbered(size) { "alias a\($0)='a\($0 + 1) x; a\($0 + 1) '\n" } + "a0\n"
            }
        ),
        ("many aliases", { size in numbered(size) { "alias a\($0)=ls\n" } }),
        ("many variables", { size in numbered(size) { "v\($0)=x;" } }),
        ("variables in branches", { size in numbered(size) { "[ a ] && v\($0)=x;" } }),
        ("a variable that doubles", { "x=aaaaaaaa;" + repeating("x=$x$x;", $0) + "ls $x" }),
        (
            "variables with alternatives",
            { size in
                numbered(size) { "if a; then x=\($0); else y=\($0); fi; ls $x $y;" }
            }
        ),
        ("many functions", { size in numbered(size) { "f\($0)() { ls; };" } + "f0" }),
        (
            "functions that call twice",
            { size in
                "f0() { ls; };" + numbered(size) { "f\($0 + 1)() { f\($0); f\($0); };" } + "f20"
            }
        ),
        (
            "evals in evals",
            { size in
                let depth = min(size / 6, 4000)
                return repeating("eval ", depth * 5) + repeating("ls ", size - depth * 5)
            }
        ),
        (
            "loops in loops",
            { size in
                let depth = size / 40
                return (0..<depth).map { "for i\($0) in 1 2 3 4; do " }.joined() + "ls; "
                    + repeating("done;", depth * 5)
            }
        ),
        ("loops in a row", { repeating("for i in 1 2 3 4 5 6 7 8 9; do ls $i; done;", $0) }),
        (
            "while loops in loops",
            { size in
                let depth = min(size / 30, 60)
                return repeating("while ls; do x=$x.;", depth * 19)
                    + repeating(":;", size - depth * 30)
                    + repeating("done;", depth * 5)
            }
        ),
        ("a loop of many words", { "for i in" + repeating(" a", $0) + "; do rm $i; done" }),
        ("here-documents", { size in numbered(size) { _ in "sh <<E\nls\nE\n" } }),
        ("a long here-document", { "sh <<E\n" + repeating("ls\n", $0) + "E\n" }),
        (
            "base64 in base64",
            { size in
                "echo " + repeating("bHMK", size) + " | base64 -d | sh"
            }
        ),
        ("wildcards", { "rm -rf /" + repeating("*a", $0) }),
        ("classes of characters", { "rm -rf /" + repeating("[a-z]*", $0) }),
        (
            "patterns that are cut off",
            { "x=" + repeating("a", $0 / 2) + ";" + repeating("y=${x%%*b};", $0 / 2) }
        ),
        (
            "replacements",
            { "x=" + repeating("ab", $0 / 2) + ";" + repeating("y=${x//a/b};", $0 / 2) }
        ),
        ("SQL", { "psql -c '" + repeating("select 1;", $0) + "'" }),
        (
            "SQL in parentheses",
            { "psql -c 'select " + repeating("(", $0 / 2) + "1" + repeating(")", $0 / 2) + "'" }
        ),
        ("python", { "python3 -c '" + repeating("x = [1]\n", $0) + "'" }),
        ("awk", { "awk '" + repeating("{print $1}", $0) + "'" }),
        ("sed", { "sed '" + repeating("s/a/b/;", $0) + "'" }),
        ("xargs in xargs", { repeating("xargs ", $0) + "ls" }),
        ("sudo in sudo", { repeating("sudo ", $0) + "ls" }),
        ("find with many tests", { "find ." + repeating(" -name a", $0) }),
        (
            "find with many programs",
            { "find ." + repeating(" -exec ls {} ;", $0).replacing(";", with: "\\;") }
        ),
        ("traps", { size in numbered(size) { "trap 'ls \($0)' EXIT;" } }),
        ("links", { size in numbered(size) { "ln -s l\($0) l\($0 + 1);" } + "rm -rf l0" }),
        ("files that grow", { "echo a > f;" + repeating("cat f f > g;cat g g > f;", $0) + "sh f" }),
        ("backslashes", { repeating("\\", $0) }),
        ("quotes", { repeating("''", $0) }),
        ("line feeds", { repeating("\n", $0) }),
        ("redirections", { "ls" + repeating(" >a", $0) }),
        ("case items", { "case x in " + repeating("a) ls;;", $0) + "esac" }),
        ("control characters", { repeating("\u{1}", $0) }),
    ]
}
