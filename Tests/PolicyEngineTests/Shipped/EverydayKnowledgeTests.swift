import CommandAnalysis
import ShellSyntax
import Testing

@testable import PolicyEngine

// What people do every day, and its nearest neighbour that is something else.

extension `the knowledge that is shipped` {
    @Test(arguments: everydayLines)
    func `tells a working tree, a count and a variable from what they look like`(
        _ line: String,
        _ expected: [String]
    ) throws {
        let base = try #require(Self.base)
        let request = AnalysisRequest(login: "deploy", input: .nothing)
        let analysis = Interpreter.analyze(Array(line.utf8), for: request, with: base)
        #expect(analysis.failure == nil)
        #expect(Set(analysis.actions.map(\.shown)) == Set(expected))
    }

    /// In pairs.
    private static let everydayLines: [(String, [String])] = [
        // the directory in which a line starts
        ("chmod -R g+w .", ["file.permission . recursive mode=g+w"]),
        (
            "find . -name '*.o' -delete",
            [
                "file.read .", "file.delete ./*.o", "file.delete ./…/*.o", "file.delete ./.o",
            ]
        ),
        // programs under new names
        ("cp a /usr/bin/frobctl", ["file.read ./a", "file.write /usr/bin/frobctl"]),
        (
            "cp a /usr/bin/ls",
            ["file.read ./a", "file.write /usr/bin/ls", "guard.escape /usr/bin/ls"]
        ),
        // entries that are taken away
        (
            "rm /etc/cron.d/a",
            ["file.delete /etc/cron.d/a", "guard.escape /etc/cron.d/a verb=remove"]
        ),
        // scripts that are read only
        ("bash -n a.sh", ["file.read ./a.sh"]),
        ("bash -n +n a.sh", ["file.read ./a.sh", "code.run ./a.sh"]),
        // variables that name a program
        ("EDITOR=true git log", ["repository.read verb=log"]),
        ("PAGER='reboot #' git log", ["host.power verb=reboot", "repository.read verb=log"]),
        ("PAGER='less -S' git log", ["repository.read verb=log", "file.read ./__added_operand__"]),
        // arithmetic
        ("echo $(( $(wc -l < f) + 1 ))", ["file.read ./f", "system.read"]),
        (
            "echo $(( $(cat f) + 1 ))",
            [
                "file.read ./f", "system.read",
                "command.dynamic verb=compute with data that is not known",
            ]
        ),
        // what a shell may read
        (". /etc/os-release", ["file.read /etc/os-release"]),
        (". ./env.sh", ["file.read ./env.sh", "code.run language=shell ./env.sh"]),
        // patches and archives
        ("patch -p1 < f", ["file.read ./f", "file.write . recursive verb=patch"]),
        // one command for each argument
        ("parallel rm ::: a b", ["file.delete ./a", "file.delete ./b"]),
        ("parallel rm a ::: b", ["file.delete ./a", "file.delete ./b"]),
        // the host of a remote shell
        (
            "rsync -e 'ssh -p 22' a h:b",
            [
                "network.connect host=h port=22", "file.read ./a recursive",
                "network.connect host=h",
                "file.write ./b recursive", "file.write ./b/a recursive",
            ]
        ),
    ]
}
