import TestSupport
import Testing

@Suite(.throughTurnstile, .enabled(if: Machine.isRoot, "only root can make accounts"))
struct `the login shell of the account on the target` {
    static let shells = ["dash", "bash", "ksh", "zsh", "fish", "tcsh"]

    private func alias(_ shell: String, _ lab: Lab) throws -> String {
        switch shell {
        case "fish": "alice.fish1"
        case "tcsh": "alice.tcsh1"
        default: "alice.\(try lab.login)-\(shell).shells1"
        }
    }

    @Test(arguments: shells)
    func `changes nothing of a command`(_ shell: String) async throws {
        let lab = try await Lab.shared()
        let commandLine = #"""
            printf '%s\n' "$0" 'it''s ! !! \ \\ \n $HOME' "it's" "a\"b" $'\t' `echo back` {a,b} ~root
            echo '#' ; # comment ! 'unbalanced
            printf '\303\274 \377'; cat; exit 7
            """#
        let straight = try await Command(
            "/usr/bin/env",
            ["--ignore-environment", "/bin/bash", "--noprofile", "--norc", "-p", "-c", commandLine]
        ).reading("input\n").run()

        let outcome = try await lab.ssh(try alias(shell, lab), commandLine).reading("input\n").run()

        #expect(straight.end == .exited(7))
        #expect(outcome == straight)
    }

    @Test(arguments: shells)
    func `is what a terminal gets`(_ shell: String) async throws {
        let lab = try await Lab.shared()

        try await lab.ssh(try alias(shell, lab)).onTerminal().start { terminal in
            // What is typed at once is read by a shell that is still asking what its terminal is.
            try await terminal.reached("prompt", within: .seconds(20)) { !$0.output.isEmpty }
            let number = shell == "fish" ? "$fish_pid" : "$$"
            terminal.write("echo \(number) | xargs ps -o comm= -p\r")
            try await terminal.printed("\(shell)\r\n")
            terminal.write("exit\r")
            #expect(try await terminal.finished().end == .exited(0))
        }
    }

    @Test(arguments: shells)
    func `does not come between a client and its files`(_ shell: String) async throws {
        let lab = try await Lab.shared()

        let outcome = try await Command(
            "sftp",
            ["-F", lab.sshConfig, "-b", "-", try alias(shell, lab)]
        ).reading("pwd\n").run()

        #expect(outcome.succeeded, "\(outcome)")
        #expect(outcome.text.contains("/home/\(try lab.login)-\(shell)"))
    }
}
