import PolicyEngine
import TestSupport
import Testing

@testable import Authority

@Suite struct `a probe` {
    static let text = ProbeText(nonce: (0..<16).map { UInt8($0) })
    static let bash = TargetShell("/bin/bash") ?? .none

    /// The shells of this machine, by the programs that Debian has for them.
    static let loginShells = ["bash", "dash", "ksh", "zsh", "fish", "tcsh"].filter {
        ProgramSearch.find($0, in: ProgramSearch.defaultPath) != nil
    }
    /// Those that a target may have as `shell`.
    static let sessionShells = ["bash", "dash", "ksh", "sh"].filter {
        ProgramSearch.find($0, in: ProgramSearch.defaultPath) != nil
    }

    @Test func `has a mark that its own text does not hold`() {
        #expect(Self.text.nonce == "000102030405060708090a0b0c0d0e0f")
        #expect(!Self.text.session.contains(Self.text.sessionMark))
        #expect(!Self.text.session.contains(Self.text.sessionEnd))
    }

    @Test(arguments: sessionShells)
    func `of a session says how it is to every shell that may read one`(_ shell: String)
        async throws
    {
        let outcome = try await Command(shell, ["-c", Self.text.session]).run()
        let reached = try await Command(
            shell,
            ["-c", Self.text.session],
            environment: ["BASH_ENV": "/nonexistent/file"]
        ).run()
        let probe = try #require(SessionProbe(outcome.output, Self.text), "\(outcome)")

        #expect(probe.isComplete)
        #expect(probe.noise.isEmpty)
        #expect(outcome.errors.isEmpty, "\(outcome)")
        #expect(probe["path"] == Command.searchPath.joined(separator: ":"))
        #expect(probe["proc"] == "yes")
        #expect(probe["grep-z"] == "yes")
        #expect(probe["bash-env"] == "")
        #expect(probe.all("missing").isEmpty)
        #expect(probe.all("path-relative").isEmpty)
        #expect(UInt64(try #require(probe["time"])) ?? 0 > SystemCheck.earliestSeconds)
        #expect((probe["bash"] == "") == (shell != "bash"))
        #expect(reached.text.contains("\nbash-env=BASH_ENV=/nonexistent/file\n"))
    }

    @Test(arguments: loginShells)
    func `of a login shell is read alike by every family`(_ shell: String) async throws {
        let outcome = try await Command(
            shell,
            ["-c", Self.text.login(shell: Self.bash)],
            environment: ["BASH_ENV": "/nonexistent", "SECRET": "hidden", "SHELL": "/bin/x"]
        ).run()
        let probe = try #require(LoginProbe(outcome.output, Self.text), "\(outcome)")

        #expect(probe.isComplete, "\(outcome)")
        #expect(probe.exec == .builtin, "\(outcome)")
        #expect(probe.shellExists)
        #expect(probe.traps.isEmpty)
        #expect(probe.environment["BASH_ENV"] == "/nonexistent")
        #expect(probe.environment["PATH"] == Command.searchPath.joined(separator: ":"))
        #expect(!outcome.text.contains("hidden"))
    }

