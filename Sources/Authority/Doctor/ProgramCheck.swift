import Glibc
import Logging
import MessageSockets
import SessionProtocol

/// Whether the programs of the other processes are there, start, and are of this release.
final class ProgramCheck {
    /// LIMIT: for both together.
    static let timeout = Duration.seconds(15)

    private let programs: Startup.Programs
    private let snapshot: Snapshot?
    private let account: ProcessAccount?
    private let logger: Logger
    private var session: Diagnosis?
    private var decide: Diagnosis?

    /// Without a snapshot nothing can be loaded into a decider, and it is only looked at.
    static func run(
        _ programs: Startup.Programs,
        _ reading: SettingsCheck.Reading,
        _ logger: Logger
    ) -> [Diagnosis] {
        let account: ProcessAccount?
        do throws(ProcessAccountError) {
            account = try reading.settings.flatMap { settings throws(ProcessAccountError) in
                try ProcessAccount.chosen(by: settings)
            }
        } catch {
            // `ConfinementCheck` says so. Processes that are root do not start.
            account = nil
        }
        return ProgramCheck(programs, reading.snapshot, account, logger).run()
    }

    private init(
        _ programs: Startup.Programs,
        _ snapshot: Snapshot?,
        _ account: ProcessAccount?,
        _ logger: Logger
    ) {
        self.programs = programs
        self.snapshot = snapshot
        self.account = account
        self.logger = logger
    }

    private func run() -> [Diagnosis] {
        session = Self.file("session-program", programs.session)
        decide = Self.file("decide-program", programs.decide)
        do throws(SocketError) {
            try start()
        } catch {
            session = session ?? Self.failed("session-program", error.description)
            decide = decide ?? Self.failed("decide-program", error.description)
        }
        return [session, decide].compactMap { $0 }
    }

    /// What is wrong with the file itself; nil where it can be started.
    private static func file(_ subject: String, _ path: String) -> Diagnosis? {
        guard let facts = FileFacts(of: path), ProgramSearch.isProgram(path) else {
            return .error(
                subject,
                "`\(path)` is not there, or cannot be executed",
                "install all programs of one release into one directory"
            )
        }
        guard facts.mode & 0o022 == 0 else {
            return .error(
                subject,
                "`\(path)` may be written by others (mode \(facts.octalMode))",
                "run `chmod go-w` on it"
            )
        }
        return nil
    }

    private static func failed(_ subject: String, _ reason: String) -> Diagnosis {
        .error(
            subject,
            PrintableText.escaped(reason),
            "install all programs of one release into one directory"
        )
    }

    // MARK: Starting

    private func start() throws(SocketError) {
        let reactor = try Reactor()
        let spares = SpareProcesses(
            program: programs.session,
            as: account,
            wanted: 1,
            on: reactor,
            logger: logger
        )
        spares.becameReady = { [self] library in
            let shown = PrintableText.escaped(library, limit: 80)
            session = session ?? .ok("session-program", "`\(programs.session)` is ready, \(shown)")
        }
        spares.startFailed = { [self] error in
            session = session ?? Self.failed("session-program", error.description)
        }
        if session == nil { spares.fill() }
        let pool = try decider(on: reactor)
        let timer = reactor.after(Self.timeout) { [self] in
            session = session ?? Self.failed("session-program", "it was not ready in time")
            decide = decide ?? Self.failed("decide-program", "it was not ready in time")
        }
        while session == nil || decide == nil { try reactor.turn() }
        reactor.cancel(timer)
        spares.stop()
        pool?.retire()
    }

    private func decider(on reactor: Reactor) throws(SocketError) -> DeciderPool? {
        guard decide == nil else { return nil }
        guard let snapshot else {
            decide = .ok("decide-program", "`\(programs.decide)` is there")
            return nil
        }
        let pool = DeciderPool(
            program: programs.decide,
            as: account,
            snapshot: try snapshot.sealedBundle(),
            version: 1,
            size: 1,
            on: reactor,
            logger: logger
        )
        pool.settled = { [self] load in
            switch load {
            case .ready:
                decide = decide ?? .ok("decide-program", "`\(programs.decide)` loads the inventory")
            case .failed(let reason): decide = decide ?? Self.failed("decide-program", reason)
            }
        }
        pool.fill()
        return pool
    }
}
