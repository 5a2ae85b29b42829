internal import ArgumentParser
internal import PolicyEngine

/// `sallyport policy report`: what is refused, or would be.
struct PolicyReportCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Count what policies refuse, or would if they did not only observe.",
        discussion: """
            The policies of the installation, or those of --policy, are asked once more about \
            recorded commands. Counted by rule, program and principal, with an example; the most \
            frequent first.
            """
    )

    @OptionGroup var book: BookOptions
    @OptionGroup var commands: RecordedCommands

    func answer() throws -> CommandAnswer {
        try commands.answer(\RefusalTally.reportLines, by: book)
    }
}

/// `sallyport policy suggest`: rules for what is refused, or would be.
struct PolicySuggestCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Print a rule for each group of what policies refuse.",
        discussion: """
            As `policy report`, but a policy file with a rule for each group that no rule is \
            about, and the exceptions that others would need, as remarks. For programs that are \
            not known, `sallyport knowledge learn` prints stubs. Nothing of it is right only \
            because it happened: look at each.
            """
    )

    @OptionGroup var book: BookOptions
    @OptionGroup var commands: RecordedCommands

    func answer() throws -> CommandAnswer {
        try commands.answer(\RefusalTally.suggestedPolicy, by: book)
    }
}

/// `sallyport knowledge`: for whoever writes knowledge.
struct KnowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Find programs that no knowledge is about.",
        subcommands: [KnowledgeLearnCommand.self]
    )
}

/// `sallyport knowledge learn`: a stub for each program that is used and not known.
struct KnowledgeLearnCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Print a stub for each program that is used and not known.",
        discussion: """
            The most used first, as a knowledge file. A stub changes nothing before you write \
            what the program does.
            """
    )

    @OptionGroup var book: BookOptions
    @OptionGroup var commands: RecordedCommands

    func answer() throws -> CommandAnswer {
        try commands.answer(\UnknownProgramTally.lines, by: book)
    }
}
