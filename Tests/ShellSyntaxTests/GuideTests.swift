import ShellSyntax
import Testing

/// The code of the DocC catalog, line for line: what a reader copies must compile and do what the
/// guide says.
@Suite struct `the guide` {
    @Test func `reads a first text`() {
        var names: [ShellText?] = []
        func read() {
            let text = Array("cd /srv && make\necho done".utf8)
            let program = Program(text, dialect: .bash)

            guard program.status == .accepted else { return }
            for list in program.commands {
                for item in list.items {
                    guard case .simple(let command) = item.andOr.first.commands[0] else { continue }
                    names.append(command.words.first?.literal)
                }
            }
        }
        read()
        #expect(names == ["cd", "echo"])
    }

    @Test func `says what is wrong`() {
        let text = Array("echo a)".utf8)
        let program = Program(text, dialect: .bash)
        let report = SyntaxReport(name: "deploy.sh", text: text).lines(for: program)
        #expect(Guide.pages.contains { $0.blocks("text").contains(report) })
    }

    @Test func `prints`() {
        let program = Program("if a;then b   >c # why\nfi".utf8, dialect: .bash)
        let printed = ShellPrinter.text(of: program)
        #expect(printed == "if a; then b > c\nfi")
    }

    @Test func `pulls commands`() {
        var commands: [CommandList] = []
        var errors: [SyntaxError] = []
        var parser = Parser("shopt -s extglob\necho @(a|b)".utf8, dialect: .bash)
        var settings = ShellSettings(.bash)

        reading: while true {
            switch parser.next(options: settings.options, aliases: settings.aliases) {
            case .command(let list):
                settings.follow(list)
                commands.append(list)
            case .error(let error):
                errors.append(error)
            case .incomplete, .end:
                break reading
            }
        }
        #expect(commands.count == 2 && errors.isEmpty)
    }

    @Test func `sets options and aliases`() {
        var options = ShellOptions(.bash)
        options.extendedGlob = true
        var aliases = AliasTable()
        aliases["ll"] = "ls -l"
        options.expandsAliases = true
        var parser = Parser("ll @(a|b)".utf8, dialect: .bash)
        guard case .command(let list) = parser.next(options: options, aliases: aliases) else {
            Issue.record("not read")
            return
        }
        #expect(ShellPrinter.text(of: list) == "ls -l @(a|b)")
    }

    @Test func `chooses a dialect`() {
        let has = [
            Dialect.bash.has(.arrays),
            Dialect.posix.has(.arrays),
            Dialect.posix.has(.anyFunctionBody),
        ]
        #expect(has == [true, false, true])
        let bash = Program("a &> b".utf8, dialect: .bash)
        let posix = Program("a &> b".utf8, dialect: .posix)
        #expect(bash.commands.first?.items.count == 1 && posix.commands.first?.items.count == 2)
    }

    @Test func `asks for a version of bash`() {
        let feature = BashFeature.keyExpandedOnce
        let isSafe = [
            BashVersion(5, 2).has(feature),
            BashVersion(5, 2).has(feature, compatibility: BashVersion(5, 1)),
            BashVersion(4, 4).has(feature),
        ]
        #expect(isSafe == [true, false, false])
    }

    @Test func `asks what is open`() {
        let program = Program("if a; then echo \"$(b".utf8, dialect: .bash, isFinal: false)
        let open = program.incomplete?.open.map(\.kind)
        #expect(open == [.compoundCommand("if"), .doubleQuote, .commandSubstitution])
    }

    @Test func `sets limits`() {
        var limits = ParserLimits()
        limits.nesting = 3
        let program = Program("( ( ( ( a ) ) ) )".utf8, dialect: .bash, limits: limits)
        #expect(program.errors.map(\.kind) == [.limit(.nesting, maximum: 3)])
        let first = ParserLimits()
        #expect(first.inputBytes == 16 << 20 && first.nesting == 100 && first.nodes == 4 << 20)
        #expect(first.aliasBytes == 4 << 20 && first.rereadBytes == 1 << 16)
        #expect(first.hereDocumentNesting == 10)
        #expect(first.errors == 16)
    }

    @Test func `finds arithmetic that cannot be read`() {
        var found: SyntaxError?
        func find(_ word: Word) {
            guard case .arithmetic(let expansion) = word.parts.first,
                case .error(let error) = expansion.arithmetic.reading
            else { return }
            found = error
        }
        var words = Words()
        words.visit(.accepted("echo $((1+))"))
        words.all.forEach(find)
        #expect(found?.description == "unexpected end of the text, expected an operand")
    }

    @Test func `walks`() {
        var evals = Evals()
        evals.visit(Program("a | { b $(eval c); }".utf8, dialect: .bash))
        #expect(evals.places == [SourceRange(10, 16)])
        var loops = LoopDepth()
        loops.visit(.accepted("for a; do for b; do c; done; done; f() { for d; do e; done; }"))
        #expect(loops.deepest == 2)
    }
}

struct Evals: SyntaxVisitor {
    var places: [SourceRange] = []

    mutating func visit(_ command: SimpleCommand) {
        if command.words.first?.literal == "eval" { places.append(command.range) }
        visitChildren(of: command)
    }
}

struct LoopDepth: SyntaxVisitor {
    var depth = 0
    var deepest = 0

    mutating func visit(_ loop: ForLoop) {
        depth += 1
        deepest = max(deepest, depth)
        visitChildren(of: loop)
        depth -= 1
    }

    /// A function's body runs where it is called.
    mutating func visit(_ definition: FunctionDefinition) {}
}

private struct Words: SyntaxVisitor {
    var all: [Word] = []

    mutating func visit(_ word: Word) { all.append(word) }
}
