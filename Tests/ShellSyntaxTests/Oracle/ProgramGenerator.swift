import ShellSyntax
import TestSupport

/// Makes programs out of the grammar, of all that the dialects have, and breaks some of them.
struct ProgramGenerator {
    private var random: SeededGenerator
    /// How many compound commands may still stand in one another.
    private var depth = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The next program; about every second one is broken in one or two places.
    mutating func next() -> String {
        depth = Int.random(in: 0...3, using: &random)
        let program = repeated(1...2) { $0.andOr() + $0.pick(Vocabulary.separators) }
        return chance(2) ? mutant(of: program) : program
    }

    // MARK: choices

    private mutating func pick<Element>(_ list: [Element]) -> Element {
        list[Int.random(in: list.indices, using: &random)]
    }

    /// Once in `count` times.
    private mutating func chance(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func repeated(
        _ counts: ClosedRange<Int>,
        _ make: (inout Self) -> String
    ) -> String {
        (0..<Int.random(in: counts, using: &random)).map { _ in make(&self) }.joined()
    }

    // MARK: the grammar

    private mutating func list(_ counts: ClosedRange<Int> = 1...2) -> String {
        repeated(counts) { $0.andOr() + $0.pick(Vocabulary.separators) }
    }

    private mutating func andOr() -> String {
        pipeline() + (chance(5) ? pick([" && ", " || ", "&&", "||\n"]) + pipeline() : "")
    }

    private mutating func pipeline() -> String {
        (chance(5) ? pick(["! ", "time ", "time -p ", "! ! "]) : "") + command()
            + (chance(6) ? pick([" | ", "|", " |& ", " |\n"]) + command() : "")
    }

    private mutating func command() -> String {
        guard depth > 0, !chance(2) else { return simple() }
        depth -= 1
        defer { depth += 1 }
        return compound() + (chance(6) ? " " + redirection() : "")
    }

    private mutating func simple() -> String {
        var items = chance(2) ? [pick(Vocabulary.assignments)] : []
        for _ in 0..<Int.random(in: 1...3, using: &random) { items.append(word()) }
        if chance(4) {
            items.insert(redirection(), at: Int.random(in: 0...items.count, using: &random))
        }
        return items.joined(separator: " ")
    }

    private mutating func word() -> String { pick(Vocabulary.words) }

    private mutating func redirection() -> String { pick(Vocabulary.redirections) }

    private mutating func compound() -> String {
        switch Int.random(in: 0..<13, using: &random) {
        case 0: return "{ " + list() + "}"
        case 1: return "(" + list() + ")"
        case 2: return branch()
        case 3: return pick(["while ", "until "]) + list(1...1) + body()
        case 4: return "for x in " + word() + pick([" b; ", "\n", "; "]) + body()
        case 5: return "for x" + pick(["; ", "\n", " "]) + body()
        case 6: return choice()
        case 7: return "[[ " + condition(2) + " ]]"
        case 8: return "((" + pick(Vocabulary.arithmetic) + "))"
        case 9: return "for ((a;b;c))" + pick([" ", "; ", "\n"]) + body()
        case 10: return "select x in " + word() + "; " + body()
        case 11: return pick(["f() ", "function g ", "function h() ", "i ( )\n"]) + group()
        default: return pick(["coproc ", "coproc N "]) + group()
        }
    }

    private mutating func group() -> String { pick(["{ ", "{\n"]) + list() + "}" }

    private mutating func body() -> String { "do " + list() + "done" }

    private mutating func branch() -> String {
        "if " + list(1...1) + "then " + list()
            + (chance(3) ? "elif " + list(1...1) + "then " + list() : "")
            + (chance(3) ? "else " + list() : "") + "fi"
    }

    private mutating func choice() -> String {
        let items = repeated(0...3) { generator in
            generator.pick(["(", ""]) + generator.word()
                + (generator.chance(3) ? "|" + generator.word() : "") + ") "
                + (generator.chance(3) ? "" : generator.list())
                + generator.pick([";; ", ";&\n", ";;& ", ";;\n"])
        }
        return "case " + word() + " in " + items + "esac"
    }

    private mutating func condition(_ depth: Int) -> String {
        guard depth > 0, !chance(3) else { return pick(Vocabulary.tests) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return "! " + condition(depth - 1)
        case 1: return "( " + condition(depth - 1) + " )"
        default: return condition(depth - 1) + pick([" && ", " || "]) + condition(depth - 1)
        }
    }

    // MARK: breaking

    private mutating func mutant(of program: String) -> String {
        var text = Array(program)
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let start = Int.random(in: 0...text.count, using: &random)
            let end = min(text.count, start + Int.random(in: 0...3, using: &random))
            let token = chance(3) ? "" : pick(Vocabulary.tokens)
            text.replaceSubrange(start..<end, with: Array(token))
        }
        return String(text)
    }
}

/// What the generator puts into its programs: harmless names in every spelling.
private enum Vocabulary {
    static let separators = ["; ", "\n", " & ", "; ", " ;\n"]

    static let words = [
        "a", "b", "$a", "\"$b c\"", "'d e'", "${a}", "${a:-b}", "$(c)", "`d`", "$((1+2))", "{a,b}",
        "{1..3}", "~", "a*", "$'x'", "$\"y\"", "\\a", "a\"b\"c", "if", "done", "in", "}", "{", "!",
        "a=b", "[", "${a#b}", "${#a}", "\"${a:-\"x\"}\"", "<(a)", "@", "a,b", "${a[1]}", "${!a}",
        "-p", "--", "time", "fi", "esac", "#a", "a#b", "\"\"", "$", "=", "a=", "1", "12", "[[",
        "]]",
        "((", "))", "$[1]", "${a/b/c}", "\"`a`\"", "\"$(a \"b\")\"", "a\\\nb", "\\\n", "${a:1:2}",
        "${a^^}", "${a@Q}", "a[1", "$((a[1]))", "${a%%b*}", "\"${a%'}'}\"", "<((a)|b)", "$( (a) )",
    ]

    static let redirections = [
        ">a", "<b", "2>&1", ">>c", ">|d", "<>e", ">&-", "<<<x", "&>f", "{fd}>g", "3<h", "2>a",
        "> \"b\"", ">&$a", "<&3", ">&2-", "10>a", "<<E\nx\nE\n", "<<-'E'\n\tx\n\tE\n", ">&-b",
        ">&1>c",
    ]

    static let assignments = [
        "a=1", "b=$c", "c=(1 2)", "d+=x", "e[1]=2", "f=", "g=$(h)", "h=\"i j\"", "A=([x]=y)", "i=~",
        "e[$a]+=(1)", "j=a{b,c}", "k[1 2]=3",
    ]

    static let arithmetic = [
        "a+1", " a=b ", "a[1]++", "1<<2", "(a)", "a?b:c", "$a", "a,b", "", "a)|(b", "\"1\"",
    ]

    static let tests = [
        "-f a", "a == b", "$a", "a =~ b", "-n \"$c\"", "x -lt 3", "a < b", "a != \"b c\"",
        "$a =~ ^(b|c)$", "a == @(b|c)", "-z $a", "a =~ <(b)",
    ]

    static let tokens = [
        ";", "&", "|", "(", ")", "{", "}", "if", "then", "fi", "do", "done", "esac", ";;", "\"",
        "'",
        "`", "$(", "${", "))", "((", "\n", " ", "<", ">", "<<", "&&", "||", "in", "case", "[[",
        "]]",
        "!", "time", "coproc", "function", "\\", "#", "=", "a=(", "$((", "[", "]", "EOF", "<(",
        "$'",
        "{ ", "1", "\\\n",
    ]
}
