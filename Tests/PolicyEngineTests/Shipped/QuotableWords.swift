import ShellSyntax
import TestSupport

/// Words of a command line that mean the same with quotes around them.
struct QuotableWords: SyntaxVisitor {
    private var words: [(range: Range<Int>, text: String)] = []

    /// The line with one or two of its words quoted; nil where there is no such word.
    static func requoted(_ line: String, _ random: inout SeededGenerator) -> String? {
        let bytes = Array(line.utf8)
        let program = Program(bytes, dialect: .bash)
        // What an alias stands for is looked up only without quotes.
        guard program.status == .accepted, !line.contains("alias") else { return nil }
        var search = QuotableWords()
        search.visit(program)
        let words = search.words.filter { Array(bytes[$0.range]) == Array($0.text.utf8) }
        let chosen = words.shuffled(using: &random).prefix(2)
        if chosen.isEmpty { return nil }
        var result = bytes
        for word in chosen.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            result.replaceSubrange(word.range, with: quoted(word.text, &random).utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func quoted(_ word: String, _ random: inout SeededGenerator) -> String {
        let half = word.index(
            word.startIndex,
            offsetBy: Int.random(in: 0...word.count, using: &random)
        )
        let (head, tail) = (word[..<half], word[half...])
        return switch Int.random(in: 0..<5, using: &random) {
        case 0: "'\(word)'"
        case 1: "\"\(word)\""
        case 2: "\(head)''\(tail)"
        case 3: "\(head)\"\(tail)\""
        default: word.map { "\\\($0)" }.joined()
        }
    }

    mutating func visit(_ command: SimpleCommand) {
        visitChildren(of: command)
        // An argument of these is an assignment only without quotes.
        let declarations: Set<ShellText> = ["export", "declare", "local", "readonly", "typeset"]
        guard let first = command.words.first?.literal, !declarations.contains(first) else {
            return
        }
        for word in command.words {
            guard word.parts.count == 1, case .literal(let literal) = word.parts[0] else {
                continue
            }
            let text = literal.text.description
            guard text.isPlainWord else { continue }
            words.append((Int(word.range.lowerBound)..<Int(word.range.upperBound), text))
        }
    }

    // Inside backquotes a backslash is read twice.
    mutating func visit(_ substitution: CommandSubstitution) {
        if substitution.form == .parentheses { visitChildren(of: substitution) }
    }
}
