// Where the nodes stand that hold no range of their own.

extension ListItem {
    /// Without what ends the item.
    public var range: SourceRange { andOr.range }
}

extension CompoundCommand {
    /// Without the redirections behind it, but with the blanks before these.
    public var bodyRange: SourceRange {
        guard let first = redirections.first else { return range }
        return SourceRange(Int(range.lowerBound), Int(first.range.lowerBound))
    }
}

extension IfClause.Branch {
    /// From the condition to the body, without `if`, `elif` and `then`'s own.
    public var range: SourceRange { condition.range.through(body.range) }
}

extension Subscript {
    /// Without the brackets.
    public var range: SourceRange { word.range }
}

extension HereDocument {
    /// Of the delimiter; the body has its own.
    public var range: SourceRange { delimiter.range }
}

extension ConditionalExpression {
    public var range: SourceRange {
        switch self {
        case .word(let word): word.range
        case .unary(let spelling, let word): spelling.range.through(word.range)
        case .binary(let left, _, let right): left.range.through(right.range)
        case .negation(_, let range), .group(_, let range): range
        case .and(let left, let right), .or(let left, let right): left.range.through(right.range)
        }
    }
}

extension ArithmeticExpression {
    public var range: SourceRange {
        switch self {
        case .number(let literal): literal.range
        case .variable(let name, let subscripting):
            // The bracket belongs to the variable.
            subscripting.map {
                SourceRange(Int(name.range.lowerBound), Int($0.range.upperBound) + 1)
            } ?? name.range
        case .expanded(let word): word.range
        case .group(_, let range), .unary(_, _, let range), .postfix(_, _, let range): range
        case .binary(let left, _, let right), .assignment(let left, _, let right),
            .comma(let left, let right):
            left.range.through(right.range)
        case .conditional(let condition, _, let no): condition.range.through(no.range)
        }
    }
}
