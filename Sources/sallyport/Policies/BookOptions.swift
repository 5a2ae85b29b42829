internal import ArgumentParser
internal import PolicyEngine
internal import StrictYAML

/// By which policies something is decided.
struct BookOptions: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "A policy or knowledge file, or a directory of them; may be given often. Without it "
                + "those of the installation.",
            valueName: "path"
        )
    )
    var paths: [String] = []

    /// Reads the files, and the inventory of an installation that somebody names.
    func rules(_ configuration: ConfigurationOption) throws(RefusedFiles) -> RulesInUse {
        if paths.isEmpty {
            let installation = try Installation(configuration)
            return try RulesInUse(installation.files, installation, asksGrants: true)
        }
        let installation = configuration.isNamed ? try Installation(configuration) : nil
        return try RulesInUse(try RuleFiles(paths), installation, asksGrants: false)
    }
}

/// The book that decides, and what is known of principals and targets.
struct RulesInUse {
    let files: RuleFiles
    let book: RuleBook
    /// What is to be known of the files.
    let warnings: [String]
    private let installation: Installation?
    /// Whether somebody must be granted to ask, as a bastion would see to.
    private let asksGrants: Bool

    init(
        _ files: RuleFiles,
        _ installation: Installation? = nil,
        asksGrants: Bool = false
    ) throws(RefusedFiles) {
        let accepted = try files.book()
        self.files = files
        book = accepted.value
        self.installation = installation
        self.asksGrants = asksGrants
        warnings = accepted.warnings.map(\.description)
    }

    func known(_ principal: PrincipalName, _ target: TargetName) -> KnownSituation {
        Installation.known(installation?.inventory, principal, target)
    }

    func check(_ commandLine: [UInt8], in situation: CommandSituation) -> CheckedCommand {
        let grants =
            asksGrants ? installation?.grants(for: situation.context) ?? .notAsked : .notAsked
        return CheckedCommand(commandLine, in: situation, by: book, grants: grants)
    }
}
