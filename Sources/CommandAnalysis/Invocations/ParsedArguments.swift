import ShellSyntax

/// What a program makes of its arguments, as far as the knowledge tells.
struct ParsedArguments {
    /// The values of options, in their order.
    var values: [TypedValue] = []
    var tags: [Tag] = []
    /// What is no option, subcommands left out.
    var operands: [Argument] = []
    /// The subcommand's names, as they were written.
    var verbs: [ShellText] = []
    /// Of the program, or of the subcommand.
    var knowledge: ProgramKnowledge
    /// Whether there is an option, an operand or a number of operands that the knowledge does not
    /// tell.
    var isUncertain: Bool { !unknown.isEmpty }
    /// What the knowledge does not tell: options, or operands that may be one.
    private(set) var unknown: [AbstractText] = []
    /// An operand that could be an option, for all that is known of it.
    var possibleOption: AbstractText?
    /// What stands for the value of an option, and may be any number of arguments.
    var unclearValue: AbstractText?
    /// Whether a subcommand is none that the knowledge has.
    var hasUnknownCommand = false
    /// What follows an option that takes all the rest: `-x COMMAND...`.
    var rest: (type: ValueType, arguments: [Argument])?

    struct TypedValue {
        let type: ValueType
        let value: AbstractText
        /// Of the option; none for an operand.
        var tags: [Tag] = []
    }

    func has(_ tag: Tag) -> Bool { tags.contains(tag) }

    /// Whether an option that nobody sees may change what is printed, or what an operand is.
    var mayBeOtherwise: Bool {
        (possibleOption != nil || unclearValue != nil) && knowledge.usages.count > 1
    }

    mutating func noteUnknown(_ text: AbstractText) { unknown.append(text) }
}
