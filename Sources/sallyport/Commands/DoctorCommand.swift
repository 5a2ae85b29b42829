internal import ArgumentParser
internal import Authority
internal import Logging

/// `sallyport doctor`: whether everything is as it must be.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine this installation, or a target.",
        discussion: """
            Says of each thing whether it is ok, a warning or an error, and what to do. Ends with \
            0 where all is ok, 1 with warnings, 2 with errors. Run it as the account that serves.
            """,
        subcommands: [DoctorInstallationCommand.self, DoctorTargetCommand.self],
        defaultSubcommand: DoctorInstallationCommand.self
    )
}

/// `sallyport doctor`, where nothing follows: whether a bastion can serve here.
struct DoctorInstallationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "installation",
        abstract: "Examine this installation (the default)."
    )

    @OptionGroup var configurationFile: ConfigurationOption
    @OptionGroup var programs: ProgramOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try Printing.report(
            InstallationDoctor.examine(
                settingsPath: configurationFile.path(),
                programs: programs.programs(),
                path: Surroundings.programPath
            ),
            asJSON: json
        )
    }
}

/// `sallyport doctor target`: whether sessions on a target are what was decided.
struct DoctorTargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target",
        abstract: "Examine a target by certificates of its own.",
        discussion: """
            Signs in to an account of the target as sessions do and lets it say how it is: whether \
            what the certificate says is what runs, what start-up files do before it, its clock, \
            its programs. The certificates are in the audit trail.
            """
    )

    @OptionGroup var configurationFile: ConfigurationOption
    @OptionGroup var programs: ProgramOptions

    @Argument(help: "The name of the target.")
    var name: String

    @Option(help: "The account; without it the first one of the target.")
    var login: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let report: HealthReport
        do throws(TargetDoctor.Failure) {
            report = try TargetDoctor.examine(
                target: name,
                login: login,
                settingsPath: configurationFile.path(),
                programs: programs.programs(),
                logger: Self.logger
            )
        } catch {
            Complaint.write(error.description)
            throw ExitCode(2)
        }
        try Printing.report(report, asJSON: json)
    }

    private static var logger: Logger {
        var logger = Logger(label: "sallyport") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }
}

/// Where the programs of the other processes are.
struct ProgramOptions: ParsableArguments {
    @Option(help: .hidden)
    var sessionProgram: String?

    @Option(help: .hidden)
    var decideProgram: String?

    func programs() -> Startup.Programs {
        let beside = Startup.Programs.besideThisOne()
        return Startup.Programs(
            session: sessionProgram ?? beside.session,
            decide: decideProgram ?? beside.decide
        )
    }
}
