import ShellSyntax

// Commands of `parallel` of which nobody tells what their arguments are.

extension ParsedArguments {
    /// Whether an option divides, changes or finds the arguments in another way.
    var isDividedElsewhere: Bool {
        has(Tag("apart")) || has(Tag("hosts")) || has(Tag("database")) || has(Tag("slot"))
    }

    /// Whether an argument, or what stands in the place of a mark, may be any text.
    var hasOtherOperands: Bool {
        isDividedElsewhere || has(Tag("placeholder")) || has(Tag("parens")) || has(Tag("plus"))
            || has(Tag("delimiter"))
            || operands.contains { $0.literal?.utf8.contains(0x0A) == true }
    }

    /// The command with any text in the place of its marks, or behind it; nil where that may be
    /// any command.
    var markedCommand: ShellText? {
        let any = AbstractText.addedOperand.quotedWord
        let named = values(tagged: "placeholder")
        let marks = named.compactMap(\.literal)
        if marks.count != named.count || has(Tag("parens")) { return nil }
        var words: [ShellText] = []
        var isMarked = false
        for operand in operands {
            guard let word = operand.literal else { return nil }
            if ParallelTemplate.sourceMarks.contains(word) { break }
            let text = word.description
            let isMark =
                text.contains("{") || marks.contains { text.contains($0.description) }
            if !isMark {
                words.append(word)
                continue
            }
            // What stands around the mark is text for a shell.
            if word.utf8.contains(where: { " \t\n;&|<>()$`\\\"'".utf8.contains($0) }) { return nil }
            words.append(any)
            isMarked = true
        }
        if words.isEmpty { return nil }
        if !isMarked { words.append(any) }
        return words.joined
    }
}
