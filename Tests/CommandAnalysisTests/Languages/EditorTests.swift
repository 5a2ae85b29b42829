import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `commands of an editor or debugger` {
    private static let harmless: [CodeExample] = [
        CodeExample(.vim, "%s/a/b/g\nwq"), CodeExample(.vim, ":1,$d\n:x"),
        CodeExample(.vim, "g/^#/d"),
        CodeExample(.vim, "set ff=unix\nw!"), CodeExample(.vim, "set nu ts=4"),
        CodeExample(.vim, "q!"),
        CodeExample(.vim, "%s#/usr|x#/opt#ge"), CodeExample(.vim, "v/x/s/!rm/b/"),
        CodeExample(.vim, "10"),
        CodeExample(.vim, "/x/,/y/d"), CodeExample(.vim, "syntax off"),
        CodeExample(.vim, "%s/«name»/b/"),
        CodeExample(.ed, "1,$s/a/b/g\nw\nq"), CodeExample(.ed, "a\n!rm x\nw /etc/x\n.\nw\nq\n"),
        CodeExample(.ed, "g/x/d\n,p\n$\n/x/\n=\nH"), CodeExample(.ed, ",n"),
        CodeExample(.gdb, "bt"), CodeExample(.gdb, "thread apply all bt full\nquit"),
        CodeExample(.gdb, "set pagination off\ninfo threads\np $rip\nx/10i $pc\ndetach"),
    ]

    private static let acting: [CodeExample] = [
        CodeExample(.vim, "!rm -rf /srv", "sh(rm -rf /srv)"),
        CodeExample(.vim, ":!rm x", "sh(rm x)"),
        CodeExample(.vim, "%!sort", "sh(sort)"), CodeExample(.vim, "r !ls", "sh(ls)"),
        CodeExample(.vim, "r!ls", "sh(ls)"), CodeExample(.vim, "w !sh", "pipe(sh)"),
        CodeExample(.vim, "g/x/!rm y", "sh(rm y)"), CodeExample(.vim, "!rm %", "sh(…)"),
        CodeExample(.vim, "w /etc/x", "write(/etc/x)"),
        CodeExample(.vim, "1,2w! >> /etc/x", "write(/etc/x)"),
        CodeExample(.vim, "r /etc/shadow", "read(/etc/shadow)"),
        CodeExample(.vim, "e /etc/x", "read(/etc/x)"),
        CodeExample(.vim, "py3 import os; os.system('rm x')", "sh(rm x)"),
        CodeExample(.ed, "!rm x", "sh(rm x)"), CodeExample(.ed, "r !ls\nw !sh", "sh(ls) pipe(sh)"),
        CodeExample(.ed, "a\nx\n.\n!rm x", "sh(rm x)"),
        CodeExample(.ed, "w /etc/x", "write(/etc/x)"),
        CodeExample(.gdb, "shell rm x", "sh(rm x)"), CodeExample(.gdb, "!rm x", "sh(rm x)"),
        CodeExample(.gdb, "thread apply all shell rm x", "sh(rm x)"),
        CodeExample(.gdb, "python import os; os.system('rm x')", "sh(rm x)"),
        CodeExample(.gdb, "generate-core-file /tmp/c", "write(/tmp/c)"),
    ]

    @Test(arguments: harmless + acting)
    func `say what they run, read and write`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        CodeExample(.vim, "normal :!rm x", "?"), CodeExample(.vim, "set shell=/tmp/x", "?"),
        CodeExample(.vim, "%s/x/\\=system('rm')/", "?"), CodeExample(.vim, "d | !rm x", "?"),
        CodeExample(.vim, "echo system('x')", "sh(x) ?"),
        CodeExample(.vim, "call system(x)", "?"), CodeExample(.vim, "call f('x')", "?"),
        CodeExample(.vim, "let x = systemlist(\"ls\")", "sh(ls) ?"),
        CodeExample(.vim, "call delete('x')", "delete(x) ?"),
        CodeExample(.vim, "call delete('x', 'rf')", "deleteTree(x) ?"),
        CodeExample(.vim, "call writefile(['a'], 'x')", "write(x) ?"),
        CodeExample(.vim, "source /tmp/x", "?"), CodeExample(.vim, "set nu | !rm x", "?"),
        CodeExample(.vim, "e +!rm x", "?"), CodeExample(.vim, "s/a/b/|!rm", "?"),
        CodeExample(.vim, "lua os.execute('x')", "sh(x) ?"),
        CodeExample(.vim, "lua print(1)", "?"), CodeExample(.vim, "py x.y()", "?"),
        CodeExample(.vim, "«text»", "?"), CodeExample(.vim, "au BufRead * !rm", "?"),
        CodeExample(.vim, "g/x/g/x/g/x/g/x/g/x/g/x/g/x/g/x/g/x/d", "?"),
        CodeExample(.ed, "G/x/", "?"), CodeExample(.ed, "g/x/s/a/b/\\\n!rm", "sh(rm) ?"),
        CodeExample(.gdb, "run", "?"), CodeExample(.gdb, "source x", "?"),
        CodeExample(.gdb, "call system(\"rm x\")", "sh(rm x) ?"), CodeExample(.gdb, "p f()", "?"),
        CodeExample(.gdb, "p x = 1", "?"), CodeExample(.gdb, "set var x = 1", "?"),
        CodeExample(.gdb, "pipe bt | sh", "?"),
    ]

    @Test(arguments: unread)
    func `that are not known may do anything`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}
