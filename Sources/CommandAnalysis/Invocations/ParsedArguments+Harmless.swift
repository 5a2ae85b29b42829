// What a program can do at most, whatever its arguments are.

extension ParsedArguments {
    /// Whether an option that nobody sees may change what is printed, or what an operand is.
    var mayBeOtherwise: Bool {
        (possibleOption != nil || unclearValue != nil) && knowledge.usages.count > 1
    }

    /// Whether no arguments at all make the program more than look, and none of them is a file.
    var isInert: Bool { knowledge.isInert && verbs.isEmpty }
}
