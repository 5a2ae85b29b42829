// The shape of mvdan/sh's tree, from the JSON of `shfmt --to-json`: its nodes are in the document of
// its Go package `syntax`.

extension Shape {
    /// - Parameter file: The node of a whole text.
    init(shfmt file: JSONNode) { self = Self.list(file.nodes("Stmts")) }

    private static func list(_ statements: [JSONNode]) -> Shape {
        Shape("list", nil, statements.map { statement($0) })
    }

    // MARK: commands

    private static func statement(_ statement: JSONNode) -> Shape {
        var shape = command(statement)
        if statement.flag("Negated") {
            shape = Shape("negation", nil, shape.parts.isEmpty ? [] : [shape])
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
            let name = command.node("Variant").map { [Shape("word", $0.place)] } ?? []
            let words = command.nodes("Args").map {
                Shape("word", $0.place, parts(ofAssignment: $0))
            }
            return simple(name + words + redirections)
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
            let name = command.node("Name").map { [Shape("name", $0.place)] } ?? []
            let inner = command.node("Stmt").map { [self.statement($0)] } ?? []
            return Shape("coprocess", nil, name + inner + redirections)
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
            return Shape("function", beginning: command.place, name(command.node("Name")) + body)
        case "ArithmCmd":
            return shape("arithmetic command", command.node("X").map { [arithmetic($0)] } ?? [])
        case "TestClause":
            return shape("conditional", command.node("X").map { tests($0) } ?? [])
        case let other: return Shape(other ?? "nothing")
        }
    }

    private static func name(_ node: JSONNode?) -> [Shape] {
        node.map { [Shape("name", $0.place)] } ?? []
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
        return name(loop.node("Name")) + (words ?? [])
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

    // MARK: assignments and redirections

    private static func assignment(_ assignment: JSONNode) -> Shape {
        Shape("assignment", assignment.place, parts(ofAssignment: assignment))
    }

    private static func parts(ofAssignment assignment: JSONNode) -> [Shape] {
        subscripting(assignment)
            + (assignment.node("Value").map { parts(of: $0) } ?? [])
            + (assignment.node("Array").map { [array($0)] } ?? [])
    }

    private static func array(_ array: JSONNode) -> Shape {
        Shape(
            "array",
            array.place,
            array.nodes("Elems").map { element in
                let value = element.node("Value").map { parts(of: $0) } ?? []
                return Shape("element", nil, subscripting(element) + value)
            }
        )
    }

    private static func redirection(_ redirection: JSONNode) -> Shape {
        guard let word = redirection.node("Word") else { return Shape("redirection") }
        guard let body = redirection.node("Hdoc") else {
            let start = redirection.place?.lowerBound ?? 0
            let range = word.place.map { start..<$0.upperBound }
            return Shape("redirection", range, [self.word(word)])
        }
        let start = redirection.place?.lowerBound ?? 0
        let range = word.place.map { start..<$0.upperBound }
        let parts = parts(of: body)
        let isStripped = redirection.number("Op") == 62
        return Shape("here-document", range, isStripped ? parts.map(\.withoutPlaces) : parts)
    }

    // MARK: words

    private static func word(_ word: JSONNode) -> Shape {
        Shape("word", word.place, parts(of: word))
    }

    private static func parts(of word: JSONNode) -> [Shape] {
        word.nodes("Parts").compactMap { shape(of: $0) }
    }

    /// Nothing for literal text.
    private static func shape(of part: JSONNode) -> Shape? {
        func list() -> Shape { Self.list(part.nodes("Stmts")) }
        switch part.goType {
        case "Lit": return nil
        case "SglQuoted": return Shape(part.flag("Dollar") ? "ANSI-C" : "single-quoted", part.place)
        case "DblQuoted":
            return Shape(
                part.flag("Dollar") ? "locale" : "double-quoted",
                part.place,
                parts(of: part)
            )
        case "ParamExp": return Shape("parameter", part.place, parts(ofExpansion: part))
        case "CmdSubst":
            return part.flag("Backquotes")
                ? Shape("back-quotes", part.place, [list().withoutPlaces])
                : Shape("commands", part.place, [list()])
        case "ProcSubst": return Shape("process", part.place, [list()])
        case "ArithmExp":
            return Shape("arithmetic", part.place, part.node("X").map { [arithmetic($0)] } ?? [])
        case "ExtGlob": return Shape("pattern", part.place)
        case let other: return Shape(other ?? "nothing")
        }
    }

    private static func parts(ofExpansion expansion: JSONNode) -> [Shape] {
        let slice = expansion.node("Slice").map { slice in
            ["Offset", "Length"].compactMap { slice.node($0) }
                .flatMap { Shape.operand([arithmetic($0)]) }
        }
        let replacement = expansion.node("Repl").map { replacement in
            ["Orig", "With"].flatMap {
                Shape.operand(replacement.node($0).map { parts(of: $0) } ?? [])
            }
        }
        let operand = expansion.node("Exp").map {
            Shape.operand($0.node("Word").map { parts(of: $0) } ?? [])
        }
        return subscripting(expansion) + (slice ?? replacement ?? operand ?? [])
    }

    /// What is expanded in a subscript.
    private static func subscripting(_ node: JSONNode) -> [Shape] {
        node.node("Index").map { words(in: $0) } ?? []
    }

    private static func words(in expression: JSONNode) -> [Shape] {
        expression["Parts"] != nil
            ? operand(expression)
            : ["X", "Y"].compactMap { expression.node($0) }.flatMap { words(in: $0) }
    }

    private static func arithmetic(_ expression: JSONNode) -> Shape {
        func shape(_ kind: String) -> Shape {
            Shape(
                kind,
                beginning: expression.place,
                ["X", "Y"].compactMap { expression.node($0) }.map { arithmetic($0) }
            )
        }
        switch expression.goType {
        case "BinaryArithm": return shape("binary")
        case "UnaryArithm": return shape(expression.flag("Post") ? "postfix" : "unary")
        case "ParenArithm": return shape("group")
        default: return Shape("operand", beginning: expression.place, operand(expression))
        }
    }

    /// What is expanded in a word of arithmetic, which is a parameter where it has a subscript.
    private static func operand(_ word: JSONNode) -> [Shape] {
        word.nodes("Parts").flatMap { part -> [Shape] in
            let isNamed = part.node("Dollar")?.offset == part.node("Param")?.node("Pos")?.offset
            return part.goType == "ParamExp" && isNamed
                ? subscripting(part) : shape(of: part).map { [$0] } ?? []
        }
    }
}
