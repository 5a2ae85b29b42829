import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import Testing

@Suite struct `a knowledge file` {
    @Test func `says how arguments are read and what they do`() throws {
        let base = try KnowledgeSamples.read(
            """
            programs:
              cp:
                options:
                  - -r -R --recursive = recursive
                  - -t --target-directory WRITEINTO = into
                  - --preserve [TEXT]
                usage:
                  - {if: into, operands: READ...}
                  - {operands: READ... WRITE}
            """
        )
        let recursive = KnownOption(
            spellings: ["-r", "-R", "--recursive"],
            value: .none,
            match: nil,
            tags: [Tag("recursive")]
        )
        let into = KnownOption(
            spellings: ["-t", "--target-directory"],
            value: .required(.writeInto),
            match: nil,
            tags: [Tag("into")]
        )
        let preserve = KnownOption(
            spellings: ["--preserve"],
            value: .optional(.text),
            match: nil,
            tags: []
        )
        let program = try #require(base.programs["cp"])
        #expect(program.style == .gnu)
        #expect(program.options == [recursive, into, preserve])
        #expect(program.usages.map(\.conditions) == [[.tag(Tag("into"))], []])
        #expect(
            program.usages.map(\.operands) == [
                OperandPattern(leading: [], repeated: .read, trailing: []),
                OperandPattern(leading: [], repeated: .read, trailing: [.write]),
            ]
        )
        #expect(program.commands == [] && program.reader == nil)
    }

    @Test func `that says nothing of a usage has one that does nothing`() throws {
        let usage = Usage(
            conditions: [],
            operands: .none,
            effects: [],
            input: .ignored,
            runs: .same,
            output: .unknown(.text)
        )
        #expect(try KnowledgeSamples.program("options: [-a]")?.usages == [usage])
        #expect(try KnowledgeSamples.program("commands: {x: {}}")?.usages == [usage])
        #expect(try KnowledgeSamples.program("operands: READ")?.usages != [usage])
    }

    @Test func `defines a program under several names, by base name or path`() throws {
        let base = try KnowledgeSamples.read(
            "programs: {grep egrep: {}, /opt/x/grep: {note: ours}, '[': {}}"
        )
        #expect(Set(base.programs.keys) == ["grep", "egrep", "/opt/x/grep", "["])
    }

    @Test(arguments: ["bin/x", "/opt//x", "/opt/../x", "..", "a*", "-x", "é", "/"])
    func `is refused for a program without a name`(_ name: String) {
        #expect(
            KnowledgeSamples.findings("programs: {\"\(name)\": {}}") == [
                "a.yaml:1: `programs`: expected the base name or the absolute path of a program, "
                    + "found `\(name)`"
            ]
        )
    }

    @Test func `is refused where a program is defined elsewhere too`() {
        #expect(
            KnowledgeSamples.findings(
                "programs:\n  a: {}\n  x y: {}",
                "programs: {y: {}, /bin/y: {}, z z: {}}"
            ) == [
                "b.yaml:1: duplicate program `y`, first at a.yaml:3",
                "b.yaml:1: duplicate program `z`, first at b.yaml:1",
            ]
        )
    }

    @Test(arguments: ["", "knowledge: 2", "knowledge: \"1\"", "knowledge: []"])
    func `is refused for any version but the one that there is`(_ text: String) {
        let file = SourceFile(name: "f", bytes: Array((text + "\nprograms: {}\n").utf8))
        #expect(throws: RefusedFiles.self) { try KnowledgeBase.read([file]) }
    }

    @Test func `is refused for keys that it cannot have, with what was meant`() {
        #expect(
            KnowledgeSamples.findings(
                "programs:\n  p:\n    optoins: []\n    style: gno\n    reader: fnd\nprogrammes: {}"
            ) == [
                "a.yaml:3: unknown key `optoins`, expected one of `always`, `commands`, `does`, `like`, `note`, "
                    + "`operands`, `options`, `prints`, `reader`, `runs`, `stdin`, `style`, `usage`; "
                    + "did you mean `options`?",
                "a.yaml:4: `style`: expected one of `gnu`, `posix`, `plain`, `dash`, `dash-anywhere`, "
                    + "`none`, found `gno`; did you mean `gnu`?",
                "a.yaml:5: `reader`: expected one of `find`, `xargs`, `parallel`, `env`, `sudo`, `dd`, "
                    + "`tar`, `sed`, `git`, `curl`, `test`, `ps`, `ip`, `socat`, `sql`, `bpftrace`, `nginx`, found `fnd`; "
                    + "did you mean `find`?",
                "a.yaml:6: unknown key `programmes`, expected one of `directories`, `knowledge`, "
                    + "`paths`, `programs`, `shared`, `variables`; did you mean `programs`?",
            ]
        )
    }

    @Test func `brings nothing where nothing is in it`() throws {
        #expect(
            try KnowledgeBase.read([]).value
                == KnowledgeBase(programs: [:], paths: [:], variables: [], programDirectories: [])
        )
    }
}
