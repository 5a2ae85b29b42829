/// Takes a tree node by node: its type and place, what it holds itself, then the nodes below it.
protocol OutlineSink {
    mutating func beginNode(_ type: String, _ range: SourceRange)
    mutating func endNode()
    /// Text of the source, or about it.
    mutating func attribute(_ name: String, text: ShellText)
    /// One of a few words.
    mutating func attribute(_ name: String, _ word: String)
    mutating func attribute(_ name: String, _ words: [String])
    mutating func attribute(_ name: String, _ flag: Bool)
    mutating func attribute(_ name: String, _ range: SourceRange)
    /// The next node is what the name tells.
    mutating func beginChild(_ name: String)
    /// The nodes up to `endChildren` are what the name tells.
    mutating func beginChildren(_ name: String)
    mutating func endChildren()
}

extension OutlineSink {
    mutating func node(_ type: String, _ range: SourceRange, _ inside: (inout Self) -> Void) {
        beginNode(type, range)
        inside(&self)
        endNode()
    }

    mutating func children<Node>(
        _ name: String,
        _ nodes: [Node],
        _ write: (inout Self, Node) -> Void
    ) {
        beginChildren(name)
        for node in nodes { write(&self, node) }
        endChildren()
    }

    mutating func write(_ program: Program) {
        let first = program.commands.first?.range ?? SourceRange(0, 0)
        node("Program", first.through(program.commands.last?.range ?? first)) { sink in
            sink.children("commands", program.commands) { $0.write($1) }
        }
    }
}
