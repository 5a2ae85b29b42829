import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

/// What one line leaves behind for the next.
@Suite struct `lines in a guarded shell` {
    /// Lines, and what the last of them changes.
    static let sequences: [(lines: [String], changes: Set<String>)] = [
        (["cd /srv", "rm x"], ["file.delete /srv/x"]),
        (["cd /srv; cd app", "rm x"], ["file.delete /srv/app/x /srv/x"]),
        (["cd /srv", "cd /tmp", "cd -", "rm x"], ["file.delete /srv/x"]),
        (["pushd /srv", "pushd /tmp", "popd", "rm x"], ["file.delete /srv/x"]),
        (["( cd /srv )", "rm x"], ["file.delete ./x"]),
        (["CDPATH=/srv", "cd app", "rm x"], ["file.delete …/x ./x"]),
        (["alias d='rm'", "d x"], ["file.delete ./x"]),
        (["alias d='rm'", "\\d x", "unalias d", "d x"], ["program.unknown"]),
        (["alias s='env '", "alias d=rm", "s d x"], ["file.delete ./x"]),
        (["d() { rm \"$1\"; }", "d x"], ["file.delete ./x"]),
        (["d() { rm \"$1\"; }", "d() { touch \"$1\"; }", "d x"], ["file.write ./x"]),
        (["d() { rm \"$1\"; }", "unset -f d", "d x"], ["program.unknown"]),
        (["d() { rm $x; }", "x=y", "d"], ["file.delete ./y"]),
        (["x=y", "rm $x"], ["file.delete ./y"]),
        (["x=y", "( x=z )", "rm $x"], ["file.delete ./y"]),
        (["x='y z'", "IFS=:", "rm $x"], ["file.delete ./y z"]),
        (["set -- y z", "shift", "rm \"$@\""], ["file.delete ./z"]),
        (["a=(x y)", "rm ${a[1]}"], ["file.delete ./y"]),
        (["set -f", "rm *"], ["file.delete ./*"]),
        (["set +B", "rm {x,y}"], ["file.delete ./{x,y}"]),
        (["ln -s /etc e", "rm e/x"], ["file.delete /etc/x ./e/x"]),
        (["cp /usr/bin/rm ./d", "./d x"], ["possibly code.run ./d"]),
        (["export PAGER=cat", "git log"], ["repository.read verb=log"]),
        // A line that is interrupted, or that ends by itself.
        (["x=y; sleep 9; x=z", "rm $x"], ["file.delete ./y", "file.delete ./z"]),
        (["x=y; sleep 9 | cat; x=z", "rm $x"], ["file.delete ./y", "file.delete ./z"]),
        (["x=y; (sleep 9); x=z", "rm $x"], ["file.delete ./y", "file.delete ./z"]),
        (["x=y; : ${nope:?}; x=z", "rm $x"], ["file.delete ./y", "file.delete ./z"]),
        (["x=y; v=$(sleep 9); x=z", "rm $x"], ["file.delete ./y", "file.delete ./z"]),
        (["x=y; read v; x=z", "rm $x"], ["file.delete ./y", "file.delete ./z"]),
        (
            ["x=y; f() { local x=v; sleep 9; }; f; x=z", "rm $x"],
            ["file.delete ./y", "file.delete ./z"]
        ),
        (["x=y; export x=z; x=v", "rm $x"], ["file.delete ./v"]),
        (["cd /srv; ls; echo done", "rm x"], ["file.delete /srv/x"]),
        (["cd /srv && sleep 9", "x=y", "rm $x"], ["file.delete /srv/y"]),
        (["exit_soon() { return; }", "exit_soon", "x=y", "rm $(echo $x)"], ["file.delete ./y"]),
    ]

    @Test(arguments: sequences)
    func `find what those before left behind`(_ sequence: (lines: [String], changes: Set<String>)) {
        var session = GuardedSession()
        for line in sequence.lines {
            let analysis = session.type(line)
            #expect(analysis.failure == nil)
            #expect(analysis.dangers == [])
        }
        #expect(session.last?.changes == sequence.changes)
    }

    @Test func `show what an earlier function does where it is called`() throws {
        let analysis = GuardedSession.typing("x=1; d() { rm \"$1\"; }; x=2", "date; d x")
        let action = try #require(analysis.actions.first { $0.action == .fileDelete })
        #expect(action.range.bytes == 6..<9)
    }

    @Test func `tell functions of one name apart that different lines define`() {
        let analysis = GuardedSession.typing(
            "d() { rm x; }",
            "[ -e y ] && d() { rm z; }",
            "d"
        )
        #expect(analysis.changes == ["file.delete ./x", "file.delete ./z"])
    }

    @Test func `do not find the last word of the one before`() {
        let analysis = GuardedSession.typing("echo /etc/passwd", "rm \"$_\"")
        #expect(analysis.changes.contains { $0.contains("file.delete …") })
    }

    @Test func `are commands that nobody knows behind a file that nobody knows`() {
        var session = GuardedSession()
        #expect(session.type(". ./env.sh").actions.contains { $0.action == .codeRun })
        #expect(session.type("date").actions.contains { $0.action == .commandDynamic })
    }

    @Test func `expand aliases, and those of another shell do not`() {
        #expect(
            GuardedSession.typing("alias date='rm x'", "date").changes == ["file.delete ./x"]
        )
        #expect(GuardedSession.typing("alias date='rm x'", "bash -c date").changes == [])
    }

    @Test func `read what is typed from the terminal, whatever else is said of the input`() {
        let analysis = Interpreter.analyze(
            Array("bash".utf8),
            for: AnalysisRequest(input: .nothing, profile: .guarded),
            with: Shipped.knowledge
        )
        #expect(analysis.actions.map(\.action) == [.terminalInteractive])
    }
}