    @Test(
        arguments: [
            ("bash", #"exec() { "$@"; }; "#), ("bash", #"exec() { echo x; builtin exec "$@"; }; "#),
            ("ksh", #"alias exec="echo x"; "#), ("zsh", #"exec() { "$@" }; "#),
            ("tcsh", #"alias exec "echo x"; "#),
        ]
    )
    func `of a login shell finds an exec that is not its own`(
        _ shell: String,
        _ startUp: String
    ) async throws {
        try #require(Self.loginShells.contains(shell))
        let outcome = try await Command(
            shell,
            ["-c", startUp + Self.text.login(shell: Self.bash)]
        ).run()
        let probe = try #require(LoginProbe(outcome.output, Self.text), "\(outcome)")

        guard case .shadowed = probe.exec else {
            Issue.record("\(probe.exec)\n\(outcome)")
            return
        }
    }

    @Test func `of a session finds what stands before the system's programs`() async throws {
        let folder = try Folder()
        try folder.writeProgram("uptime")
        let outcome = try await Command(
            "sh",
            ["-c", Self.text.session],
            environment: ["PATH": "\(folder.path):bin::/usr/bin:/bin"]
        ).run()
        let probe = try #require(SessionProbe(outcome.output, Self.text), "\(outcome)")

        #expect(probe.all("shadow").contains("uptime \(folder.path)/uptime"), "\(outcome)")
        #expect(probe.all("path-relative") == ["bin", ""])
        #expect(probe.isComplete)
    }
}

@Suite struct `a probe's output` {
    private let text = `a probe`.text

    private func session(_ output: String) -> SessionProbe? {
        SessionProbe(Array(output.utf8), text)
    }

    private func login(_ lines: String...) -> LoginProbe? {
        let output = [text.loginMark] + lines + [text.loginEnd, ""]
        return LoginProbe(Array(output.joined(separator: "\n").utf8), text)
    }

    @Test func `counts from its mark on, and what comes before is noise`() throws {
        let output = "Welcome!\nuser=root\n\(text.sessionMark)\nuser=deploy\na=b=c\nx\n"
        let probe = try #require(session(output + text.sessionEnd + "\nuser=root\n"))

        #expect(String(decoding: probe.noise, as: UTF8.self) == "Welcome!\nuser=root\n")
        #expect(probe["user"] == "deploy")
        #expect(probe["a"] == "b=c")
        #expect(probe["x"] == nil)
        #expect(probe.isComplete)
        #expect(session(output)?.isComplete == false)
    }

    @Test func `that says a thing twice says nothing of it`() throws {
        let probe = try #require(session("\(text.sessionMark)\nuser=deploy\nuser=root\n"))

        #expect(probe["user"] == nil)
        #expect(probe.all("user") == ["deploy", "root"])
    }

    @Test func `without its mark as a line of its own is none`() {
        let other = ProbeText(nonce: [UInt8](repeating: 1, count: 16))
        for output in [
            "", "This account is currently not available.\n", "x \(text.sessionMark)\n",
            "\(text.sessionMark) x\n", "\(other.sessionMark)\n", "\(text.loginMark)\n",
        ] {
            #expect(session(output) == nil)
        }
    }

    @Test(
        arguments: [
            ("exec is a shell builtin", true), ("exec is a special shell builtin", true),
            ("exec is a builtin", true), ("exec: shell built-in command.", true),
            ("exec is a reserved word", true), ("exec is a function", false),
            ("exec is a shell function from /home/deploy/.zshenv", false),
            ("exec is an alias for echo", false), ("exec is aliased to `echo'", false),
            ("exec: \t aliased to echo evil", false), ("exec is /home/deploy/bin/exec", false),
        ]
    )
    func `tells an exec of the shell's own from others`(
        _ line: String,
        _ isBuiltin: Bool
    ) throws {
        let probe = try #require(login("SHELL=/bin/sh", line))

        #expect(probe.exec == (isBuiltin ? .builtin : .shadowed(line)))
    }

    @Test func `of a login shell has its environment, its traps, and nothing of a function`() throws
    {
        let probe = try #require(
            login(
                "PATH=/bin",
                "BASH_ENV=/a=b",
                "exec is a function",
                "PATH=/evil",
                "}",
                "trap -- 'echo x' DEBUG",
                "sallyport-shell-exists"
            )
        )

        #expect(probe.environment == ["PATH": "/bin", "BASH_ENV": "/a=b"])
        #expect(probe.traps == ["trap -- 'echo x' DEBUG"])
        #expect(probe.shellExists)
        #expect(login()?.exec == .unknown)
        #expect(login()?.shellExists == false)
    }
}
