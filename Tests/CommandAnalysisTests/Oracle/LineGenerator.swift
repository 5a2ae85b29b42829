import TestSupport

/// Makes lines of harmless shell in which `trace` gets words that are hard to read.
struct LineGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func line() -> String {
        var statements = ["unset a b c arr"]
        for _ in 0..<Int.random(in: 1...4, using: &random) { statements.append(setting()) }
        statements.append(call(depth: 0))
        return statements.joined(separator: "; ")
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private static let names = ["a", "b", "c"]
    private static let texts = [
        "x", "ab", "a b", "  p q ", "", "k:v:w", "A-b_C", "one,two", "q.r.s", "-n",
    ]

    private mutating func setting() -> String {
        let name = pick(Self.names)
        return switch Int.random(in: 0..<14, using: &random) {
        case 0, 1, 2, 3: "\(name)=\(quoted(pick(Self.texts)))"
        case 4: "\(name)=\(word(1))"
        case 5: "set -- \(word(1)) \(word(1))"
        case 6: "arr=(\(word(1)) \(word(1)))"
        case 7: "unset \(name)"
        case 8: "\(name)+=\(quoted(pick(Self.texts)))"
        case 9: "IFS=\(pick(["' '", ":", ",", "$' \\t\\n'", "''"]))"
        case 10: "f() { trace \"$@\" \(word(1)); }"
        case 11: "read -r \(name) <<< \(quoted(pick(Self.texts)))"
        case 12: "printf -v \(name) '%s' \(quoted(pick(Self.texts)))"
        default: "(( n = \(Int.random(in: 0..<9, using: &random)) + 2 ))"
        }
    }

    private mutating func call(depth: Int) -> String {
        let words = (0..<Int.random(in: 1...3, using: &random)).map { _ in word(0) }
            .joined(separator: " ")
        if depth > 1 { return "trace \(words)" }
        return switch Int.random(in: 0..<12, using: &random) {
        case 0: "eval \(quoted("trace \(words)"))"
        case 1: "for i in \(words); do trace \"$i\" x$i; done"
        case 2: "if true; then \(call(depth: depth + 1)); fi"
        case 3: "( \(call(depth: depth + 1)) )"
        case 4: "{ \(call(depth: depth + 1)); }"
        case 5: "g() { trace \"$@\" \"$#\"; }; g \(words)"
        case 6: "command trace \(words)"
        case 7: "v=(\(words)); trace \"${v[@]}\" ${v[0]}"
        case 8: "set -- \(words); trace \"$@\" $1"
        default: "trace \(words)"
        }
    }

    /// A word of some parts, none of which is a pattern that could match a file.
    private mutating func word(_ depth: Int) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in part(depth) }.joined()
    }

    private mutating func part(_ depth: Int) -> String {
        let name = pick(Self.names)
        return switch Int.random(in: 0..<22, using: &random) {
        case 0, 1: pick(["w", "lit", "x1", "Z"])
        case 2: "'\(pick(Self.texts))'"
        case 3: "\"\(pick(Self.texts))\""
        case 4: "$'\(pick(["\\x41", "\\t", "\\101b", "\\'", "\\n", "\\e"]))'"
        case 5: "\\\(pick(["a", "$", " ", "\\", "'"]))"
        case 6, 7: "$\(name)"
        case 8, 9: "\"$\(name)\""
        case 10: "${\(name)\(pick([":-d", "-d e", ":+s", "+t", ":=u"]))}"
        case 11: "\"${\(name)\(pick([":-d", "-d e", ":+s", "+t"]))}\""
        case 12: "${\(name)\(pick(["#?", "##*b", "%?", "%%b*", "#a", "%w"]))}"
        case 13: "\"${\(name)\(pick(["/a/X", "//b/Y", "/#a/Q", "/%b/R", "^", "^^", ",", ",,"]))}\""
        case 14: "\"${\(name):\(Int.random(in: 0..<3, using: &random)):2}\""
        case 15: "${#\(name)}"
        case 16: "$((\(Int.random(in: 0..<9, using: &random))*3+1))"
        case 17: depth > 1 ? "z" : "$(echo \(word(depth + 1)))"
        case 18: depth > 1 ? "z" : "\"$(printf '%s' \(word(depth + 1)))\""
        case 19: "{\(pick(["p,q", "1..3", "a,b,c"]))}"
        case 20: pick(["\"$@\"", "$*", "\"$*\"", "$1", "\"${arr[@]}\"", "${arr[0]}", "$#"])
        default: "\"${\(name)@\(pick(["Q", "U", "L"]))}\""
        }
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
