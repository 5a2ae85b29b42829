import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `an exec with OpenSSH's client` {
    @Test func `runs as the login on the target`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.web1", "id -un").run()

        #expect(outcome.end == .exited(0))
        #expect(outcome.lines == [try lab.login])
        #expect(outcome.errors.isEmpty)
    }

    @Test(arguments: ["@", "+", "%"])
    func `finds its target behind each separator`(_ separator: String) async throws {
        let lab = try await Lab.shared()
        let user = try lab.login + separator + "dev1"

        let outcome = try await lab.ssh("alice.bastion", "id -un", options: ["-l", user]).run()

        #expect(outcome.lines == [try lab.login])
    }

    @Test func `needs no login where one alone is granted`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.bastion", "id -un", options: ["-l", "db1"]).run()

        #expect(outcome.lines == [try lab.login])
    }

    @Test(
        arguments: [
            #"printf '%s' "it's ! \ \\ $HOME $((1+1)) `echo back` *""#,
            "printf '%s|' a  b\tc \\\n d; printf '\\n'",
            "printf %s 'ümläut € 🚪'; printf '\\377\\376\\001'",
            "for i in 1 2 3\ndo\n  echo $i\ndone # comment",
            "cat <<'E'\n'\"$x\nE",
            #"printf '%s\n' "$0" "$#" "$-""#,
        ]
    )
    func `runs just these bytes`(_ commandLine: String) async throws {
        let lab = try await Lab.shared()
        let straight = try await Command(
            "/usr/bin/env",
            ["--ignore-environment", "HOME=\(try lab.home)", "/bin/bash", "--noprofile"]
                + ["--norc", "-p", "-c", commandLine]
        ).run()

        let outcome = try await lab.ssh("alice.web1", commandLine).run()

        #expect(outcome.end == .exited(0))
        #expect(outcome.output == straight.output)
    }

    @Test(arguments: [0, 1, 77, 126, 255] as [Int32])
    func `ends with the program's status`(_ status: Int32) async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.web1", "exit \(status)").run()

        #expect(outcome.end == .exited(status))
    }

    @Test func `keeps standard error apart from standard output`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh(
            "alice.web1",
            "echo one; echo two >&2; echo three; echo four >&2"
        ).run()

        #expect(outcome.text == "one\nthree\n")
        #expect(outcome.errorText == "two\nfour\n")
    }

    @Test func `hands on the end of the input and the output that comes after it`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.web1", "wc -c; echo done; exit 3")
            .reading("twelve bytes").run()

        #expect(outcome.end == .exited(3))
        #expect(outcome.text == "12\ndone\n")
    }

    @Test func `waits for the status of a program that closed its output long before`()
        async throws
    {
        let lab = try await Lab.shared()

        // The client has said its end too, and closes its channel at once.
        let outcome = try await lab.ssh("alice.web1", "exec >&- 2>&-; sleep 1; exit 9").run()

        #expect(outcome.end == .exited(9))
    }

    @Test func `goes on reading when its output was closed`() async throws {
        let lab = try await Lab.shared()
        let bytes = randomBytes(1 << 20)

        let outcome = try await lab.ssh("alice.web1", "exec >&-; sha256sum >&2")
            .reading(bytes).run()

        let local = try await Command("sha256sum").reading(bytes).run()
        #expect(outcome.errors == local.output)
    }

    @Test func `carries megabytes both ways at once and changes none`() async throws {
        let lab = try await Lab.shared()
        let bytes = randomBytes(16 << 20)

        let outcome = try await lab.ssh("alice.web1", "cat")
            .reading(bytes).run(within: .seconds(120))

        #expect(outcome.end == .exited(0))
        #expect(outcome.output.count == bytes.count)
        #expect(outcome.output == bytes)
    }

    @Test func `of no command at all is a shell that reads a script`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.web1")
            .reading("tty || echo no terminal\nexit 4\n")
            .run()

        #expect(outcome.end == .exited(4))
        #expect(outcome.text.hasSuffix("not a tty\nno terminal\n"))
    }

    @Test func `goes on through rekeying by the client`() async throws {
        let lab = try await Lab.shared()
        let bytes = randomBytes(8 << 20)

        let outcome = try await lab.ssh("alice.web1", "cat", options: ["-o", "RekeyLimit=1M"])
            .reading(bytes).run(within: .seconds(120))

        #expect(outcome.output == bytes)
    }

    @Test func `passes on the variables that are allowed, and no other`() async throws {
        let lab = try await Lab.shared()
        let variables = "SetEnv=LC_SALLYPORT=de_DE.UTF-8 LD_PRELOAD=/evil.so BASH_ENV=/evil FOO=bar"

        let outcome = try await lab.ssh("alice.web1", "env", options: ["-o", variables]).run()

        #expect(outcome.lines.contains("LC_SALLYPORT=de_DE.UTF-8"))
        #expect(!outcome.text.contains("evil"))
        #expect(!outcome.text.contains("FOO"))
    }

    @Test func `takes a command line of 96 KiB and refuses a longer one with the reason`()
        async throws
    {
        let lab = try await Lab.shared()
        let longest = "echo $#; : " + String(repeating: "x", count: 96 * 1024 - 11)

        let taken = try await lab.ssh("alice.web1", longest).run()
        let refused = try await lab.ssh("alice.web1", longest + "x").run()

        #expect(taken.text == "0\n")
        #expect(refused.end == .exited(77))
        #expect(refused.errorText.contains("96 KiB"))
    }

    @Test func `takes a command line that becomes 127 KiB and refuses one of a byte more`()
        async throws
    {
        let lab = try await Lab.shared()
        let frame = "exec /usr/bin/env -u BASH_ENV -u ENV /bin/bash --noprofile --norc -p -c ''"
        // Each apostrophe becomes four bytes.
        let room = 127 * 1024 - frame.utf8.count - "echo through #".utf8.count
        let comment =
            String(repeating: "'", count: room / 4) + String(repeating: "x", count: room % 4)
        let longest = "echo through #" + comment

        let taken = try await lab.ssh("alice.web1", longest).run()
        let refused = try await lab.ssh("alice.web1", longest + "x").run()

        #expect(taken.text == "through\n")
        #expect(refused.end == .exited(77))
        #expect(refused.errorText.contains("becomes 130049 bytes"))
    }
}
