import CommandAnalysis
import ShellSyntax
import StrictYAML

/// The text of a condition without its `if` or `unless`: `force`, `jump=ACCEPT`, `operand2=status`.
enum ConditionText {
    private static let expected =
        "a tag, `TAG=PATTERN`, `TAG==PATTERN`, `operands`, `operands>N`, `operand=PATTERN` or "
        + "`operandN=PATTERN`"

    static func read(_ word: Substring, in field: YAMLField) -> Condition? {
        if word == "operands" { return .operands(atLeast: 1) }
        if word.hasPrefix("operands>") {
            let count = Int(strictDecimal: String(word.dropFirst("operands>".count)))
            guard let count, count < KnowledgeLimits.words else { return refuse(word, field) }
            return .operands(atLeast: count + 1)
        }
        if word.hasPrefix("operand"), let equals = word.firstIndex(of: "=") {
            let pattern = word[word.index(after: equals)...]
            let place = word[..<equals].dropFirst("operand".count)
            let number = Int(strictDecimal: String(place))
            let isPlace =
                place.isEmpty || number.map { (1..<KnowledgeLimits.words).contains($0) } == true
            guard isPlace, KnowledgeGrammar.isPrintable(String(pattern)) else {
                return refuse(word, field)
            }
            return .operand(number, matching: ShellText(String(pattern)))
        }
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = KnowledgeGrammar.word(String(parts[0])) else { return refuse(word, field) }
        guard parts.count == 2 else { return .tag(Tag(name)) }
        let isOfAll = parts[1].hasPrefix("=")
        let pattern = String(isOfAll ? parts[1].dropFirst() : parts[1])
        // In a usage it may have blanks in it.
        let isText = KnowledgeGrammar.isPrintable(pattern.filter { $0 != " " })
        guard isText, !pattern.hasPrefix(" "), !pattern.hasSuffix(" ") else {
            return refuse(word, field)
        }
        return isOfAll
            ? .allValues(of: Tag(name), matching: ShellText(pattern))
            : .value(of: Tag(name), matching: ShellText(pattern))
    }

    private static func refuse(_ word: Substring, _ field: YAMLField) -> Condition? {
        field.refuse("expected \(expected), found \(String(word).quoted)")
        return nil
    }

    /// The tag that a condition speaks of.
    static func tag(in condition: Condition) -> Tag? {
        switch condition {
        case .tag(let tag), .value(of: let tag, matching: _), .allValues(of: let tag, matching: _):
            tag
        case .operands, .operand: nil
        case .not(let inner): tag(in: inner)
        }
    }
}
