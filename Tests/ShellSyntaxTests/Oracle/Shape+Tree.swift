import ShellSyntax

// The shape of our tree.

extension Shape {
    init(_ program: Program) {
        self = Shape("list", nil, program.commands.flatMap { Self.items($0) })
    }

    private static func list(_ list: CommandList) -> Shape { Shape("list", nil, items(list)) }

    private static func items(_ list: CommandList) -> [Shape] {
        list.items.map { item in
            let andOr = andOr(item.andOr)
            return item.terminator == .ampersand ? Shape("background", nil, [andOr]) : andOr
        }
    }

    private static func andOr(_ list: AndOrList) -> Shape {
        let operators = list.rest.map { $0.operator == .and ? " &&" : " ||" }
        return group(
            "and-or" + operators.joined(),
            ([list.first] + list.rest.map(\.pipeline)).map { pipeline($0) }
        )
    }

    private static func pipeline(_ pipeline: Pipeline) -> Shape {
        let operators = pipeline.operators.map { $0 == .output ? " |" : " |&" }
        let commands = group("pipeline" + operators.joined(), pipeline.commands.map { command($0) })
        return pipeline.prefixes.reversed().reduce(commands) { inner, prefix in
            let isEmpty = inner.kind == "pipeline" && inner.parts.isEmpty
            return switch prefix {
            case .negation: Shape("negation", nil, isEmpty ? [] : [inner])
            case .time(let isPOSIX):
                Shape(isPOSIX ? "time -p" : "time", nil, isEmpty ? [] : [inner])
            }
        }
    }

    private static func command(_ command: Command) -> Shape {
        switch command {
        case .simple(let simple):
            Shape(
                "simple",
                simple.range,
                simple.assignments.map { assignment($0) } + simple.words.map { word($0) }
                    + simple.redirections.map { redirection($0) }
            )
        case .compound(let command): compound(command)
        case .function(let definition):
            Shape(
                "function",
                beginning: definition.range.bytes,
                [text(definition.name), compound(definition.body)]
            )
        case .coprocess(let coprocess):
            Shape(
                "coprocess",
                nil,
                (coprocess.name.map { [text($0)] } ?? []) + [self.command(coprocess.command)]
            )
        }
    }

    /// A word that stands for a name.
    private static func text(_ word: Word) -> Shape { Shape("name", word.range) }

    private static func compound(_ command: CompoundCommand) -> Shape {
        let shape = body(command)
        let redirections = command.redirections.map { redirection($0) }
        return redirections.isEmpty ? shape : Shape("redirected", nil, [shape] + redirections)
    }

    private static func body(_ command: CompoundCommand) -> Shape {
        // What is behind may begin after blanks, which belong to the body.
        let range =
            command.redirections.isEmpty && !isBraced(command.body) ? command.range.bytes : nil
        func shape(_ kind: String, _ parts: [Shape]) -> Shape { Shape(kind, range, parts) }
        switch command.body {
        case .braceGroup(let list): return shape("group", [self.list(list)])
        case .subshell(let list): return shape("subshell", [self.list(list)])
        case .forLoop(let loop): return shape("for", parts(of: loop))
        case .selectLoop(let loop): return shape("select", parts(of: loop))
        case .arithmeticFor(let loop):
            let places = [
                ("start", loop.start), ("condition", loop.condition), ("step", loop.step),
            ]
            let parts = places.map { Shape($0.0, nil, $0.1.map { arithmetic($0) } ?? []) }
            return shape("for", parts + [list(loop.body.list)])
        case .whileLoop(let loop): return shape("while", [list(loop.condition), list(loop.body)])
        case .untilLoop(let loop): return shape("until", [list(loop.condition), list(loop.body)])
        case .ifClause(let clause):
            let branches = clause.branches.flatMap { [list($0.condition), list($0.body)] }
            return shape("if", branches + (clause.otherwise.map { [list($0)] } ?? []))
        case .caseClause(let clause):
            return shape("case", [word(clause.subject)] + clause.items.map { item($0) })
        case .arithmetic(let text): return shape("arithmetic command", arithmetic(text))
        case .conditional(let expression): return shape("conditional", tests(expression))
        }
    }

    private static func parts(of loop: ForLoop) -> [Shape] {
        let words = loop.words.map { [Shape("in", nil, $0.map { word($0) })] } ?? []
        return [text(loop.name)] + words + [list(loop.body.list)]
    }

    private static func item(_ item: CaseItem) -> Shape {
        let ending =
            switch item.ending {
            case .none, .leave: ""
            case .fallThrough: " ;&"
            case .testNext: " ;;&"
            }
        return Shape("item" + ending, nil, item.patterns.map { word($0) } + [list(item.list)])
    }

    private static func isBraced(_ body: CompoundBody) -> Bool {
        switch body {
        case .forLoop(let loop), .selectLoop(let loop): loop.body.isBraced
        case .arithmeticFor(let loop): loop.body.isBraced
        case .braceGroup, .subshell, .caseClause, .ifClause, .whileLoop, .untilLoop, .arithmetic,
            .conditional:
            false
        }
    }

    /// The words and groups: mvdan/sh does not bind `!`, `&&` and `||` as the shell does.
    private static func tests(_ expression: ConditionalExpression) -> [Shape] {
        switch expression {
        case .word(let word): [self.word(word)]
        case .unary(_, let word): [Shape("test", expression.range, [self.word(word)])]
        case .binary(let left, _, let right):
            [Shape("test", expression.range, [word(left), word(right)])]
        case .negation(let inner, _): tests(inner)
        case .group(let inner, let range): [Shape("group", range, tests(inner))]
        case .and(let left, let right), .or(let left, let right): tests(left) + tests(right)
        }
    }

