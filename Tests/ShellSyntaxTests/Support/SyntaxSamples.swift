import ShellSyntax

/// A text of each construct of the language, for tests that must hold for all of them.
enum SyntaxSamples {
    static let simple = [
        "echo a b", "a; b & c", "a && b || ! c | d", "LANG=C sort -u < names > sorted", "> x",
        "a=b c=", "a+=b", "a[1]=b a[x+1]+=c b", "a=(b c [3]=d [x]+=e) f", "declare -a a=(b 'c d')",
        "a=(b)c", "> x if", "2>&1 >&- <&3 a", "a &> b &>> c", "{fd}> x a", "a >| b <> c >> d",
        "a <<< \"$b\"", "< <(a) > >(b) c", "time a | b", "time -p a", "time -- -p", "time", "! ! a",
        "!", "a |& b", "coproc a b", "coproc NAME { a; }", "coproc > x if", "a > b\\",
        "coproc a > b [[ c", "echo if then fi", "a\\\n b", "a # comment\nb", "\n\na;\n\nb",
    ]

    static let compound = [
        "{ a; }", "{ a & }", "{ (a) }", "(a; b)", "( (a); b )", "((a + 1))", "(((a) + (b)))",
        "if a; then b; fi", "if (a) then (b) else { c; } fi > x 2>&1",
        "if a; then b; elif c; then d; else e; fi", "while a; do b; done", "until a\ndo\nb\ndone",
        "for a in b c; do d; done", "for a; do b; done", "for a in; do b; done",
        "for a in b; { c; }", "for a; { b; }", "select a in b; do c; done",
        "for ((i = 0; i < 3; i++)); do a; done", "for ((;;)) { a; }", "case a in esac",
        "case a in (b | c) d;; e) ;; f) g; esac", "case a in b) c;& d) e & ;;& esac",
        "case a in (esac) b;; esac", "case a in b) (c) esac", "f() { a; }", "f() (a) > x",
        "function f { a; }", "function f.g() { a; }", "f()\n\n[[ a ]]", "{ f() { a; } }",
        "[[ -f a && ( b == c* || ! d =~ ^(x y)+$ ) ]]", "[[ a < b ]]", "[[ a -ef b\n]]",
        "if ! a; then b; fi | while read c; do d; done",
    ]

    static let words = [
        "echo '' \"\" 'a'\"b\"c\\d $'e\\n' $\"f\"", "echo ~ ~a/b a~ \\~", "a=~:~b:c~", "make p=~/x",
        "echo $a ${a} $1 ${10} $@ \"$*\" $# $? $- $$ $! $0 $_ $", "echo ${#a} ${#} ${##} ${#-b}",
        "echo ${a:-b} ${a-b} ${a:=b} ${a:?b} ${a:+\"b c\"} ${a:-}",
        "echo ${a#b} ${a##b} ${a%b} ${a%%b}",
        "echo ${a:1} ${a:1:2} ${a: -1} ${a:b ? 1 : 2:3}",
        "echo ${a/b/c} ${a//b} ${a/#b/c} ${a/%b/}",
        "echo ${a^} ${a^^b} ${a,} ${a,,} ${a~} ${a~~}", "echo ${a@Q} ${!a} ${!a*} ${!a@} ${!a[@]}",
        "echo ${a[1]} ${a[@]} ${a[*]:1} ${a[b+c]}",
        "echo \"${a:-'b'}\" \"${a:-\"b\"}\" \"${a:-\\}}\"",
        "echo $(a) `b` \"$(c `d`)\" $( (e) ) $( ((f)) )",
        "echo `a \\`b \\\\\\`c\\\\\\`\\` \\$d \\\\e`",
        "echo \"`a \\\"b\\\"`\"", "echo $((a) | b)", "echo $(a; ) $(b &) $(\nc\n)", "echo $(< a)",
        "echo $((1 + 2)) $[3] $((a ? b : c, d = e += 1)) $((-a++ ** ~!b))", "echo $(($a + $(b) ))",
        "echo $((a[$b] * (c - 0x1f)))", "echo $((1$a)) $(()) $((a $b c)) $((a b))",
        "echo {a,b} {a,}c {1..3} {a..e..2} {a,{b,c}}d {} a{b",
        "echo ${a b} $((1+)) `if` \"$((1+ ))\"", "echo a*b?[c]", "echo $((1 + \\\n2))",
        "shopt -s extglob\necho @(a|b) !(c) ?(*(d|e)|+(f)) ${a#@(b|c)}", "[[ a == @(b|c) ]]",
    ]

    static let hereDocuments = [
        "cat <<E\na $b $(c)\nE\n", "cat <<'E'\na $b\nE\n", "cat <<-E\n\ta\n\t\tb\n\tE\n",
        "cat <<A <<B; c\na\nA\nb\nB\nd", "cat <<E && a\nb\nE\n", "cat <<E |\na\nE\nb",
        "if cat <<E; then\na\nE\nb; fi", "$(cat <<E\na\nE\n)", "$(cat <<E && b\na\nE\n)",
        "echo $(a <<E &&\nb\nE\nc) d", "cat <<E\n$(cat <<F\na\nF\n)\nE\n",
        "cat <<E\n$(cat <<-E\n\ta\n\tE\n)\nE\n", "cat <<E\n$(cat <<E\na\nE)\nE\n",
        "`cat <<E\na\nE\n`", "`cat <<E\na`", "cat <<E", "cat <<E\na", "cat <<E;\na\nE\n",
        "cat <<\"a b\"\nc\na b\n", "cat << -E\na\n-E\n", "cat <<E\n$((1+)) ${a b}\nE\n",
        "cat <<E\n\\$a \\\\ \\a `b`\nE\n", "<<E a=(b\nc\nE\nd)", "{ cat; } <<E\na\nE\n",
        "cat <<E\n$(a; if)\nE\n", "case a in b) cat <<E;;\nc\nE\nesac", "cat <<E\na\\\nb\nE\n",
        "cat <<-E\n\\\n\ta\nE\n",
    ]

    /// What only dash reads.
    static let posix = [
        "f() echo a", "f() g() echo", "{ f() a; }", "a &> b", "[[ -f a ]]", "cat <<$'E'\na\n$E\n",
        "f() g() { a; } > x", "time -p a", "echo $'a' {a,b}", "a[1]=b",
    ]

    static let all = simple + compound + words + hereDocuments
}
