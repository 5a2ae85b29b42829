import ShellSyntax
import Testing

@Suite struct `a visitor` {
    @Test func `reaches every kind of node`() {
        var census = Census()
        for text in SyntaxSamples.all { census.visit(Program.accepted(text)) }

        #expect(census.counts.keys.sorted() == Census.all.sorted())
    }

    @Test(arguments: SyntaxSamples.all)
    func `meets each node once`(text: String) throws {
        let program = Program.accepted(text)
        var census = Census()
        census.visit(program)
        let shown = try JSONNode(JSONOutline.text(of: program)).counts

        // The others have a name for each of their forms in JSON.
        for (kind, count) in shown where Census.all.contains(kind) && kind != "Literal" {
            #expect(census.counts[kind] == count, "\(kind)")
        }
    }

    @Test func `meets what it looks for and goes on by itself`() {
        var names = FunctionNames()
        names.visit(.accepted("f() { g() { a; }; }\nif b; then h() (c); fi; $(i() { d; })"))

        #expect(names.names == ["f", "g", "h", "i"])
    }

    @Test func `goes in the order of the source`() {
        var literals = Literals()
        literals.visit(.accepted("> a b=c < d e {f,g} $(h) \"i ${j:-k}\" `l` | m; n"))

        #expect(literals.texts == ["a", "c", "d", "e", "f", "g", "h", "i ", "k", "l", "m", "n"])
    }

    @Test(arguments: ["$(($(x) + 1))", "$((1 $(x)))", "a[$(x)]=1", "${a[$(x)]}", "((b[$(x)]))"])
    func `meets each substitution in arithmetic once`(text: String) {
        var literals = Literals()
        literals.visit(.accepted(text))

        #expect(literals.texts.count { $0 == "x" } == 1)
    }
}

private struct FunctionNames: SyntaxVisitor {
    var names: [ShellText] = []

    mutating func visit(_ definition: FunctionDefinition) {
        if let name = definition.name.literal { names.append(name) }
        visitChildren(of: definition)
    }
}

private struct Literals: SyntaxVisitor {
    var texts: [ShellText] = []

    mutating func visit(_ literal: Literal) { texts.append(literal.text) }
}
