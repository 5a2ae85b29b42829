import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `a usage in a knowledge file` {
    private static func pattern(
        _ leading: [ValueType],
        _ repeated: ValueType? = nil,
        _ trailing: [ValueType] = []
    ) -> OperandPattern {
        OperandPattern(leading: leading, repeated: repeated, trailing: trailing)
    }

    @Test(arguments: [
        ("READ", pattern([.read])),
        ("READ...", pattern([], .read)),
        ("MODE PERMISSION...", pattern([.mode], .permission)),
        ("READ... WRITE", pattern([], .read, [.write])),
        ("ASSIGNMENT COMMAND...", pattern([.assignment], .command)),
    ])
    func `has the operands of its text`(_ text: String, _ expected: OperandPattern) throws {
        #expect(try KnowledgeSamples.program("operands: \(text)")?.usages[0].operands == expected)
    }

    @Test(arguments: [
        ("READ READER", "expected a type like `READ`, found `READER`; did you mean `READ`?"),
        ("READ... WRITE...", "expected nothing behind `READ...`, found `WRITE...`"),
        ("COMMAND... READ", "expected nothing behind `COMMAND...`, found `READ`"),
        ("'[READ]'", "expected a type like `READ`, found `[READ]`; did you mean `READ`?"),
        ("''", "expected types like `READ... WRITE`, found an empty text"),
    ])
    func `is refused for operands that cannot be`(_ text: String, _ expected: String) {
        #expect(
            KnowledgeSamples.findings(program: "operands: \(text)") == ["`operands`: " + expected]
        )
    }

    @Test func `has the effects of its text`() throws {
        let program = try KnowledgeSamples.program(
            """
            options: [-f WRITE = file, -n = dry], operands: UNIT...,
            does: [service.control verb=restart all, "file.write path=WRITE if file unless dry",
            "process.signal signal='TERM' unless operands>2 if operand2=a*",
            "file.delete if file=*.o"]
            """
        )
        #expect(
            program?.usages[0].effects == [
                Effect(
                    .serviceControl,
                    attributes: [.init(.verb, .text("restart")), .init(.all, .flag(true))],
                    conditions: []
                ),
                Effect(
                    .fileWrite,
                    attributes: [.init(.path, .values(.write))],
                    conditions: [.tag(Tag("file")), .not(.tag(Tag("dry")))]
                ),
                Effect(
                    .processSignal,
                    attributes: [.init(.signal, .text("TERM"))],
                    conditions: [.not(.operands(atLeast: 3)), .operand(2, matching: "a*")]
                ),
                Effect(
                    .fileDelete,
                    attributes: [],
                    conditions: [.value(of: Tag("file"), matching: "*.o")]
                ),
            ]
        )
    }

    @Test(arguments: [
        (
            "file.reed",
            "expected an action like `file.read`, found `file.reed`; did you mean `file.read`?"
        ),
        (
            "service.control unti=x",
            "expected an attribute of `service.control` (`unit`, `verb`, `all`), found `unti`; did "
                + "you mean `unit`?"
        ),
        (
            "service.control path=x",
            "expected an attribute of `service.control` (`unit`, `verb`, `all`), found `path`"
        ),
        (
            "terminal.interactive all",
            "expected no attribute of `terminal.interactive`, found `all`"
        ),
        ("service.control all=true", "expected the flag `all` without a value"),
        ("service.control verb", "expected `verb=VALUE` or `verb=TYPE`"),
        ("service.control verb=", "expected `verb=VALUE` or `verb=TYPE`"),
        ("service.control verb=a verb=b", "`verb` is given twice"),
        (
            "service.control unit=UNTI",
            "expected a type like `READ`, found `UNTI`; did you mean `UNIT`?"
        ),
        ("service.control if", "expected `if X` or `unless X`, found `if`"),
        ("service.control if operands all", "expected `if X` or `unless X`, found `all`"),
        (
            "service.control if X",
            "expected a tag, `TAG=PATTERN`, `TAG==PATTERN`, `operands`, `operands>N`, "
                + "`operand=PATTERN` or `operandN=PATTERN`, found `X`"
        ),
        (
            "service.control if X=a",
            "expected a tag, `TAG=PATTERN`, `TAG==PATTERN`, `operands`, `operands>N`, "
                + "`operand=PATTERN` or `operandN=PATTERN`, found `X=a`"
        ),
        (
            "service.control if x=",
            "expected a tag, `TAG=PATTERN`, `TAG==PATTERN`, `operands`, `operands>N`, "
                + "`operand=PATTERN` or `operandN=PATTERN`, found `x=`"
        ),
    ])
    func `is refused for effects that cannot be`(_ text: String, _ expected: String) {
        #expect(
            KnowledgeSamples.findings(program: "does: [\"\(text)\"]") == ["`does`: " + expected]
        )
    }

    @Test func `has the effects that its program has always, in subcommands too`() throws {
        let program = try KnowledgeSamples.program(
            """
            options: [-H HOST = remote], always: network.connect host=HOST if remote,
            usage: [{if: remote, does: host.power}, {}],
            commands: {x: {operands: UNIT, does: service.control}, y: {}, z: {like: p x}}
            """
        )
        let connect = Effect(
            .networkConnect,
            attributes: [.init(.host, .values(.host))],
            conditions: [.tag(Tag("remote"))]
        )
        let control = Effect(.serviceControl, attributes: [], conditions: [])
        let power = Effect(.hostPower, attributes: [], conditions: [])
        #expect(program?.usages.map(\.effects) == [[power, connect], [connect]])
        #expect(
            program?.commands.map { $0.knowledge.usages[0].effects } == [
                [control, connect], [connect], [control, connect],
            ]
        )
        #expect(
            KnowledgeSamples.findings(program: "always: network.connect host=HOST if remote") == [
                "no operand or option of the program is a `HOST`",
                "no option of the program has the tag `remote`",
            ]
        )
    }

    @Test func `is refused where a condition speaks of a tag that no option has`() {
        #expect(
            KnowledgeSamples.findings(
                """
                programs:
                  p:
                    options: [-r = recursive, -n = dry]
                    does: file.read if recursiv
                    usage:
                      - if: dyr
                        operands: READ
                      - does: [file.read if dry, file.read if operands]
                  q:
                    options: [-r = outer]
                    commands:
                      x: {options: [-n = inner], does: file.read if outer unless inner}
                      y: {does: file.read if outer unless inner}
                """
            ) == [
                "a.yaml:4: no option of the program has the tag `recursiv`; did you mean `recursive`?",
                "a.yaml:6: no option of the program has the tag `dyr`; did you mean `dry`?",
                "a.yaml:13: no option of the program has the tag `inner`",
            ]
        )
    }

    @Test func `is refused where an effect speaks of a type that nothing has`() {
        #expect(
            KnowledgeSamples.findings(
                """
                programs:
                  p:
                    options: [-o WRITE]
                    usage:
                      - {if: operands, operands: READ, does: file.read path=READ}
                      - {does: [file.write path=WRITE, file.read path=READ]}
                  q:
                    does: service.control unit=UNIT
                    options: [-H HOST]
                    usage: [{if: operands, operands: UNIT}, {}]
                    commands: {x: {does: network.connect host=HOST}, y: {does: host.power}}
                  r: {does: service.control unit=UNIT}
                """
            ) == [
                "a.yaml:6: no operand or option of the program is a `READ`",
                "a.yaml:12: no operand or option of the program is a `UNIT`",
            ]
        )
    }

    @Test func `that has no condition is the last, and the last has none`() {
        #expect(
            KnowledgeSamples.findings(
                """
                programs:
                  p:
                    usage:
                      - {operands: READ}
                      - {if: operands}
                  q: {usage: [{unless: operands}, {}]}
                  r: {usage: []}
                  s: {usage: [{if: []}, {}]}
                """
            ) == [
                "a.yaml:4: `usage`: no usage behind this one is reached, it has neither `if` nor "
                    + "`unless`",
                "a.yaml:5: `usage`: expected the last usage to have neither `if` nor `unless`",
                "a.yaml:7: `usage`: expected at least one usage",
                "a.yaml:8: `if`: expected at least one item",
            ]
        )
    }

    @Test func `has what its program says where it says nothing itself`() throws {
        let program = try KnowledgeSamples.program(
            """
            options: [-a = a], operands: READ, does: file.read, stdin: data, runs: as root,
            prints: digits, usage: [{if: a, operands: WRITE, stdin: code}, {does: [host.power]}]
            """
        )
        let usages = try #require(program?.usages)
        #expect(usages.map(\.operands) == [Self.pattern([.write]), Self.pattern([.read])])
        #expect(usages.map { $0.effects.map(\.action) } == [[.fileRead], [.hostPower]])
        #expect(usages.map(\.input) == [.code(nil), .data])
        #expect(usages.allSatisfy { $0.runs.identity == .root && $0.output == .unknown(.digits) })
    }

    @Test(arguments: [
        ("ignored", InputUse.ignored), ("data", .data),
        ("data without files", .dataWithoutFiles), ("files", .files), ("code", .code(nil)),
        ("code SQL", .code(.sql)),
        ("code without script", .codeWithoutScript(nil)),
        ("code PERL without script", .codeWithoutScript(.perl)), ("operands", .operands),
        ("console", .console(nil)), ("console SQL", .console(.sql)),
        ("console SQL without script", .consoleWithoutScript(.sql)),
    ])
    func `does with its input what its text says`(_ text: String, _ expected: InputUse) throws {
        #expect(try KnowledgeSamples.program("stdin: \(text)")?.usages[0].input == expected)
    }

    @Test(arguments: [
        "data SQL", "code READ", "code SQL with script", "data without", "Code", "console READ",
    ])
    func `is refused for another input`(_ text: String) {
        let findings = KnowledgeSamples.findings(program: "stdin: \(text)")
        #expect(findings.count == 1 && findings[0].hasPrefix("`stdin`: expected "))
    }

    @Test(arguments: [
        ("as root", RunContext(identity: .root, location: .same, addsOperands: false)),
        (
            "as ACCOUNT with operands",
            RunContext(identity: .value(.account), location: .same, addsOperands: true)
        ),
        (
            "in pod NAME",
            RunContext(identity: .same, location: .within(.pod, .name), addsOperands: false)
        ),
    ])
    func `runs in the circumstances of its text`(_ text: String, _ expected: RunContext) throws {
        #expect(try KnowledgeSamples.program("runs: \(text)")?.usages[0].runs == expected)
    }

    @Test(arguments: [
        "as", "as root as root", "in pod", "in pods NAME", "in pod name", "with", "root",
    ])
    func `is refused for other circumstances`(_ text: String) {
        let findings = KnowledgeSamples.findings(program: "runs: \(text)")
        #expect(findings.count == 1 && findings[0].hasPrefix("`runs`: expected "))
    }

    @Test(arguments: [
        ("text", OutputShape.unknown(.text)), ("digits", .unknown(.digits)),
        ("name", .unknown(.name)), ("names", .names), ("relative paths", .unknown(.relativePath)),
        ("nothing", .nothing), ("paths", .belowOperands), ("below /tmp", .below("/tmp")),
    ])
    func `prints what its text says`(_ text: String, _ expected: OutputShape) throws {
        #expect(try KnowledgeSamples.program("prints: \(text)")?.usages[0].output == expected)
    }

    @Test(arguments: ["below", "below tmp", "below /a/../b", "relative", "file names"])
    func `is refused for another output`(_ text: String) {
        let findings = KnowledgeSamples.findings(program: "prints: \(text)")
        #expect(findings.count == 1 && findings[0].hasPrefix("`prints`: expected "))
    }
}
