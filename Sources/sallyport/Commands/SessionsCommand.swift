internal import ArgumentParser
internal import AuditTrail
internal import Authority
internal import PlainText

/// `sallyport sessions`: who ran what where.
struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "Show who ran what where, by connection, newest first.",
        discussion: "Times are RFC 3339, or a length of time before now: 90s, 10m, 2h, 7d."
    )

    @OptionGroup var admin: AdminOptions

    @Option(help: "Only those of this principal.")
    var principal: String?

    @Option(help: "Only those on behalf of this human.")
    var onBehalfOf: String?

    @Option(help: "Only those on this target.")
    var target: String?

    @Option(help: "Only those of this connection.")
    var connection: String?

    @Option(help: "Only those opened at this time or later.")
    var since: Moment?

    @Option(help: "Only those opened before this time.")
    var until: Moment?

    @Flag(help: "Only those that are going on.")
    var live = false

    @Flag(help: "One JSON object on each line.")
    var json = false

    @Option(help: "At most so many.")
    var limit = 100

    func run() throws {
        var filter = AdminRequest.Sessions()
        filter.connection = connection
        filter.principal = principal
        filter.onBehalfOf = onBehalfOf
        filter.target = target
        filter.since = since?.timestamp
        filter.until = until?.timestamp
        filter.live = live ? true : nil
        var lastConnection: String?
        try admin.pages(atMost: limit) { limit, next in
            var page = filter
            page.limit = limit
            page.before = next
            return .sessions(page)
        } _: { answer in
            let sessions = answer.sessions ?? []
            for session in sessions {
                if json {
                    try Output.json(session)
                } else {
                    if session.connection != lastConnection { Self.showHead(of: session) }
                    lastConnection = session.connection
                    Self.show(session)
                }
            }
            return sessions.count
        }
    }

    private static func showHead(of session: SessionEntry) {
        let behalf = session.onBehalfOf.map { " on behalf of \($0)" } ?? ""
        Output.line("\(session.connection)  \(session.principal)\(behalf)")
    }

    private static func show(_ session: SessionEntry) {
        let place = "\(session.login ?? "?")@\(session.target ?? "?")"
        let command = session.command.displayText.escapingControls(limit: 60)
        let what =
            switch session.request {
            case .exec: command
            case .shell: session.hasTerminal ? "(terminal)" : "(shell)"
            case .subsystem: "(\(command))"
            }
        Output.line("  \(session.id)  \(session.openedAt)  \(place)  \(what)  \(end(session))")
    }

    private static func end(_ session: SessionEntry) -> String {
        guard let cause = session.cause else { return "live" }
        let result: String =
            switch session.result {
            case .exitStatus(let status): "exit \(status)"
            case .exitSignal(let name, _, _): "signal \(name)"
            case nil: ""
            }
        return [cause.rawValue, result, remains(session)].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    /// What may still run on the target.
    private static func remains(_ session: SessionEntry) -> String {
        switch session.remoteEnd {
        case .exited, .ended, nil: ""
        case .unreachable: "unreachable"
        case .left(let processes): "\(processes) left"
        case .uncertain(let processes): "\(processes) uncertain"
        }
    }
}
