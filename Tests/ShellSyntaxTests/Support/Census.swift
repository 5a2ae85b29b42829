import ShellSyntax

/// Counts the nodes that it meets.
struct Census: SyntaxVisitor {
    static let all: Set<String> = [
        "Program", "CommandList", "ListItem", "AndOrList", "Pipeline", "Command",
        "SimpleCommand", "CompoundCommand", "FunctionDefinition", "Coprocess", "ForLoop",
        "ArithmeticForLoop", "ConditionLoop", "IfClause", "IfClause.Branch", "CaseClause",
        "CaseItem", "ConditionalExpression", "Assignment", "ArrayLiteral", "ArrayElement",
        "Subscript", "Redirection", "HereDocument", "Word", "WordPart", "Literal",
        "DoubleQuoted", "ParameterExpansion", "CommandSubstitution", "ProcessSubstitution",
        "ArithmeticExpansion", "BraceExpansion", "ExtendedGlob", "DeferredError", "Arithmetic",
        "ArithmeticExpression",
    ]

    /// How often each kind was met.
    private(set) var counts: [String: Int] = [:]

    mutating func visit(_ program: Program) {
        counts["Program", default: 0] += 1
        visitChildren(of: program)
    }

    mutating func visit(_ list: CommandList) {
        counts["CommandList", default: 0] += 1
        visitChildren(of: list)
    }

    mutating func visit(_ item: ListItem) {
        counts["ListItem", default: 0] += 1
        visitChildren(of: item)
    }

    mutating func visit(_ andOr: AndOrList) {
        counts["AndOrList", default: 0] += 1
        visitChildren(of: andOr)
    }

    mutating func visit(_ pipeline: Pipeline) {
        counts["Pipeline", default: 0] += 1
        visitChildren(of: pipeline)
    }

    mutating func visit(_ command: Command) {
        counts["Command", default: 0] += 1
        visitChildren(of: command)
    }

    mutating func visit(_ command: SimpleCommand) {
        counts["SimpleCommand", default: 0] += 1
        visitChildren(of: command)
    }

    mutating func visit(_ command: CompoundCommand) {
        counts["CompoundCommand", default: 0] += 1
        visitChildren(of: command)
    }

    mutating func visit(_ definition: FunctionDefinition) {
        counts["FunctionDefinition", default: 0] += 1
        visitChildren(of: definition)
    }

    mutating func visit(_ coprocess: Coprocess) {
        counts["Coprocess", default: 0] += 1
        visitChildren(of: coprocess)
    }

    mutating func visit(_ loop: ForLoop) {
        counts["ForLoop", default: 0] += 1
        visitChildren(of: loop)
    }

    mutating func visit(_ loop: ArithmeticForLoop) {
        counts["ArithmeticForLoop", default: 0] += 1
        visitChildren(of: loop)
    }

    mutating func visit(_ loop: ConditionLoop) {
        counts["ConditionLoop", default: 0] += 1
        visitChildren(of: loop)
    }

    mutating func visit(_ clause: IfClause) {
        counts["IfClause", default: 0] += 1
        visitChildren(of: clause)
    }

    mutating func visit(_ branch: IfClause.Branch) {
        counts["IfClause.Branch", default: 0] += 1
        visitChildren(of: branch)
    }

    mutating func visit(_ clause: CaseClause) {
        counts["CaseClause", default: 0] += 1
        visitChildren(of: clause)
    }

    mutating func visit(_ item: CaseItem) {
        counts["CaseItem", default: 0] += 1
        visitChildren(of: item)
    }

    mutating func visit(_ expression: ConditionalExpression) {
        counts["ConditionalExpression", default: 0] += 1
        visitChildren(of: expression)
    }

    mutating func visit(_ assignment: Assignment) {
        counts["Assignment", default: 0] += 1
        visitChildren(of: assignment)
    }

    mutating func visit(_ array: ArrayLiteral) {
        counts["ArrayLiteral", default: 0] += 1
        visitChildren(of: array)
    }

    mutating func visit(_ element: ArrayElement) {
        counts["ArrayElement", default: 0] += 1
        visitChildren(of: element)
    }

    mutating func visit(_ subscripting: Subscript) {
        counts["Subscript", default: 0] += 1
        visitChildren(of: subscripting)
    }

    mutating func visit(_ redirection: Redirection) {
        counts["Redirection", default: 0] += 1
        visitChildren(of: redirection)
    }

    mutating func visit(_ document: HereDocument) {
        counts["HereDocument", default: 0] += 1
        visitChildren(of: document)
    }

    mutating func visit(_ word: Word) {
        counts["Word", default: 0] += 1
        visitChildren(of: word)
    }

    mutating func visit(_ part: WordPart) {
        counts["WordPart", default: 0] += 1
        visitChildren(of: part)
    }

    mutating func visit(_ literal: Literal) {
        counts["Literal", default: 0] += 1
    }

    mutating func visit(_ text: DoubleQuoted) {
        counts["DoubleQuoted", default: 0] += 1
        visitChildren(of: text)
    }

    mutating func visit(_ expansion: ParameterExpansion) {
        counts["ParameterExpansion", default: 0] += 1
        visitChildren(of: expansion)
    }

    mutating func visit(_ substitution: CommandSubstitution) {
        counts["CommandSubstitution", default: 0] += 1
        visitChildren(of: substitution)
    }

    mutating func visit(_ substitution: ProcessSubstitution) {
        counts["ProcessSubstitution", default: 0] += 1
        visitChildren(of: substitution)
    }

    mutating func visit(_ expansion: ArithmeticExpansion) {
        counts["ArithmeticExpansion", default: 0] += 1
        visitChildren(of: expansion)
    }

    mutating func visit(_ expansion: BraceExpansion) {
        counts["BraceExpansion", default: 0] += 1
        visitChildren(of: expansion)
    }

    mutating func visit(_ glob: ExtendedGlob) {
        counts["ExtendedGlob", default: 0] += 1
        visitChildren(of: glob)
    }

    mutating func visit(_ error: DeferredError) {
        counts["DeferredError", default: 0] += 1
    }

    mutating func visit(_ arithmetic: Arithmetic) {
        counts["Arithmetic", default: 0] += 1
        visitChildren(of: arithmetic)
    }

    mutating func visit(_ expression: ArithmeticExpression) {
        counts["ArithmeticExpression", default: 0] += 1
        visitChildren(of: expression)
    }
}
