import ShellSyntax

/// Notes the kinds of the nodes that it meets.
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

    private(set) var kinds: Set<String> = []

    mutating func visit(_ program: Program) {
        kinds.insert("Program")
        visitChildren(of: program)
    }

    mutating func visit(_ list: CommandList) {
        kinds.insert("CommandList")
        visitChildren(of: list)
    }

    mutating func visit(_ item: ListItem) {
        kinds.insert("ListItem")
        visitChildren(of: item)
    }

    mutating func visit(_ andOr: AndOrList) {
        kinds.insert("AndOrList")
        visitChildren(of: andOr)
    }

    mutating func visit(_ pipeline: Pipeline) {
        kinds.insert("Pipeline")
        visitChildren(of: pipeline)
    }

    mutating func visit(_ command: Command) {
        kinds.insert("Command")
        visitChildren(of: command)
    }

    mutating func visit(_ command: SimpleCommand) {
        kinds.insert("SimpleCommand")
        visitChildren(of: command)
    }

    mutating func visit(_ command: CompoundCommand) {
        kinds.insert("CompoundCommand")
        visitChildren(of: command)
    }

    mutating func visit(_ definition: FunctionDefinition) {
        kinds.insert("FunctionDefinition")
        visitChildren(of: definition)
    }

    mutating func visit(_ coprocess: Coprocess) {
        kinds.insert("Coprocess")
        visitChildren(of: coprocess)
    }

    mutating func visit(_ loop: ForLoop) {
        kinds.insert("ForLoop")
        visitChildren(of: loop)
    }

    mutating func visit(_ loop: ArithmeticForLoop) {
        kinds.insert("ArithmeticForLoop")
        visitChildren(of: loop)
    }

    mutating func visit(_ loop: ConditionLoop) {
        kinds.insert("ConditionLoop")
        visitChildren(of: loop)
    }

    mutating func visit(_ clause: IfClause) {
        kinds.insert("IfClause")
        visitChildren(of: clause)
    }

    mutating func visit(_ branch: IfClause.Branch) {
        kinds.insert("IfClause.Branch")
        visitChildren(of: branch)
    }

    mutating func visit(_ clause: CaseClause) {
        kinds.insert("CaseClause")
        visitChildren(of: clause)
    }

    mutating func visit(_ item: CaseItem) {
        kinds.insert("CaseItem")
        visitChildren(of: item)
    }

    mutating func visit(_ expression: ConditionalExpression) {
        kinds.insert("ConditionalExpression")
        visitChildren(of: expression)
    }

    mutating func visit(_ assignment: Assignment) {
        kinds.insert("Assignment")
        visitChildren(of: assignment)
    }

    mutating func visit(_ array: ArrayLiteral) {
        kinds.insert("ArrayLiteral")
        visitChildren(of: array)
    }

    mutating func visit(_ element: ArrayElement) {
        kinds.insert("ArrayElement")
        visitChildren(of: element)
    }

    mutating func visit(_ subscripting: Subscript) {
        kinds.insert("Subscript")
        visitChildren(of: subscripting)
    }

    mutating func visit(_ redirection: Redirection) {
        kinds.insert("Redirection")
        visitChildren(of: redirection)
    }

    mutating func visit(_ document: HereDocument) {
        kinds.insert("HereDocument")
        visitChildren(of: document)
    }

    mutating func visit(_ word: Word) {
        kinds.insert("Word")
        visitChildren(of: word)
    }

    mutating func visit(_ part: WordPart) {
        kinds.insert("WordPart")
        visitChildren(of: part)
    }

    mutating func visit(_ literal: Literal) {
        kinds.insert("Literal")
    }

    mutating func visit(_ text: DoubleQuoted) {
        kinds.insert("DoubleQuoted")
        visitChildren(of: text)
    }

    mutating func visit(_ expansion: ParameterExpansion) {
        kinds.insert("ParameterExpansion")
        visitChildren(of: expansion)
    }

    mutating func visit(_ substitution: CommandSubstitution) {
        kinds.insert("CommandSubstitution")
        visitChildren(of: substitution)
    }

    mutating func visit(_ substitution: ProcessSubstitution) {
        kinds.insert("ProcessSubstitution")
        visitChildren(of: substitution)
    }

    mutating func visit(_ expansion: ArithmeticExpansion) {
        kinds.insert("ArithmeticExpansion")
        visitChildren(of: expansion)
    }

    mutating func visit(_ expansion: BraceExpansion) {
        kinds.insert("BraceExpansion")
        visitChildren(of: expansion)
    }

    mutating func visit(_ glob: ExtendedGlob) {
        kinds.insert("ExtendedGlob")
        visitChildren(of: glob)
    }

    mutating func visit(_ error: DeferredError) {
        kinds.insert("DeferredError")
    }

    mutating func visit(_ arithmetic: Arithmetic) {
        kinds.insert("Arithmetic")
        visitChildren(of: arithmetic)
    }

    mutating func visit(_ expression: ArithmeticExpression) {
        kinds.insert("ArithmeticExpression")
        visitChildren(of: expression)
    }
}
