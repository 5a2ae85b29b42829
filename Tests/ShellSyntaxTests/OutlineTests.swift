import Foundation
import ShellSyntax
import TestSupport
import Testing

@Suite struct `an outline of a tree` {
    @Test func `has a node on each line, with its place`() {
        let text = "! a |&\n\tb 'c'"

        #expect(
            TreeOutline.text(of: .accepted(text), lines: LineTable(text.utf8)) == """
                Program 1:1-2:7
                  commands: CommandList 1:1-2:7
                    items: ListItem 1:1-2:7 terminator=none
                      andOr: AndOrList 1:1-2:7
                        first: Pipeline 1:1-2:7 prefixes=negation operators=outputAndError
                          commands: SimpleCommand 1:3-1:4
                            words: Word 1:3-1:4
                              parts: Literal 1:3-1:4 text=`a`
                          commands: SimpleCommand 2:2-2:7
                            words: Word 2:2-2:3
                              parts: Literal 2:2-2:3 text=`b`
                            words: Word 2:4-2:7
                              parts: SingleQuoted 2:4-2:7 text=`c`

                """
        )
    }

    @Test func `is the same for the same tree in other places`() {
        #expect(outline("a;b # c") == outline("a ; b"))
        #expect(outline("a;b") != outline("a\nb"))
        #expect(outline("a 'b'") != outline("a \"b\""))
    }

    @Test func `writes control characters out`() {
        #expect(outline("echo '\u{1b}[2J\u{202e}'").contains("text=`\\u{1b}[2J\\u{202e}`"))
    }

    private func outline(_ text: String) -> String {
        TreeOutline.text(of: .accepted(text), lines: nil)
    }
}

@Suite struct `a tree as JSON` {
    @Test func `has its keys in one order`() {
        let json = JSONOutline.text(of: .accepted("! a$1 &"))

        #expect(
            String(decoding: json, as: UTF8.self) == """
                {"type":"Program","range":{"start":0,"end":7},"commands":[\
                {"type":"CommandList","range":{"start":0,"end":7},"items":[\
                {"type":"ListItem","range":{"start":0,"end":5},"terminator":"ampersand","andOr":\
                {"type":"AndOrList","range":{"start":0,"end":5},"first":\
                {"type":"Pipeline","range":{"start":0,"end":5},"prefixes":["negation"],\
                "operators":[],"commands":[\
                {"type":"SimpleCommand","range":{"start":2,"end":5},"assignments":[],"words":[\
                {"type":"Word","range":{"start":2,"end":5},"parts":[\
                {"type":"Literal","range":{"start":2,"end":3},"text":"a"},\
                {"type":"ParameterExpansion","range":{"start":3,"end":5},"parameter":"1",\
                "parameterKind":"positional","isBraced":false,"isIndirect":false}]}],\
                "redirections":[]}]},"rest":[]}}]}]}
                """
        )
    }

    @Test func `escapes what JSON cannot hold`() throws {
        let text = "echo '\"\\\u{1}\t\r\u{7f}é😀\u{2028}\n'"
        let json = JSONOutline.text(of: .accepted(text))
        let node = try #require(try JSONNode(json).first("SingleQuoted"))

        #expect(String(decoding: json, as: UTF8.self).contains(#"\"\\\u0001\t\r\u007fé😀"#))
        #expect(node["text"] as? String == "\"\\\u{1}\t\r\u{7f}é😀\u{2028}\n")
    }

    @Test(arguments: SyntaxSamples.all)
    func `has a type and a range on every node, inside of that of the node around`(
        text: String
    ) throws {
        let root = try JSONNode(JSONOutline.text(of: .accepted(text)))

        try root.check(inside: 0..<text.utf8.count)
    }

    @Test func `has the types that its document names`() throws {
        let lines = try RepositoryFile("docs/formats/syntax-tree.md").lines
        let rows = lines.filter { $0.hasPrefix("| `") }.map { $0.split(separator: "|")[0] }
        let named = rows.joined().split { !$0.isLetter }.filter { $0.first?.isUppercase == true }
        var met: Set<String> = []
        for text in SyntaxSamples.all {
            met.formUnion(try JSONNode(JSONOutline.text(of: .accepted(text))).counts.keys)
        }

        #expect(met.sorted() == Set(named.map(String.init)).sorted())
    }

    @Test func `shows where operators and parentheses stand`() throws {
        let text = "(( -(a) + b++ ))\n[[ ! ( c ) ]]"
        let json = try JSONNode(JSONOutline.text(of: .accepted(text)))

        #expect(
            json.slices("ArithmeticExpression", of: text) == [
                "-(a) + b++", "-(a)", "(a)", "a", "b++", "b",
            ]
        )
        #expect(json.slices("ConditionalExpression", of: text) == ["! ( c )", "( c )", "c"])
    }
}

/// A node of a tree as a reader of JSON sees it.
struct JSONNode {
    let fields: [String: Any]

    init(_ json: [UInt8]) throws {
        let value = try JSONSerialization.jsonObject(with: Data(json))
        fields = try #require(value as? [String: Any])
    }

    init(_ fields: [String: Any]) { self.fields = fields }

    subscript(name: String) -> Any? { fields[name] }

    var type: String? { fields["type"] as? String }

    /// A range without a type is no node.
    private var children: [JSONNode] {
        fields.keys.sorted().flatMap { key -> [JSONNode] in
            guard !key.lowercased().hasSuffix("range") else { return [] }
            let value = fields[key]
            let nodes = value as? [[String: Any]] ?? (value as? [String: Any]).map { [$0] } ?? []
            return nodes.map(JSONNode.init)
        }
    }

    func bytes(of key: String = "range") -> Range<Int>? {
        guard let range = fields[key] as? [String: Int], let start = range["start"],
            let end = range["end"], start <= end
        else { return nil }
        return start..<end
    }

    func first(_ type: String) -> JSONNode? {
        if self.type == type { return self }
        for child in children {
            if let found = child.first(type) { return found }
        }
        return nil
    }

    /// What stands where the nodes of a type do, in the order of the source.
    func slices(_ type: String, of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return all(type).compactMap { $0.bytes() }
            .sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
            .map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// How many nodes of each type there are.
    var counts: [String: Int] {
        children.reduce(into: type.map { [$0: 1] } ?? [:]) {
            $0.merge($1.counts, uniquingKeysWith: +)
        }
    }

    private func all(_ type: String) -> [JSONNode] {
        (self.type == type ? [self] : []) + children.flatMap { $0.all(type) }
    }

    func check(inside outer: Range<Int>) throws {
        let type = try #require(type)
        let range = try #require(bytes())
        #expect(
            outer.lowerBound <= range.lowerBound && range.upperBound <= outer.upperBound,
            "\(type)"
        )
        // The text of a here-document stands behind all that names it.
        let body = bytes(of: "bodyRange")
        for child in children {
            let isBody = body.map { $0.contains(child.bytes()?.lowerBound ?? -1) } ?? false
            try child.check(inside: isBody ? body ?? range : range)
        }
    }
}
