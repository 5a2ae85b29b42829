import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `an option in a knowledge file` {
    private static func option(
        _ spellings: [ShellText],
        _ value: KnownOption.Value = .none,
        _ match: KnownOption.Match? = nil,
        _ tags: [String] = []
    ) -> KnownOption {
        KnownOption(
            spellings: spellings,
            value: value,
            match: match,
            tags: tags.map { Tag(ShellText($0)) }
        )
    }

    @Test(arguments: [
        ("-v --verbose", option(["-v", "--verbose"])),
        ("-o --output WRITE", option(["-o", "--output"], .required(.write))),
        ("--color [TEXT]", option(["--color"], .optional(.text))),
        ("--arg NAME TEXT", option(["--arg"], .several([.name, .text]))),
        ("-x COMMAND...", option(["-x"], .rest(.command))),
        ("-r = recursive all", option(["-r"], .none, nil, ["recursive", "all"])),
        ("-i [TEXT] = in-place", option(["-i"], .optional(.text), nil, ["in-place"])),
        ("-delete", option(["-delete"])),
        ("+x", option(["+x"])),
        ("--[no-]verify", option(["--verify", "--no-verify"])),
        ("-SIGNAL", option(["-"], .required(.signal))),
        ("+EDITOR", option(["+"], .required(.editor))),
        ("-FS", option(["-FS"])),
        ("-o ProxyCommand=SHELL", option(["-o"], .required(.shell), .prefix("ProxyCommand="))),
        ("--net host", option(["--net"], .required(.text), .whole("host"))),
        ("--dry-run [none]", option(["--dry-run"], .optional(.text), .whole("none"))),
        ("--mode 'READ'", option(["--mode"], .required(.text), .whole("READ"))),
        ("-[", option(["-["])),
    ])
    func `is what its text says`(_ text: String, _ expected: KnownOption) throws {
        let program = try KnowledgeSamples.program("options: [\"\(text)\"]")
        #expect(program?.options == [expected])
    }

    @Test func `is one for each text that its value begins with`() throws {
        let program = try KnowledgeSamples.program(
            "options: [\"-o Port=PORT User=TEXT none = x\", \"-o CODE\"]"
        )
        #expect(
            program?.options == [
                Self.option(["-o"], .required(.port), .prefix("Port="), ["x"]),
                Self.option(["-o"], .required(.text), .prefix("User="), ["x"]),
                Self.option(["-o"], .required(.text), .whole("none"), ["x"]),
                Self.option(["-o"], .required(.code)),
            ]
        )
    }

    @Test(arguments: [
        ("o", "expected an option like `-o --output WRITE = tag`, found `o`"),
        ("", "expected an option like `-o --output WRITE = tag`, found an empty text"),
        ("-", "expected a spelling like `-o` or `--output`, found `-`"),
        ("--", "expected a spelling like `-o` or `--output`, found `--`"),
        ("--a=b", "expected a spelling like `-o` or `--output`, found `--a=b`"),
        ("-a --ou[t]", "expected a spelling like `-o` or `--output`, found `--ou[t]`"),
        ("-é", "expected a spelling like `-o` or `--output`, found `-é`"),
        ("-o REED", "expected a type like `READ`, found `REED`; did you mean `READ`?"),
        ("-o a[b", "expected a type like `READ` or a text, found `a[b`"),
        ("-o x=REED", "expected a type like `READ`, found `REED`; did you mean `READ`?"),
        ("-o FOO...", "expected a type like `READ`, found `FOO`"),
        ("-o [NAME TEXT]", "expected one value in brackets, found 2"),
        ("-o TEXT none", "expected either types or texts that a value begins with, found both"),
        ("-SIGNAL TEXT", "expected no value beside `-SIGNAL`, the name is one"),
        ("-a =", "expected a tag behind `=`, found nothing"),
        ("-a = B", "expected a tag (`[a-z][a-z0-9-]*`), found `B`"),
        ("-a = b = c", "expected a tag (`[a-z][a-z0-9-]*`), found `=`"),
        (
            "--[no-]a = b",
            "a tag cannot be given to an option and its opposite, list them apart"
        ),
        ("use x", "expected a list under `shared`, found `x`"),
    ])
    func `is refused where its text says nothing`(_ text: String, _ expected: String) {
        #expect(
            KnowledgeSamples.findings(program: "options: [\"\(text)\"]")
                == ["`options`: " + expected]
        )
    }

    @Test func `is refused where its spelling is another option's`() {
        #expect(
            KnowledgeSamples.findings(
                """
                programs:
                  p:
                    options:
                      - -a --all
                      - -b
                      - -c -a
                      - --opt none
                      - --opt NONE
                      - --opt
                      - --opt none=TEXT
                      - -b TEXT
                """
            ) == [
                "a.yaml:6: duplicate option `-a`, first at line 4",
                "a.yaml:8: `options`: expected a type like `READ`, found `NONE`; did you mean "
                    + "`NODE`?",
                "a.yaml:11: duplicate option `-b`, first at line 5",
            ]
        )
        #expect(
            KnowledgeSamples.findings(program: "options: [-a x, -a X, -b x, -b 'x=TEXT', -b]") == [
                "duplicate option `-a` with the value `x`, first at line 1"
            ]
        )
        #expect(
            KnowledgeSamples.findings(program: "options: [-a], commands: {x: {options: [-a]}}")
                == []
        )
    }

    @Test func `comes from a list that is shared within its file`() throws {
        let text = """
            shared:
              pretty: [-a --all, -b TEXT]
            programs:
              p: {options: [use pretty, -c]}
            """
        let program = try KnowledgeSamples.read(text).programs["p"]
        #expect(program?.options.flatMap(\.spellings) == ["-a", "--all", "-b", "-c"])
        #expect(
            KnowledgeSamples.findings(text, "programs: {q: {options: [use pretty, use c]}}") == [
                "b.yaml:1: `options`: expected a list under `shared`, found `pretty`",
                "b.yaml:1: `options`: expected a list under `shared`, found `c`",
            ]
        )
        #expect(
            KnowledgeSamples.findings(
                "shared:\n  pretty: [-a]\nprograms: {p: {options: [use prety, -a, use pretty]}}"
            ) == [
                "a.yaml:3: `options`: expected a list under `shared`, found `prety`; did you mean "
                    + "`pretty`?",
                "a.yaml:3: duplicate option `-a`, first at line 3",
            ]
        )
        #expect(
            KnowledgeSamples.findings("shared: {A: [], b: [use c]}") == [
                "a.yaml:1: `shared`: expected a name (`[a-z][a-z0-9-]*`), found `A`",
                "a.yaml:1: `b`: expected a list under `shared`, found `c`",
            ]
        )
    }

    @Test func `has no place where nothing is an option`() {
        #expect(
            KnowledgeSamples.findings(program: "style: none, options: [-a]")
                == ["the style `none` has no options"]
        )
        #expect(KnowledgeSamples.findings(program: "style: none, operands: READ") == [])
    }
}
