/// Walks a tree: one method for each kind of node, which goes on to the nodes below.
///
/// A linter implements the methods of the nodes that it looks at. What it implements calls
/// `visitChildren(of:)` where it wants to see what stands below, before or after its own work:
///
///     struct FunctionNames: SyntaxVisitor {
///         var names: [ShellText] = []
///
///         mutating func visit(_ definition: FunctionDefinition) {
///             if let name = definition.name.literal { names.append(name) }
///             visitChildren(of: definition)
///         }
///     }
///
/// Nodes come in the order of the source, and a here-document's text comes with its redirection.
/// Arithmetic that can be read as an expression is walked as one, and each expansion in it is met
/// once, there; other arithmetic is walked part by part. A subscript is walked as arithmetic; its
/// `word` is what it is to an associative array.
///
/// The walk is as deep as the tree, which `ParserLimits.nesting` bounds.
public protocol SyntaxVisitor {
    // Lists
    mutating func visit(_ program: Program)
    mutating func visit(_ list: CommandList)
    mutating func visit(_ item: ListItem)
    mutating func visit(_ andOr: AndOrList)
    mutating func visit(_ pipeline: Pipeline)

    // Commands
    mutating func visit(_ command: Command)
    mutating func visit(_ command: SimpleCommand)
    mutating func visit(_ command: CompoundCommand)
    mutating func visit(_ definition: FunctionDefinition)
    mutating func visit(_ coprocess: Coprocess)

    // What compound commands are
    mutating func visit(_ loop: ForLoop)
    mutating func visit(_ loop: ArithmeticForLoop)
    mutating func visit(_ loop: ConditionLoop)
    mutating func visit(_ clause: IfClause)
    mutating func visit(_ branch: IfClause.Branch)
    mutating func visit(_ clause: CaseClause)
    mutating func visit(_ item: CaseItem)
    mutating func visit(_ expression: ConditionalExpression)

    // What simple commands are made of
    mutating func visit(_ assignment: Assignment)
    mutating func visit(_ array: ArrayLiteral)
    mutating func visit(_ element: ArrayElement)
    mutating func visit(_ subscripting: Subscript)
    mutating func visit(_ redirection: Redirection)
    mutating func visit(_ document: HereDocument)

    // Words
    mutating func visit(_ word: Word)
    mutating func visit(_ part: WordPart)
    /// The text of a literal, of an escaped character, of single or ANSI-C quotes, of a tilde.
    mutating func visit(_ literal: Literal)
    mutating func visit(_ text: DoubleQuoted)
    mutating func visit(_ expansion: ParameterExpansion)
    mutating func visit(_ substitution: CommandSubstitution)
    mutating func visit(_ substitution: ProcessSubstitution)
    mutating func visit(_ expansion: ArithmeticExpansion)
    mutating func visit(_ expansion: BraceExpansion)
    mutating func visit(_ glob: ExtendedGlob)
    mutating func visit(_ error: DeferredError)

    // Arithmetic
    mutating func visit(_ arithmetic: Arithmetic)
    mutating func visit(_ expression: ArithmeticExpression)
}
