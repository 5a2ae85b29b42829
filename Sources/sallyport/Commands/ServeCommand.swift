internal import ArgumentParser
internal import Authority
internal import Foundation
internal import Glibc
internal import Logging
internal import MessageSockets

/// `sallyport serve`: the authority.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve clients until SIGTERM.",
        discussion: """
            SIGHUP reads settings and inventory again; with a mistake in them nothing changes. \
            SIGUSR2 makes the program that is installed now take over, without ending a session; \
            where it cannot, this one goes on and says why. \
            SIGTERM takes nobody in any more and lets sessions go on for the drain timeout; SIGINT \
            ends them at once. Each address is printed on the standard output as soon as clients \
            can connect; logs go to the standard error.
            """
    )

    @OptionGroup var configurationFile: ConfigurationOption

    @Option(help: .hidden)
    var sessionProgram: String?

    @Option(help: .hidden)
    var decideProgram: String?

    /// The number of a descriptor.
    @Option(help: .hidden)
    var takeOver: Int32?

    @Flag(help: .hidden)
    var checkTakeOver = false

    func run() throws {
        let beside = Startup.Programs.besideThisOne()
        let programs = Startup.Programs(
            session: sessionProgram ?? beside.session,
            decide: decideProgram ?? beside.decide
        )
        let settingsPath = configurationFile.path()
        do throws(StartError) {
            if checkTakeOver {
                try Startup.checkTakeOver(
                    settingsPath: settingsPath,
                    programs: programs,
                    handover: Descriptor(adopting: FileHandle.standardInput.fileDescriptor)
                )
                return FileHandle.standardOutput.write(Data(Successor.consent.utf8))
            }
            try Startup.serve(
                settingsPath: settingsPath,
                programs: programs,
                successor: successor(settingsPath),
                takingOver: takeOver,
                makeLogger: Self.logger,
                listening: { addresses in
                    for address in addresses {
                        Self.say("sallyport: listening on \(address)\n")
                    }
                }
            )
        } catch {
            Complaint.write(error.description)
            throw ExitCode.failure
        }
    }

    /// The same program with the same options, in whatever release it is then.
    private func successor(_ settingsPath: String) -> Successor? {
        var arguments = ["serve", "--config", settingsPath]
        if let sessionProgram { arguments += ["--session-program", sessionProgram] }
        if let decideProgram { arguments += ["--decide-program", decideProgram] }
        return Successor(of: CommandLine.arguments[0], arguments: arguments)
    }

    /// At once, for whoever waits for it behind a pipe; nobody may be there any more.
    private static func say(_ line: String) {
        _ = unsafe write(STDOUT_FILENO, line, line.utf8.count)
    }

    private static func logger(_ level: LogLevel) -> Logger {
        var logger = Logger(label: "sallyport") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level.rawValue) ?? .info
        return logger
    }
}
