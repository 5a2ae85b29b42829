import ShellSyntax

/// Compares where nodes stand with the text and with each other.
struct PlaceCheck: SyntaxVisitor {
    private(set) var complaints: [String] = []
    private(set) var count = 0
    private let source: [UInt8]
    private var around: SourceRange
    /// Where the node before ends that has the same parent.
    private var before: Int32 = 0
    /// Whether all stands where `around` does: what is read was made from that text.
    private var isFixed = false

    init(_ source: some Collection<UInt8>) {
        self.source = Array(source)
        around = SourceRange(0, source.count)
    }

    /// Compares a node with its parent and the node before, and goes on to those below it.
    private mutating func check(
        _ range: SourceRange,
        _ name: String,
        _ visitChildren: (inout Self) -> Void
    ) {
        count += 1
        let isRight =
            isFixed
            ? range == around
            : range.lowerBound <= range.upperBound && range.lowerBound >= before
                && range.lowerBound >= around.lowerBound && range.upperBound <= around.upperBound
        if !isRight { complaints.append("\(name) at \(range.bytes) in \(around.bytes)") }
        let saved = around
        around = range
        before = range.lowerBound
        visitChildren(&self)
        around = saved
        before = range.upperBound
    }

    // MARK: nodes with a place

    mutating func visit(_ list: CommandList) {
        check(list.range, "CommandList") { $0.visitChildren(of: list) }
    }

    mutating func visit(_ andOr: AndOrList) {
        check(andOr.range, "AndOrList") { $0.visitChildren(of: andOr) }
    }

    mutating func visit(_ pipeline: Pipeline) {
        check(pipeline.range, "Pipeline") { $0.visitChildren(of: pipeline) }
    }

    mutating func visit(_ command: Command) {
        check(command.range, "Command") { $0.visitChildren(of: command) }
    }

    mutating func visit(_ item: CaseItem) {
        check(item.range, "CaseItem") { $0.visitChildren(of: item) }
    }

    mutating func visit(_ expression: ConditionalExpression) {
        check(expression.range, "ConditionalExpression") { $0.visitChildren(of: expression) }
    }

    mutating func visit(_ assignment: Assignment) {
        check(assignment.range, "Assignment") { $0.visitChildren(of: assignment) }
    }

    mutating func visit(_ element: ArrayElement) {
        check(element.range, "ArrayElement") { $0.visitChildren(of: element) }
    }

    mutating func visit(_ subscripting: Subscript) {
        check(subscripting.range, "Subscript") { $0.visitChildren(of: subscripting) }
    }

    mutating func visit(_ redirection: Redirection) {
        check(redirection.range, "Redirection") { $0.visitChildren(of: redirection) }
    }

    mutating func visit(_ word: Word) {
        // Of text with a line continuation in it, what braces divide stands where it began.
        let isDivided =
            text(word.range).contains("\\\n")
            && word.parts.contains { if case .braceExpansion = $0 { true } else { false } }
        check(word.range, "Word") { if !isDivided { $0.visitChildren(of: word) } }
    }

    mutating func visit(_ arithmetic: Arithmetic) {
        check(arithmetic.range, "Arithmetic") { $0.visitChildren(of: arithmetic) }
    }

    mutating func visit(_ expression: ArithmeticExpression) {
        check(expression.range, "ArithmeticExpression") { $0.visitChildren(of: expression) }
    }

    mutating func visit(_ part: WordPart) {
        check(part.range, "WordPart") { check in
            if !check.isFixed, !check.reads(part) {
                check.complaints.append("\(part) reads `\(check.text(part.range))`")
            }
            check.visitChildren(of: part)
        }
    }

    // MARK: text that is read on its own

    mutating func visit(_ substitution: CommandSubstitution) {
        visit(fixed: substitution.list.range == substitution.range) { $0.visit(substitution.list) }
    }

    /// The text stands behind the line, not within the redirection.
    mutating func visit(_ document: HereDocument) {
        visit(document.delimiter)
        let saved = (around, before)
        around = document.bodyRange
        before = document.bodyRange.lowerBound
        visit(fixed: document.body.allSatisfy { $0.range == document.bodyRange }) { check in
            for part in document.body { check.visit(part) }
        }
        (around, before) = saved
    }

    private mutating func visit(fixed: Bool, _ visitChildren: (inout Self) -> Void) {
        let saved = isFixed
        isFixed = isFixed || fixed
        visitChildren(&self)
        isFixed = saved
    }

    // MARK: text

    private func text(_ range: SourceRange) -> String {
        String(decoding: source[range.bytes], as: UTF8.self)
    }

    /// Whether a part stands where the text is that made it.
    private func reads(_ part: WordPart) -> Bool {
        let plain = text(part.range)
        let joined = plain.replacing("\\\n", with: "")
        switch part {
        case .literal(let literal):
            return joined == literal.text.description || plain == literal.text.description
        case .escaped(let literal): return joined == "\\\(literal.text)"
        case .singleQuoted(let literal): return plain == "'\(literal.text)'"
        case .ansiCQuoted(let literal): return plain.hasSuffix("'\(literal.text)'")
        case .tilde(let literal): return joined == "~\(literal.text)"
        case .doubleQuoted(let quoted):
            return joined.hasPrefix(quoted.isLocale ? "$\"" : "\"") && joined.hasSuffix("\"")
        case .parameter(let expansion):
            return joined.hasPrefix(expansion.isBraced ? "${" : "$\(expansion.parameter.spelling)")
        case .commandSubstitution(let substitution):
            return substitution.form == .backquotes
                ? joined.hasPrefix("`") && joined.hasSuffix("`")
                : joined.hasPrefix("$(") && joined.hasSuffix(")")
        case .arithmetic: return joined.hasPrefix("$((") || joined.hasPrefix("$[")
        case .processSubstitution: return joined.hasPrefix("<(") || joined.hasPrefix(">(")
        case .braceExpansion: return joined.hasPrefix("{") && joined.hasSuffix("}")
        case .extendedGlob: return joined.dropFirst().hasPrefix("(") && joined.hasSuffix(")")
        case .array: return joined.hasPrefix("(") && joined.hasSuffix(")")
        case .deferredError(let error): return plain == error.text.description
        }
    }
}
