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
}
