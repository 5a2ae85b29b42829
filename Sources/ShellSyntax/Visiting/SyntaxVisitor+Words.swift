// The nodes below words, assignments, redirections and arithmetic.

extension SyntaxVisitor {
    public mutating func visitChildren(of word: Word) {
        for part in word.parts { visit(part) }
    }

    public mutating func visitChildren(of part: WordPart) {
        switch part {
        case .literal(let literal), .escaped(let literal), .singleQuoted(let literal),
            .ansiCQuoted(let literal), .tilde(let literal):
            visit(literal)
        case .doubleQuoted(let text): visit(text)
        case .parameter(let expansion): visit(expansion)
        case .commandSubstitution(let substitution): visit(substitution)
        case .arithmetic(let expansion): visit(expansion)
        case .processSubstitution(let substitution): visit(substitution)
        case .braceExpansion(let expansion): visit(expansion)
        case .extendedGlob(let glob): visit(glob)
        case .array(let array): visit(array)
        case .deferredError(let error): visit(error)
        }
    }

    public mutating func visitChildren(of text: DoubleQuoted) {
        for part in text.parts { visit(part) }
    }

    public mutating func visitChildren(of substitution: CommandSubstitution) {
        visit(substitution.list)
    }

    public mutating func visitChildren(of substitution: ProcessSubstitution) {
        visit(substitution.list)
    }

    public mutating func visitChildren(of expansion: ArithmeticExpansion) {
        visit(expansion.arithmetic)
    }

    public mutating func visitChildren(of expansion: BraceExpansion) {
        guard case .alternatives(let words) = expansion.content else { return }
        for word in words { visit(word) }
    }

    public mutating func visitChildren(of glob: ExtendedGlob) {
        for word in glob.alternatives { visit(word) }
    }

    public mutating func visitChildren(of expansion: ParameterExpansion) {
        if let subscripting = expansion.subscripting { visit(subscripting) }
        switch expansion.operation {
        case nil, .length, .transformation, .names, .keys: break
        case .conditional(_, _, let word), .removal(_, _, let word): visit(word)
        case .substring(let offset, let length):
            visit(offset)
            if let length { visit(length) }
        case .replacement(_, let pattern, let replacement):
            visit(pattern)
            if let replacement { visit(replacement) }
        case .caseChange(_, _, let pattern):
            if let pattern { visit(pattern) }
        }
    }

    // MARK: assignments and redirections

    public mutating func visitChildren(of assignment: Assignment) {
        if let subscripting = assignment.subscripting { visit(subscripting) }
        switch assignment.value {
        case .word(let word): visit(word)
        case .array(let array): visit(array)
        }
    }

    public mutating func visitChildren(of array: ArrayLiteral) {
        for element in array.elements { visit(element) }
    }

    public mutating func visitChildren(of element: ArrayElement) {
        if let subscripting = element.subscripting { visit(subscripting) }
        visit(element.value)
    }

    public mutating func visitChildren(of subscripting: Subscript) {
        visit(subscripting.arithmetic)
    }

    public mutating func visitChildren(of redirection: Redirection) {
        switch redirection.target {
        case .word(let word): visit(word)
        case .hereDocument(let document): visit(document)
        }
    }

    public mutating func visitChildren(of document: HereDocument) {
        visit(document.delimiter)
        for part in document.body { visit(part) }
    }

    // MARK: arithmetic

    public mutating func visitChildren(of arithmetic: Arithmetic) {
        switch arithmetic.reading {
        case .empty: return
        case .expression(let expression): visit(expression)
        case .depends, .error:
            for part in arithmetic.parts { visit(part) }
        }
    }

    public mutating func visitChildren(of expression: ArithmeticExpression) {
        switch expression {
        case .number(let literal): visit(literal)
        case .variable(let name, let subscripting):
            visit(name)
            if let subscripting { visit(subscripting) }
        case .expanded(let word): visit(word)
        case .group(let inner, _), .unary(_, let inner, _), .postfix(let inner, _, _):
            visit(inner)
        case .binary(let left, _, let right), .assignment(let left, _, let right),
            .comma(let left, let right):
            visit(left)
            visit(right)
        case .conditional(let condition, let yes, let no):
            visit(condition)
            visit(yes)
            visit(no)
        }
    }
}
