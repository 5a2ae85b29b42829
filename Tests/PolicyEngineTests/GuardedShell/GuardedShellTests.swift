import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `a line in a guarded shell` {
    /// A line, what it does to the shell, and its nearest neighbour, which does nothing to it.
    static let pairs: [(attack: String, danger: String, neighbour: String)] = [
        ("echo __sp_x", "use a name of the guard", "echo _sp_x"),
        ("printf -v \"$x\" y", "set a name that is not known", "printf -v x y"),
        ("exec 9>&-", "move a descriptor of the shell", "exec 8>&-"),
        ("exec 3<&7", "move a descriptor of the shell", "exec 3<&4"),
        ("read -u 10 x", "move a descriptor of the shell", "read -u 6 x"),
        ("cat /dev/pts/1", "open a descriptor of a process", "ls /dev/pts/1"),
        ("cat /proc/7/fd/0", "open a descriptor of a process", "cat /proc/7/limits"),
        ("ln -s /proc/7 x", "link to descriptors of processes", "ln -s /srv/7 x"),
        ("stty -F /dev/ttyS0 raw", "set up another terminal", "stty raw"),
        ("trap date TERM", "run code between commands", "trap '' TERM"),
        ("exit() { :; }", "redefine a word of the shell", "quit() { :; }"),
        ("alias if=x", "redefine a word of the shell", "alias iff=x"),
        ("readonly -f f", "freeze a function", "readonly f"),
        ("alias x='case a in'", "alias a part of a command", "alias x='ls a'"),
        ("enable -d x", "change the built-in commands", "enable -p"),
        ("set -k", "change how commands are read", "set -f"),
        ("shopt -s compat31", "change how commands are read", "shopt -s huponexit"),
        ("LC_CTYPE=zh_TW.BIG5", "change how commands are read", "LC_CTYPE=de_DE.UTF-8"),
        ("PS2=x", "set a variable of the shell", "PS3=x"),
        ("PATH=/x:$PATH", "change what a name runs", "PATH=$PATH:/x"),
        ("hash -p /x y", "change what a name runs", "hash y"),
        ("echo $((x))", "compute with data that is not known", "x=1; echo $((x))"),
        ("complete -F f g", "hand code to a built-in", "complete -p g"),
        ("read -ei x y", "edit a line that can run commands", "read -rd x y"),
    ]

    @Test(arguments: pairs)
    func `is refused for what it does to the shell, and its neighbour is not`(
        _ pair: (attack: String, danger: String, neighbour: String)
    ) {
        #expect(GuardedSession.typing(pair.attack).dangers == [pair.danger])
        #expect(GuardedSession.typing(pair.neighbour).dangers == [])
    }

    @Test(arguments: pairs)
    func `does it in a function, in eval and behind an alias too`(
        _ pair: (attack: String, danger: String, neighbour: String)
    ) {
        let quoted = pair.attack.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''")
        #expect(GuardedSession.typing("{ \(pair.attack); }").dangers == [pair.danger])
        #expect(GuardedSession.typing("f() { \(pair.attack); }; f").dangers == [pair.danger])
        #expect(GuardedSession.typing("eval '\(quoted)'").dangers.contains(pair.danger))
        #expect(
            GuardedSession.typing("f() { \(pair.attack); }", "alias g=f", "g").dangers
                == [pair.danger]
        )
    }

    @Test(arguments: pairs)
    func `does nothing to the shell of an exec`(
        _ pair: (attack: String, danger: String, neighbour: String)
    ) {
        let analysis = Interpreter.analyze(
            Array(pair.attack.utf8),
            for: AnalysisRequest(),
            with: Shipped.knowledge
        )
        #expect(!analysis.actions.contains { $0.action == .guardEscape && $0[.verb] != nil })
    }

    /// What still holds in a subshell, and in another process.
    static let reaches: [(attack: String, inCopy: Bool, inOther: Bool)] = [
        ("exec 0</dev/null", false, false), ("exec 9>&-", false, false),
        ("exec 3<&11", true, false), ("cat <&7", true, false), ("read -u 11 x", true, false),
        ("cat /proc/1/fd/0", true, true), ("ln -s /proc x", true, true),
        ("stty -F /dev/pts/1", true, true), ("trap date INT", false, false),
        ("cd() { :; }", false, false), ("alias while=x", false, false),
        ("readonly -f f", false, false), ("enable -n cd", false, false),
        ("set -o posix", false, false), ("shopt -s extglob", false, false),
        ("PS1=x", false, false), ("unset PROMPT_COMMAND", false, false),
        ("compgen -W x", true, false), ("read -e x", true, true), (". /dev/tty", true, true),
        ("bash", true, true), ("vim x", true, true), ("ed x", true, true),
        ("echo x >> ~/.bashrc", true, true),
    ]

    /// Whether anything denies it, or asks for more than reading.
    private func isRefused(_ line: String) -> Bool {
        GuardedSession.typing(line).actions.contains {
            $0.action == .guardEscape || $0.action == .terminalInteractive
        }
    }

    @Test(arguments: reaches)
    func `harms from a subshell or another process only what these reach`(
        _ reach: (attack: String, inCopy: Bool, inOther: Bool)
    ) {
        #expect(isRefused(reach.attack))
        #expect(isRefused("( \(reach.attack); )") == reach.inCopy)
        #expect(isRefused("{ \(reach.attack); } | tail -1") == reach.inCopy)
        #expect(isRefused("{ \(reach.attack); } &") == reach.inCopy)
        #expect(isRefused("x=$(\(reach.attack))") == reach.inCopy)
        #expect(isRefused("bash -c '\(reach.attack)'") == reach.inOther)
    }

    @Test func `runs the last part of a pipeline itself where it was told so`() {
        #expect(GuardedSession.typing("date | PS1=x").dangers == [])
        #expect(
            GuardedSession.typing("set +m; shopt -s lastpipe", "date | PS1=x").dangers
                == ["set a variable of the shell"]
        )
    }

    @Test func `shows what it does where it does it`() throws {
        let analysis = GuardedSession.typing("date; exec 9>&-; date")
        let action = try #require(analysis.actions.first { $0.action == .guardEscape })
        #expect(action.shown == "guard.escape verb=move a descriptor of the shell")
        #expect(action.range.bytes == 11..<15)
    }
}
