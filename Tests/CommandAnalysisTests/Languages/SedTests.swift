import CommandAnalysis
import ShellSyntax
import Testing

/// Tried with GNU sed 4.9 where it accepts them.
@Suite struct `a script of sed` {
    private static let harmless: [CodeExample] = [
        "s/a/b/", "s/a/b/g;s,/usr/lib,/opt,2pI", "/error/p", "$p", "1,10p", "5q", "$!N;P;D",
        "s/[/]/x/g", "s/[^/]*$//", "s/[]/]/x/g", "s/[[:alpha:]/]/x/g", "s/a\\/b/X/", "/x/{p;d}",
        "/x/,/y/!d", "0~3p;2,~4p;/a/,+3p", ":a;N;$!ba;s/\\n/ /g", "y/abc/xyz/", "\\xaxp",
        "a text with } and ; e rm", "1i\\\nfirst\\\ne rm x\np", "$a export A=1", "c\\new", "F;z;=",
        "/^#/d;/^$/d", "s|a|e rm|", "s/a/w file/", "s/x/y/w /dev/stdout", "l 5", "q5", "Q 3",
        "bend;p;:end", "b a p", "# e rm", "#n\np", "{p\n}", "$!{$!N}", "v 4.2;p",
        "s/.*/\"&\"/", "s/\\(.*\\)@\\(.*\\)/\\2 at \\1/", "s/\\[/x/;p", "/re/I,/x/Mp",
        "s/«name»/x/", "«digits»p", "s/a/«name»/g", "1,«digits»d", "w /dev/stderr", "r /dev/stdin",
    ].map { CodeExample(.sed, $0) }

    @Test(arguments: harmless)
    func `that only edits is complete and does nothing`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let acting: [CodeExample] = [
        CodeExample(.sed, "e rm -rf /srv", "sh(rm -rf /srv)"),
        CodeExample(.sed, "1e rm x;p", "sh(rm x;p)"),
        CodeExample(.sed, "erm x\np", "sh(rm x)"),
        CodeExample(.sed, "/x/{e rm x\n}", "sh(rm x)"),
        CodeExample(.sed, "$ e rm x", "sh(rm x)"),
        CodeExample(.sed, "e", "sh(…)"),
        CodeExample(.sed, "s/.*/rm x/e", "sh(rm x)"),
        CodeExample(.sed, "s/^.*$/rm «name»/pe", "sh(rm …)"),
        CodeExample(.sed, "s/a/&/e", "sh(…)"),
        CodeExample(.sed, "s,a,b,;s|x|rm|ge", "sh(…)"),
        CodeExample(.sed, "w /etc/cron.d/x", "write(/etc/cron.d/x)"),
        CodeExample(.sed, "s/a/b/w /etc/x;p", "write(/etc/x;p)"),
        CodeExample(.sed, "/a/W out\np", "write(out)"),
        CodeExample(.sed, "r /etc/shadow", "read(/etc/shadow)"),
        CodeExample(.sed, "$!R /etc/shadow", "read(/etc/shadow)"),
        CodeExample(.sed, "a\\\nx\ne rm x", "sh(rm x)"),
        CodeExample(.sed, "i x\\\ny\ne rm x", "sh(rm x)"),
        CodeExample(.sed, ":a;e rm x", "sh(rm x)"),
        CodeExample(.sed, ":a e rm x", "sh(rm x)"),
        CodeExample(.sed, "b a\ne rm x", "sh(rm x)"),
        CodeExample(.sed, "y/a;e rm/b;e rm/;e rm x", "sh(rm x)"),
        CodeExample(.sed, "s/[/]e/x/;e rm x", "sh(rm x)"),
        CodeExample(.sed, "w out «name».txt", "write(out ….txt)"),
    ]

    @Test(arguments: acting)
    func `that runs, reads or writes says what`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "k", "s/a/b", "s/a/b/k", "p p", "{p", "p}", "y/a/b", "a", ":", "w", "s/[/x/", "1,p", "+1p",
        "s/a/b\nc/", "«text»", "s/a/«text»/", "s/«path»/x/", "s,«name»,x,", "s1«digits»1x1",
        "«name»", "/«name»«text»", "s/[[«name»/]/x/", "1!", "p;\u{1}",
    ].map { CodeExample(.sed, $0, "?") }

    @Test(arguments: unread)
    func `that does not parse, or is not known, may do anything`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    @Test func `says where in the script it acts, up to what is not known`() {
        let places = CodeReading(CodeExample.text("p;w a\ns/«name»/x/w b"), in: .sed)
            .findings.effects.map(\.place)
        #expect(places == [2..<5, nil])
    }

    @Test func `is only possibly what its beginning says when its end is not known`() {
        let findings = CodeReading(CodeExample.text("w a\n«text»"), in: .sed).findings
        #expect(findings.effects.map(\.certainty) == [.possible])
    }
}
