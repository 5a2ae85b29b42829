import ShellSyntax
import Testing

@testable import CommandAnalysis

@Suite struct `a script of bpftrace` {
    @Test(
        arguments: [
            ("BEGIN { printf(\"cat\"); }", true), ("BEGIN { cat(\"a\"); }", false),
            ("BEGIN { @str2 = 1; }", true), ("BEGIN { @ = str(arg0); }", false),
            ("BEGIN { /* str */ }", true), ("BEGIN { /* \" */ str(arg0) }", false),
            ("BEGIN { } // str", true), ("BEGIN { } // \"\nEND { str(arg0) }", false),
            ("BEGIN { printf(\"\\\"str\"); }", true),
            ("BEGIN { printf(\"\\\\\"); str(arg0) }", false),
            ("BEGIN { printf(\"a\"); }", true), ("BEGIN { printf(\"a); }", false),
        ] as [(ShellText, Bool)]
    )
    func `is plain without words that read text or do something`(script: ShellText, isPlain: Bool) {
        #expect(BpftraceScript.isPlain(script) == isPlain)
    }

    @Test(
        arguments: [
            ("k:f { @ = arg0 * 2; }", true), ("k:f { @ = *arg0; }", false),
            ("k:f { @ = (nsecs) * 2; }", true), ("k:f { @ = (uint64) *arg0; }", false),
            ("k:f { @ = (uint64 *)arg0; }", true), ("k:f { @ = *(uint64 *)arg0; }", false),
            ("k:vfs_* { @[probe] = count(); }", true), ("k:f { @[*arg0] = count(); }", false),
            ("k:* /arg0 > 1/ { @x * 2 }", true), ("k:f { printf(\"%d\", *$p); }", false),
            ("k:f { @a[pid, comm] = 1; }", true), ("k:f { @a = $p[1]; }", false),
            ("k:f { @ = ((struct s *)arg0)->a; }", true),
            ("struct s { int a; } k:f { @ = ((struct s *)arg0)->a; }", false),
        ] as [(ShellText, Bool)]
    )
    func `is plain where it follows no pointer to what it says is there`(
        script: ShellText,
        isPlain: Bool
    ) {
        #expect(BpftraceScript.isPlain(script) == isPlain)
    }
}
