// What a visitor does where it says nothing else: it goes on.

extension SyntaxVisitor {
    public mutating func visit(_ program: Program) { visitChildren(of: program) }
    public mutating func visit(_ list: CommandList) { visitChildren(of: list) }
    public mutating func visit(_ item: ListItem) { visitChildren(of: item) }
    public mutating func visit(_ andOr: AndOrList) { visitChildren(of: andOr) }
    public mutating func visit(_ pipeline: Pipeline) { visitChildren(of: pipeline) }
    public mutating func visit(_ command: Command) { visitChildren(of: command) }
    public mutating func visit(_ command: SimpleCommand) { visitChildren(of: command) }
    public mutating func visit(_ command: CompoundCommand) { visitChildren(of: command) }
    public mutating func visit(_ definition: FunctionDefinition) { visitChildren(of: definition) }
    public mutating func visit(_ coprocess: Coprocess) { visitChildren(of: coprocess) }
    public mutating func visit(_ loop: ForLoop) { visitChildren(of: loop) }
    public mutating func visit(_ loop: ArithmeticForLoop) { visitChildren(of: loop) }
    public mutating func visit(_ loop: ConditionLoop) { visitChildren(of: loop) }
    public mutating func visit(_ clause: IfClause) { visitChildren(of: clause) }
    public mutating func visit(_ branch: IfClause.Branch) { visitChildren(of: branch) }
    public mutating func visit(_ clause: CaseClause) { visitChildren(of: clause) }
    public mutating func visit(_ item: CaseItem) { visitChildren(of: item) }
    public mutating func visit(_ expression: ConditionalExpression) {
        visitChildren(of: expression)
    }
    public mutating func visit(_ assignment: Assignment) { visitChildren(of: assignment) }
    public mutating func visit(_ array: ArrayLiteral) { visitChildren(of: array) }
    public mutating func visit(_ element: ArrayElement) { visitChildren(of: element) }
    public mutating func visit(_ subscripting: Subscript) { visitChildren(of: subscripting) }
    public mutating func visit(_ redirection: Redirection) { visitChildren(of: redirection) }
    public mutating func visit(_ document: HereDocument) { visitChildren(of: document) }
    public mutating func visit(_ word: Word) { visitChildren(of: word) }
    public mutating func visit(_ part: WordPart) { visitChildren(of: part) }
    public mutating func visit(_ literal: Literal) {}
    public mutating func visit(_ text: DoubleQuoted) { visitChildren(of: text) }
    public mutating func visit(_ expansion: ParameterExpansion) { visitChildren(of: expansion) }
    public mutating func visit(_ substitution: CommandSubstitution) {
        visitChildren(of: substitution)
    }
    public mutating func visit(_ substitution: ProcessSubstitution) {
        visitChildren(of: substitution)
    }
    public mutating func visit(_ expansion: ArithmeticExpansion) { visitChildren(of: expansion) }
    public mutating func visit(_ expansion: BraceExpansion) { visitChildren(of: expansion) }
    public mutating func visit(_ glob: ExtendedGlob) { visitChildren(of: glob) }
    public mutating func visit(_ error: DeferredError) {}
    public mutating func visit(_ arithmetic: Arithmetic) { visitChildren(of: arithmetic) }
    public mutating func visit(_ expression: ArithmeticExpression) {
        visitChildren(of: expression)
    }
}
