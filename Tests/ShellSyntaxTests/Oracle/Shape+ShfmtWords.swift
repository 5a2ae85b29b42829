// The shape of mvdan/sh's words, and of what they stand in.

extension Shape {
    static func assignment(_ assignment: JSONNode) -> Shape {
        Shape("assignment", assignment.place, parts(ofAssignment: assignment))
    }

    static func parts(ofAssignment assignment: JSONNode) -> [Shape] {
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

    static func redirection(_ redirection: JSONNode) -> Shape {
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

    static func word(_ word: JSONNode) -> Shape {
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

    static func arithmetic(_ expression: JSONNode) -> Shape {
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
