// The shape of mvdan/sh's tree, from the JSON of `shfmt --to-json`: its nodes are in the document of
// its Go package `syntax`.

extension Shape {
    /// - Parameter file: The node of a whole text.
    init(shfmt file: JSONNode) { self = Self.list(file.nodes("Stmts")) }

    static func list(_ statements: [JSONNode]) -> Shape {
        Shape("list", nil, statements.map { statement($0) })
    }

    // MARK: commands

    private static func statement(_ statement: JSONNode) -> Shape {
        var shape = command(statement)
        if statement.flag("Negated") {
            let isEmpty = shape.kind == "simple" && shape.parts.isEmpty
            shape = Shape("negation", nil, isEmpty ? [] : [shape])
        }
        return statement.flag("Background") ? Shape("background", nil, [shape]) : shape
    }

    private static func command(_ statement: JSONNode) -> Shape {
        let redirections = statement.nodes("Redirs").map { redirection($0) }
        guard let command = statement.node("Cmd") else {
            return simple(redirections)
        }
        switch command.goType {
        case "CallExpr":
            return simple(
                command.nodes("Assigns").map { assignment($0) }
                    + command.nodes("Args").map { word($0) } + redirections
            )
        case "DeclClause":
            let words = command.nodes("Args").map {
                Shape("word", $0.place, parts(ofAssignment: $0))
            }
            return simple(named("word", command.node("Variant")) + words + redirections)
        case "BinaryCmd":
            let pieces = pieces(of: command)
            let kind = isPipe(command) ? "pipeline" : "and-or"
            return Shape(
                kind + pieces.operators.map { " \($0)" }.joined(),
                nil,
                pieces.statements.map { self.statement($0) }
            )
        case "TimeClause":
            let kind = command.flag("PosixFormat") ? "time -p" : "time"
            return Shape(kind, nil, command.node("Stmt").map { [self.statement($0)] } ?? [])
        case "CoprocClause":
            let inner = command.node("Stmt").map { [self.statement($0)] } ?? []
            return Shape(
                "coprocess",
                nil,
                named("name", command.node("Name")) + inner + redirections
            )
        default:
            let shape = compound(command, isRedirected: !redirections.isEmpty)
            return redirections.isEmpty ? shape : Shape("redirected", nil, [shape] + redirections)
        }
    }

    /// From the first to the last of what it is made of.
    private static func simple(_ parts: [Shape]) -> Shape {
        let ranges = parts.compactMap(\.range)
        guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max()
        else { return Shape("simple", nil, parts) }
        return Shape("simple", start..<end, parts)
    }

    /// The `BinCmdOperator`s of mvdan/sh.
    private static let operators = [10: "&&", 11: "||", 12: "|", 13: "|&"]

    private static func isPipe(_ command: JSONNode) -> Bool { (command.number("Op") ?? 0) >= 12 }

    /// What a chain joins, which mvdan/sh has as pairs of pairs.
    private static func pieces(
        of chain: JSONNode
    ) -> (statements: [JSONNode], operators: [String]) {
        var statements: [JSONNode] = []
        var operators: [String] = []
        for side in ["X", "Y"] {
            if side == "Y" {
                operators.append(chain.number("Op").flatMap { Self.operators[$0] } ?? "?")
            }
            guard let statement = chain.node(side) else { continue }
            if let inner = statement.node("Cmd"), inner.goType == "BinaryCmd",
                isPipe(inner) == isPipe(chain), !statement.flag("Negated")
            {
                let pieces = pieces(of: inner)
                statements += pieces.statements
                operators += pieces.operators
            } else {
                statements.append(statement)
            }
        }
        return (statements, operators)
    }

    private static func compound(_ command: JSONNode, isRedirected: Bool) -> Shape {
        func shape(_ kind: String, _ parts: [Shape]) -> Shape {
            // The end of a loop in braces is wrong there.
            Shape(kind, isRedirected || command.flag("Braces") ? nil : command.place, parts)
        }
        func list(_ key: String) -> Shape { Self.list(command.nodes(key)) }
        switch command.goType {
        case "Block": return shape("group", [list("Stmts")])
        case "Subshell": return shape("subshell", [list("Stmts")])
        case "IfClause": return shape("if", branches(of: command))
        case "WhileClause":
            return shape(command.flag("Until") ? "until" : "while", [list("Cond"), list("Do")])
        case "ForClause":
            return shape(
                command.flag("Select") ? "select" : "for",
                head(of: command) + [list("Do")]
            )
        case "CaseClause":
            return shape(
                "case",
                (command.node("Word").map { [word($0)] } ?? [])
                    + command.nodes("Items").map { item($0) }
            )
        case "FuncDecl":
            let body = command.node("Body").map { [statement($0)] } ?? []
            return Shape(
                "function",
                beginning: command.place,
                named("name", command.node("Name")) + body
            )
        case "ArithmCmd":
            return shape("arithmetic command", command.node("X").map { [arithmetic($0)] } ?? [])
        case "TestClause":
            return shape("conditional", command.node("X").map { tests($0) } ?? [])
        case let other: return Shape(other ?? "nothing")
        }
    }

    private static func named(_ kind: String, _ node: JSONNode?) -> [Shape] {
        node.map { [Shape(kind, $0.place)] } ?? []
    }

    private static func branches(of clause: JSONNode) -> [Shape] {
        let then = list(clause.nodes("Then"))
        // An `else` is a clause without a condition.
        guard !clause.nodes("Cond").isEmpty else { return [then] }
        let rest = clause.node("Else").map { branches(of: $0) } ?? []
        return [list(clause.nodes("Cond")), then] + rest
    }

    private static func head(of clause: JSONNode) -> [Shape] {
        guard let loop = clause.node("Loop") else { return [] }
        guard loop.goType == "WordIter" else {
            return [("start", "Init"), ("condition", "Cond"), ("step", "Post")].map { kind, key in
                Shape(kind, nil, loop.node(key).map { [arithmetic($0)] } ?? [])
            }
        }
        let words = loop.node("InPos").map { _ in
            [Shape("in", nil, loop.nodes("Items").map { word($0) })]
        }
        return named("name", loop.node("Name")) + (words ?? [])
    }

    private static func item(_ item: JSONNode) -> Shape {
        /// The `CaseOperator`s of mvdan/sh.
        let ending = item.number("Op").flatMap { [31: " ;&", 32: " ;;&"][$0] } ?? ""
        return Shape(
            "item" + ending,
            nil,
            item.nodes("Patterns").map { word($0) } + [list(item.nodes("Stmts"))]
        )
    }

    /// The words and groups: mvdan/sh does not bind `!`, `&&` and `||` as the shell does.
    private static func tests(_ expression: JSONNode) -> [Shape] {
        let parts = ["X", "Y"].compactMap { expression.node($0) }
        switch (expression.goType, expression.number("Op")) {
        case ("BinaryTest", 10), ("BinaryTest", 11), ("UnaryTest", 34):
            return parts.flatMap { tests($0) }
        case ("BinaryTest", _), ("UnaryTest", _):
            return [Shape("test", expression.place, parts.flatMap { tests($0) })]
        case ("ParenTest", _):
            return [Shape("group", expression.place, parts.flatMap { tests($0) })]
        default: return [word(expression)]
        }
    }
}
