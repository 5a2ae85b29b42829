// The nodes below lists and commands.

extension SyntaxVisitor {
    public mutating func visitChildren(of program: Program) {
        for list in program.commands { visit(list) }
    }

    public mutating func visitChildren(of list: CommandList) {
        for item in list.items { visit(item) }
    }

    public mutating func visitChildren(of item: ListItem) { visit(item.andOr) }

    public mutating func visitChildren(of andOr: AndOrList) {
        visit(andOr.first)
        for member in andOr.rest { visit(member.pipeline) }
    }

    public mutating func visitChildren(of pipeline: Pipeline) {
        for command in pipeline.commands { visit(command) }
    }

    public mutating func visitChildren(of command: Command) {
        switch command {
        case .simple(let command): visit(command)
        case .compound(let command): visit(command)
        case .function(let definition): visit(definition)
        case .coprocess(let coprocess): visit(coprocess)
        }
    }

    public mutating func visitChildren(of command: SimpleCommand) {
        // Redirections may stand between all others, assignments only in front of words.
        var redirections = command.redirections[...]
        for assignment in command.assignments {
            visit(&redirections, before: assignment.range)
            visit(assignment)
        }
        for word in command.words {
            visit(&redirections, before: word.range)
            visit(word)
        }
        for redirection in redirections { visit(redirection) }
    }

    private mutating func visit(
        _ redirections: inout ArraySlice<Redirection>,
        before range: SourceRange
    ) {
        while let first = redirections.first, first.range.lowerBound < range.lowerBound {
            visit(first)
            redirections.removeFirst()
        }
    }

    public mutating func visitChildren(of definition: FunctionDefinition) {
        visit(definition.name)
        visit(definition.body)
    }

    public mutating func visitChildren(of coprocess: Coprocess) {
        if let name = coprocess.name { visit(name) }
        visit(coprocess.command)
    }

    // MARK: compound commands

    public mutating func visitChildren(of command: CompoundCommand) {
        switch command.body {
        case .braceGroup(let list), .subshell(let list): visit(list)
        case .forLoop(let loop), .selectLoop(let loop): visit(loop)
        case .whileLoop(let loop), .untilLoop(let loop): visit(loop)
        case .caseClause(let clause): visit(clause)
        case .ifClause(let clause): visit(clause)
        case .arithmeticFor(let loop): visit(loop)
        case .arithmetic(let arithmetic): visit(arithmetic)
        case .conditional(let expression): visit(expression)
        }
        for redirection in command.redirections { visit(redirection) }
    }

    public mutating func visitChildren(of loop: ForLoop) {
        visit(loop.name)
        for word in loop.words ?? [] { visit(word) }
        visit(loop.body.list)
    }

    public mutating func visitChildren(of loop: ArithmeticForLoop) {
        for part in [loop.start, loop.condition, loop.step] {
            if let part { visit(part) }
        }
        visit(loop.body.list)
    }

    public mutating func visitChildren(of loop: ConditionLoop) {
        visit(loop.condition)
        visit(loop.body)
    }

    public mutating func visitChildren(of clause: IfClause) {
        for branch in clause.branches { visit(branch) }
        if let otherwise = clause.otherwise { visit(otherwise) }
    }

    public mutating func visitChildren(of branch: IfClause.Branch) {
        visit(branch.condition)
        visit(branch.body)
    }

    public mutating func visitChildren(of clause: CaseClause) {
        visit(clause.subject)
        for item in clause.items { visit(item) }
    }

    public mutating func visitChildren(of item: CaseItem) {
        for pattern in item.patterns { visit(pattern) }
        visit(item.list)
    }

    public mutating func visitChildren(of expression: ConditionalExpression) {
        switch expression {
        case .word(let word), .unary(_, let word): visit(word)
        case .binary(let left, _, let right):
            visit(left)
            visit(right)
        case .negation(let inner, _), .group(let inner, _): visit(inner)
        case .and(let left, let right), .or(let left, let right):
            visit(left)
            visit(right)
        }
    }
}
