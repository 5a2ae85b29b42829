internal import ArgumentParser

/// `sallyport`: everything that is not a process of its own is a subcommand of it.
@main
struct SallyportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport",
        abstract: "An SSH bastion that reads every command before it runs.",
        subcommands: [
            InitCommand.self, ServeCommand.self, StatusCommand.self, HealthCommand.self,
            MetricsCommand.self, ReloadCommand.self, SessionsCommand.self, PlayCommand.self,
            AuditCommand.self, TerminateCommand.self, LockCommand.self, UnlockCommand.self,
            LocksCommand.self, CACommand.self, TargetCommand.self, DoctorCommand.self,
            ParseCommand.self, CheckCommand.self, PolicyCommand.self, KnowledgeCommand.self,
        ]
    )
}