    // MARK: assignments and redirections

    private static func assignment(_ assignment: Assignment) -> Shape {
        let value =
            switch assignment.value {
            case .word(let word): parts(of: word.parts)
            case .array(let literal): [array(literal)]
            }
        return Shape("assignment", assignment.range, parts(of: assignment.subscripting) + value)
    }

    private static func array(_ array: ArrayLiteral) -> Shape {
        Shape(
            "array",
            array.range,
            array.elements.map { element in
                Shape(
                    "element",
                    nil,
                    parts(of: element.subscripting) + parts(of: element.value.parts)
                )
            }
        )
    }

    private static func redirection(_ redirection: Redirection) -> Shape {
        switch redirection.target {
        case .word(let word): Shape("redirection", redirection.range, [self.word(word)])
        case .hereDocument(let document):
            hereDocument(document, redirection)
        }
    }

    private static func hereDocument(
        _ document: HereDocument,
        _ redirection: Redirection
    ) -> Shape {
        let parts = document.isQuoted ? [] : parts(of: document.body)
        // Where tabs are taken away, no place in the text is that of a part.
        let isStripped = redirection.operator == .hereDocumentStrippingTabs
        return Shape(
            "here-document",
            redirection.range,
            isStripped ? parts.map(\.withoutPlaces) : parts
        )
    }

    // MARK: words

    private static func word(_ word: Word) -> Shape {
        Shape("word", word.range, parts(of: word.parts))
    }

    private static func parts(of parts: [WordPart]) -> [Shape] { parts.flatMap { shapes(of: $0) } }

    private static func parts(of subscripting: Subscript?) -> [Shape] {
        subscripting.map { parts(of: $0.word.parts) } ?? []
    }

    private static func shapes(of part: WordPart) -> [Shape] {
        switch part {
        case .literal, .escaped, .tilde: return []
        case .singleQuoted(let text): return [Shape("single-quoted", text.range)]
        case .ansiCQuoted(let text): return [Shape("ANSI-C", text.range)]
        case .doubleQuoted(let text):
            let kind = text.isLocale ? "locale" : "double-quoted"
            return [Shape(kind, text.range, parts(of: text.parts))]
        case .parameter(let expansion):
            return [Shape("parameter", expansion.range, parts(of: expansion))]
        case .commandSubstitution(let substitution):
            let list = list(substitution.list)
            return substitution.form == .backquotes
                ? [Shape("back-quotes", substitution.range, [list.withoutPlaces])]
                : [Shape("commands", substitution.range, [list])]
        case .processSubstitution(let substitution):
            return [Shape("process", substitution.range, [list(substitution.list)])]
        case .arithmetic(let expansion):
            return [Shape("arithmetic", expansion.range, arithmetic(expansion.arithmetic))]
        case .braceExpansion(let expansion):
            // mvdan/sh finds these only when it expands them.
            guard case .alternatives(let words) = expansion.content else { return [] }
            return words.flatMap { parts(of: $0.parts) }
        case .extendedGlob(let glob): return [Shape("pattern", glob.range)]
        case .array(let literal): return [array(literal)]
        case .deferredError(let error): return [Shape("error", error.range)]
        }
    }

    private static func parts(of expansion: ParameterExpansion) -> [Shape] {
        let subscripting = parts(of: expansion.subscripting)
        let operands: [Shape] =
            switch expansion.operation {
            case nil, .length, .transformation, .names, .keys, .caseChange(_, _, nil): []
            case .conditional(_, _, let word), .removal(_, _, let word),
                .caseChange(_, _, let word?):
                operand(parts(of: word.parts))
            case .substring(let offset, let length):
                [offset, length].compactMap(\.self).flatMap { operand(arithmetic($0)) }
            case .replacement(_, let pattern, let replacement):
                [pattern, replacement].flatMap { operand(parts(of: $0?.parts ?? [])) }
            }
        return subscripting + operands
    }

    // MARK: arithmetic

    private static func arithmetic(_ arithmetic: Arithmetic) -> [Shape] {
        switch arithmetic.reading {
        case .empty: []
        case .expression(let expression): [self.expression(expression)]
        case .depends, .error: [Shape("error", arithmetic.range)]
        }
    }

    private static func expression(_ expression: ArithmeticExpression) -> Shape {
        func shape(_ kind: String, _ inner: ArithmeticExpression...) -> Shape {
            Shape(kind, beginning: expression.range.bytes, inner.map { self.expression($0) })
        }
        func operand(_ parts: [Shape]) -> Shape {
            Shape("operand", beginning: expression.range.bytes, parts)
        }
        switch expression {
        case .number: return operand([])
        case .variable(_, let subscripting): return operand(parts(of: subscripting))
        case .expanded(let word): return operand(parts(of: word.parts))
        case .group(let inner, _): return shape("group", inner)
        case .unary(_, let inner, _): return shape("unary", inner)
        case .postfix(let inner, _, _): return shape("postfix", inner)
        case .binary(let left, _, let right), .assignment(let left, _, let right),
            .comma(let left, let right):
            return shape("binary", left, right)
        case .conditional(let condition, let yes, let no):
            let choice = Shape(
                "binary",
                beginning: yes.range.bytes,
                [yes, no].map { self.expression($0) }
            )
            return Shape(
                "binary",
                beginning: expression.range.bytes,
                [self.expression(condition), choice]
            )
        }
    }
}
