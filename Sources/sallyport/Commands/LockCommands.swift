internal import ArgumentParser
internal import AuditTrail
internal import Authority
internal import PlainText

/// `sallyport terminate`: ends what goes on.
struct TerminateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terminate",
        abstract: "End a session or a connection, and what it runs.",
        discussion: "The client is told who ended it and why."
    )

    @OptionGroup var admin: AdminOptions

    @Argument(help: "A session (s-…) or a connection (c-…).")
    var id: String

    @Option(help: "For the client and the audit trail.")
    var reason: String?

    func run() throws {
        try admin.perform(.terminate(AdminRequest.Terminate(id: id, reason: reason)))
    }
}

/// `sallyport lock`: keeps somebody or something out.
struct LockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Keep a principal, a target or all agents out, until further notice.",
        discussion: """
            What goes on ends within a second. A lock outlasts a restart. A principal need not be \
            in the inventory, as one that was removed or is still to come; a target must, or be \
            called target:NAME.
            """
    )

    @OptionGroup var admin: AdminOptions

    @Argument(help: "A principal (human:alice), a target (web1), or all-agents.")
    var subject: String

    @Option(name: .customLong("for"), help: "For so long: 90s, 10m, 2h, 7d.")
    var span: TimeSpan?

    @Option(
        help: """
            For the audit trail, for clients whose sessions end by it, and for those who ask for a \
            locked target. A locked principal who comes later is not let in and told nothing.
            """
    )
    var reason: String?

    func run() throws {
        let lock = AdminRequest.Lock(subject: subject, seconds: span?.seconds, reason: reason)
        try admin.perform(.lock(lock))
    }
}

/// `sallyport unlock`: lifts a lock.
struct UnlockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "Lift a lock.",
        discussion: "`sallyport locks` shows those in force."
    )

    @OptionGroup var admin: AdminOptions

    @Argument(help: "What was locked.")
    var subject: String

    @Option(help: "For the audit trail.")
    var reason: String?

    func run() throws {
        try admin.perform(.unlock(AdminRequest.Lock(subject: subject, reason: reason)))
    }
}

/// `sallyport locks`: who and what is kept out.
struct LocksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locks",
        abstract: "Show the locks in force."
    )

    @OptionGroup var admin: AdminOptions

    @Flag(help: "One JSON object on each line.")
    var json = false

    func run() throws {
        for lock in try admin.ask(.locks).locks ?? [] {
            if json {
                try Output.json(lock)
            } else {
                let until = lock.until.map { "until \($0)" } ?? "until it is unlocked"
                let reason = lock.reason.escapingControls(limit: 200)
                let why = reason.isEmpty ? "" : ": \(reason)"
                Output.line("\(lock.subject)  by \(lock.by), \(until)\(why)")
            }
        }
    }
}

/// `sallyport reload`: settings and inventory anew.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Read settings and inventory again.",
        discussion: """
            The same as SIGHUP, and it tells what came of it: with a mistake in the files nothing \
            changes and the findings are shown.
            """
    )

    @OptionGroup var admin: AdminOptions

    func run() throws {
        try admin.perform(.reload)
    }
}

/// `sallyport status`: what a running bastion says of itself.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether a bastion serves, where, and for how many."
    )

    @OptionGroup var admin: AdminOptions

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        guard let status = try admin.ask(.status).status else { return }
        if json { return try Output.json(status) }
        Output.line("listening on \(status.listening.joined(separator: ", "))")
        Output.line(
            "\(status.connections.counted("connection")), \(status.sessions.counted("session"))"
        )
        Output.line("being ended on targets: \(status.endings.counted("session"))")
        Output.line(
            "may still run on targets, of what ended since the start: "
                + status.failedEndings.counted("session")
        )
        Output.line("inventory of load \(status.snapshotVersion)")
        if let failure = status.auditFailure {
            Output.line("\(failure); \(status.unwrittenRecords.counted("record")) not written yet")
        }
    }
}
