import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `what surrounds programs in a knowledge file` {
    @Test func `is paths, variables and directories of all files`() throws {
        let base = try KnowledgeSamples.read(
            """
            directories: [/bin]
            paths: {secret: [/etc/shadow, "~*/.ssh/id_*"]}
            variables: [{name: LD_PRELOAD, value: LIBRARY}]
            """,
            """
            directories: [/usr/bin]
            paths: {secret: [/etc/gshadow], guard: ["/etc/sudoers.d/**"]}
            variables: [{name: GIT_*, value: SHELL, programs: [git, /opt/git]}]
            """
        )
        #expect(base.programDirectories.count == 2)
        #expect(base.paths[.secret]?.count == 3)
        #expect(
            base.paths[.guard] == [
                try PathPattern(
                    root: .root,
                    components: [.one("etc"), .one("sudoers.d"), .any]
                )
            ]
        )
        #expect(
            base.paths[.secret]?[1]
                == (try PathPattern(
                    root: .anyHome,
                    components: [
                        .one(".ssh"), .one(AbstractText([.text("id_"), .wildcard(.anyText)])),
                    ]
                ))
        )
        #expect(
            base.variables == [
                VariablePattern(name: "LD_PRELOAD", value: .library, programs: nil),
                VariablePattern(name: "GIT_*", value: .shell, programs: ["git", "/opt/git"]),
            ]
        )
    }

    @Test(arguments: [
        "etc/x", "/etc//x", "/etc/../x", "/etc/./x", "/a**", "/etc/", "~x/y", "/[a",
    ])
    func `is refused for a path that is none`(_ text: String) {
        let findings = KnowledgeSamples.findings("paths: {secret: [\"\(text)\"]}")
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix("a.yaml:1: `secret`: expected ") == true)
    }

    @Test(arguments: ["/", "/etc/x", "~/x", "~*/.ssh", "./x", "/**/x", "/dev/sd[a-z]*"])
    func `is accepted with a path that is one`(_ text: String) {
        #expect(KnowledgeSamples.findings("paths: {secret: [\"\(text)\"]}") == [])
    }

    @Test func `is refused where one path or variable is said twice`() {
        #expect(
            KnowledgeSamples.findings(
                """
                directories: [/bin]
                paths: {secret: [/etc/x, /etc/y], guard: ["/etc/x*", /etc/z], nothing: [/etc/n]}
                variables: [{name: A, value: TEXT}, {name: B, value: TEXT, programs: git}]
                """,
                """
                directories: [/bin, /sbin]
                paths: {device: [/etc/x, /etc/z], ordinary: [/etc/y], secret: [/etc/n, /etc/z]}
                variables:
                  - {name: A, value: SHELL}
                  - {name: B, value: SHELL, programs: [tar, git]}
                  - {name: B, value: SHELL}
                """
            ) == [
                "b.yaml:1: duplicate directory `/bin`, first at a.yaml:1",
                "b.yaml:2: duplicate path `/etc/z`, first at a.yaml:2",
                "b.yaml:2: duplicate path `/etc/y`, first at a.yaml:2",
                "b.yaml:2: duplicate path `/etc/n`, first at a.yaml:2",
                "b.yaml:4: duplicate variable `A`, first at a.yaml:3",
                "b.yaml:5: duplicate variable `B` of `git`, first at a.yaml:3",
            ]
        )
    }

    @Test func `is refused for variables and classes that cannot be`() {
        #expect(
            KnowledgeSamples.findings(
                """
                paths: {secrets: []}
                variables:
                  - {name: A=B, value: TEXT}
                  - {name: A, value: READ}
                  - {name: A}
                  - {name: B, value: TEXT, programs: []}
                """
            ) == [
                "a.yaml:1: unknown key `secrets`, expected one of `audit`, `build`, `device`, `guard`, "
                    + "`kernel`, `nothing`, `number`, `ordinary`, `power`, `schedule`, `secret`, "
                    + "`settings`; did you mean `secret`?",
                "a.yaml:3: `name`: expected the name of a variable, perhaps with `*`, found `A=B`",
                "a.yaml:4: `value`: expected one of `TEXT`, `SHELL`, `WORDS`, `PROGRAM`, `LIBRARY`, "
                    + "`SCRIPT`, `CODE`, `WRITE`, `WRITEINTO`, found `READ`",
                "a.yaml:5: `variables`: the key `value` is missing",
                "a.yaml:6: `programs`: expected at least one item",
            ]
        )
    }
}
