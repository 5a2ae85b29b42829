internal import ArgumentParser
internal import Authority
internal import Foundation
internal import Logging

/// `sallyport serve`: the authority.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve clients until SIGTERM.",
        discussion: """
            SIGHUP reads settings and inventory again; with a mistake in them nothing changes. \
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

    func run() throws {
        let beside = Startup.Programs.besideThisOne()
        let programs = Startup.Programs(
            session: sessionProgram ?? beside.session,
            decide: decideProgram ?? beside.decide
        )
        do throws(StartError) {
            try Startup.serve(
                settingsPath: configurationFile.path(),
                programs: programs,
                makeLogger: Self.logger,
                listening: { addresses in
                    // Written at once, for whoever waits for it behind a pipe.
                    for address in addresses {
                        let line = "sallyport: listening on \(address)\n"
                        FileHandle.standardOutput.write(Data(line.utf8))
                    }
                }
            )
        } catch {
            Complaint.write(error.description)
            throw ExitCode.failure
        }
    }

    private static func logger(_ level: LogLevel) -> Logger {
        var logger = Logger(label: "sallyport") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level.rawValue) ?? .info
        return logger
    }
}
