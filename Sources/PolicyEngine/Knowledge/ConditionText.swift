import CommandAnalysis
import ShellSyntax
import StrictYAML

/// The text of a condition without its `if` or `unless`: `recursive`, `operands>1`, `operand2=status`.
enum ConditionText {
    private static let expected =
        "a tag, `operands`, `operands>N`, `operand=PATTERN` or `operandN=PATTERN`"

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
        guard let name = KnowledgeGrammar.word(String(word)) else { return refuse(word, field) }
        return .tag(Tag(name))
    }

    private static func refuse(_ word: Substring, _ field: YAMLField) -> Condition? {
        field.refuse("expected \(expected), found \(String(word).quoted)")
        return nil
    }

    /// The tag that a condition speaks of.
    static func tag(in condition: Condition) -> Tag? {
        switch condition {
        case .tag(let tag): tag
        case .operands, .operand: nil
        case .not(let inner): tag(in: inner)
        }
    }
}
