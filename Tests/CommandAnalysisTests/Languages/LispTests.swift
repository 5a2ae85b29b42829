import ShellSyntax
import Testing

@testable import CommandAnalysis

@Suite struct `code of Emacs` {
    @Test(
        arguments: [
            CodeExample(.lisp, #"(message "hi")"#),
            CodeExample(.lisp, #"(princ (emacs-version)) ; (shell-command "x")"#),
            CodeExample(.lisp, #"(shell-command "rm -rf /srv")"#, "sh(rm -rf /srv)"),
            CodeExample(.lisp, #"(progn (if t (shell-command "a \"b\"")))"#, #"sh(a "b")"#),
            CodeExample(.lisp, #"(delete-directory "/etc/x" t)"#, "deleteTree(/etc/x)"),
            CodeExample(.lisp, #"(delete-file "/etc/x")"#, "delete(/etc/x)"),
            CodeExample(.lisp, #"(write-region "x" nil "/etc/y")"#, "write(/etc/y)"),
            CodeExample(
                .lisp,
                #"(call-process "rm" nil t nil "-r" "/etc/x")"#,
                "run(rm|-r|/etc/x)"
            ),
        ]
    )
    func `tells what calls do whose arguments are written out`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    @Test(
        arguments: [
            #"(eval (read "x"))"#, #"(apply 'f x)"#, #"(message "\101")"#, "(message \"", "#.(f)",
        ].map { CodeExample(.lisp, $0, "?") }
    )
    func `says that it does not know what is computed`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}

@Suite struct `commands that make reads` {
    @Test func `are its recipes, with the values of variables`() {
        let text = "R := rm -rf\nall: x ; @echo a\n\t-$(R) /srv \\\n /opt\n\techo $$HOME $(NONE)\n"
        let commands = MakeCommands.commands(in: .init(text))
        #expect(commands == ["echo a", "rm -rf /srv   /opt", "echo $HOME "])
    }

    @Test func `are what it asks a shell for while it reads`() {
        let commands = MakeCommands.commands(in: "X := $(shell date $(shell pwd))\nY != uptime")
        #expect(commands == ["date ", "pwd", " uptime"])
    }

    @Test func `end where values hold themselves`() {
        #expect(MakeCommands.commands(in: "A = $(A) x\nall:\n\t$(A)").count == 1)
    }
}
