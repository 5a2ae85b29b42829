import ShellSyntax
import Testing

@Suite struct `a tree` {
    @Test func `is compared in time that does not double with each level`() {
        let depth = 90
        let text =
            String(repeating: "$((", count: depth) + "1" + String(repeating: "))", count: depth)

        #expect(Program.accepted(text) == Program.accepted(text))
        #expect(Program.accepted(text) != Program.accepted(text.replacing("1", with: "2")))
        #expect(Program.accepted(text).hashValue == Program.accepted(text).hashValue)
    }

    @Test func `knows the line that ends a here-document`() {
        #expect(document("cat <<\"a b\"\n")?.terminator == "a b")
        #expect(document("cat <<E\\O'F'\n")?.terminator == "EOF")
        #expect(document("cat <<$'a'\n")?.terminator == "a")
        #expect(document("cat <<$'a'\n", .posix)?.terminator == "$a")
    }

    @Test func `has the delimiter of a here-document as it is written`() {
        let text = "cat <<\"$(a) \\\" b\"\n"

        #expect(document(text)?.terminator == "$(a) \" b")
        #expect(
            TreeOutline.text(of: .accepted(text), lines: nil).contains("text=`$(a) \\\" b`")
        )
    }

    @Test func `has no tabs of a here-document, before or behind a line continuation`() {
        #expect(document("cat <<-E\n\t\\\n\ta\n\tE\n")?.body.text == "a\n")
        #expect(document("cat <<-E\na\\\n\tb\n\tE\n")?.body.text == "a\tb\n")
    }

    /// The places of nodes end where they do, whatever blanks stand behind.
    @Test(arguments: [
        ("{ a; } 3<h ; b", "CompoundCommand 1:1-1:11"),
        ("f() { a; } >b  2>c\n", "FunctionDefinition 1:1-1:19"),
        ("(( \"a\" ))", "ArithmeticExpression 1:4-1:7"),
        ("echo $(( $a + b ))", "ArithmeticExpression 1:10-1:12"),
    ])
    func `leaves blanks behind a node out of its place`(_ text: String, _ place: String) {
        let outline = TreeOutline.text(of: .accepted(text), lines: LineTable(text.utf8))

        #expect(outline.contains(place), "\(outline)")
    }

    private func document(_ text: String, _ dialect: Dialect = .bash) -> HereDocument? {
        var documents = Documents()
        documents.visit(.accepted(text, dialect))
        return documents.all.first
    }
}

@Suite struct `a tree of continued lines` {
    @Test(arguments: [
        ("a=([1]\\\n=b)", "a=([1]=b)"),
        ("a[1]\\\n=b", "a[1]=b"),
        ("a=(b)\\\nc", "a=(b)c"),
        ("a=(b)\\\n> c", "a=(b)> c"),
        ("echo ~\\\na/b", "echo ~a/b"),
        ("a=b:\\\n~", "a=b:~"),
        ("make a\\\n=~", "make a=~"),
        ("a[1 2]\\\n<(b)", "a[1 2]<(b)"),
        ("echo ${\\\n#a}", "echo ${#a}"),
        ("echo ${#a\\\n}", "echo ${#a}"),
        ("echo ${a[\\\n@]}", "echo ${a[@]}"),
    ])
    func `is that of joined ones`(text: String, joined: String) {
        #expect(
            TreeOutline.text(of: .accepted(text), lines: nil)
                == TreeOutline.text(of: .accepted(joined), lines: nil)
        )
    }
}

@Suite struct `a substitution that could be arithmetic` {
    @Test func `fails when it runs where a here-document in it has no end`() {
        var errors = DeferredErrors()
        errors.visit(.accepted("echo $((a) <<E)"))

        #expect(errors.texts == ["$((a) <<E)"])
    }
}

private struct Documents: SyntaxVisitor {
    var all: [HereDocument] = []

    mutating func visit(_ document: HereDocument) { all.append(document) }
}

private struct DeferredErrors: SyntaxVisitor {
    var texts: [ShellText] = []

    mutating func visit(_ error: DeferredError) { texts.append(error.text) }
}

extension [WordPart] {
    fileprivate var text: String {
        map { if case .literal(let literal) = $0 { literal.text.description } else { "?" } }
            .joined()
    }
}
