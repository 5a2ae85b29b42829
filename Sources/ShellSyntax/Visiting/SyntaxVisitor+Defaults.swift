// What a visitor does where it says nothing else: it goes on.

extension SyntaxVisitor {
    package mutating func visit(_ program: Program) { visitChildren(of: program) }
    package mutating func visit(_ list: CommandList) { visitChildren(of: list) }
    package mutating func visit(_ item: ListItem) { visitChildren(of: item) }
    package mutating func visit(_ andOr: AndOrList) { visitChildren(of: andOr) }
    package mutating func visit(_ pipeline: Pipeline) { visitChildren(of: pipeline) }
    package mutating func visit(_ command: Command) { visitChildren(of: command) }
    package mutating func visit(_ command: SimpleCommand) { visitChildren(of: command) }
    package mutating func visit(_ command: CompoundCommand) { visitChildren(of: command) }
    package mutating func visit(_ definition: FunctionDefinition) { visitChildren(of: definition) }
    package mutating func visit(_ coprocess: Coprocess) { visitChildren(of: coprocess) }
    package mutating func visit(_ loop: ForLoop) { visitChildren(of: loop) }
    package mutating func visit(_ loop: ArithmeticForLoop) { visitChildren(of: loop) }
    package mutating func visit(_ loop: ConditionLoop) { visitChildren(of: loop) }
    package mutating func visit(_ clause: IfClause) { visitChildren(of: clause) }
    package mutating func visit(_ branch: IfClause.Branch) { visitChildren(of: branch) }
    package mutating func visit(_ clause: CaseClause) { visitChildren(of: clause) }
    package mutating func visit(_ item: CaseItem) { visitChildren(of: item) }
    package mutating func visit(_ expression: ConditionalExpression) {
        visitChildren(of: expression)
    }
    package mutating func visit(_ assignment: Assignment) { visitChildren(of: assignment) }
    package mutating func visit(_ array: ArrayLiteral) { visitChildren(of: array) }
    package mutating func visit(_ element: ArrayElement) { visitChildren(of: element) }
    package mutating func visit(_ subscripting: Subscript) { visitChildren(of: subscripting) }
    package mutating func visit(_ redirection: Redirection) { visitChildren(of: redirection) }
    package mutating func visit(_ document: HereDocument) { visitChildren(of: document) }
    package mutating func visit(_ word: Word) { visitChildren(of: word) }
    package mutating func visit(_ part: WordPart) { visitChildren(of: part) }
    package mutating func visit(_ literal: Literal) {}
    package mutating func visit(_ text: DoubleQuoted) { visitChildren(of: text) }
    package mutating func visit(_ expansion: ParameterExpansion) { visitChildren(of: expansion) }
    package mutating func visit(_ substitution: CommandSubstitution) {
        visitChildren(of: substitution)
    }
    package mutating func visit(_ substitution: ProcessSubstitution) {
        visitChildren(of: substitution)
    }
    package mutating func visit(_ expansion: ArithmeticExpansion) { visitChildren(of: expansion) }
    package mutating func visit(_ expansion: BraceExpansion) { visitChildren(of: expansion) }
    package mutating func visit(_ glob: ExtendedGlob) { visitChildren(of: glob) }
    package mutating func visit(_ error: DeferredError) {}
    package mutating func visit(_ arithmetic: Arithmetic) { visitChildren(of: arithmetic) }
    package mutating func visit(_ expression: ArithmeticExpression) {
        visitChildren(of: expression)
    }
}
