internal import ArgumentParser
internal import PolicyEngine
internal import StrictYAML

/// Commands that were asked about: in transcripts, in files of JSON lines, in an audit trail.
struct RecordedCommands: ParsableArguments {
    @OptionGroup var admin: AdminOptions
    @OptionGroup var situation: SituationOptions

    @Option(
        name: .customLong("over"),
        help: ArgumentHelp(
            "Commands: .cases files, directories of them, or JSON lines, - for those of the "
                + "standard input; may be given often.",
            valueName: "path"
        )
    )
    var paths: [String] = []

    @Option(help: "Commands of the running bastion at this time or later: RFC 3339, or 14d.")
    var since: Moment?

    @Option(help: "Of the running bastion at most so many, the newest.")
    var limit = 100_000

    func validate() throws {
        guard !paths.isEmpty || since != nil else {
            throw ValidationError("--over or --since says which commands are meant")
        }
    }

    /// Gives each command in turn, and says which lines are left out, in words.
    func forEach(
        _ known: @escaping (PrincipalName, TargetName) -> KnownSituation,
        _ body: (BookComparison.Asked) -> Void
    ) throws -> [String] {
        let reader = AskedCommandReader(options: situation, known: known)
        var complaints = try AskedCommandSources(reader: reader).forEach(in: paths, body)
        if let since { complaints += try admin.commands(since: since, limit, reader, body) }
        return complaints
    }

    /// The installation, where somebody says which one is meant, or its bastion is asked.
    func installation() throws(RefusedFiles) -> Installation? {
        let configuration = admin.configurationFile
        return configuration.isNamed || since != nil ? try Installation(configuration) : nil
    }

    /// Counts all commands, and says what came of it.
    func answer<Tally: CommandTally>(
        _ lines: KeyPath<Tally, [String]>,
        by options: BookOptions
    ) throws -> CommandAnswer {
        try CommandAnswer.of {
            let rules = try options.rules(admin.configurationFile)
            var tally = Tally(by: rules.book)
            let complaints = try forEach(rules.known) { tally.add($0) }
            return CommandAnswer(
                lines: tally[keyPath: lines],
                complaints: rules.warnings + complaints
            )
        }
    }
}
