internal import AuditTrail
internal import PlainText

/// The lines of `sallyport sessions` for people.
struct SessionListing {
    let width: ListingWidth

    /// Above the sessions of a connection.
    func head(of session: SessionEntry) -> String {
        let behalf = session.onBehalfOf.map { "on behalf of \($0)" } ?? ""
        return width.line([session.connection, session.principal, behalf])
    }

    func line(of session: SessionEntry) -> String {
        let command = session.command.displayText.escapingControls(limit: Self.commandCharacters)
        let what =
            switch session.request {
            case .exec: command
            case .shell: session.hasTerminal ? "(terminal)" : "(shell)"
            case .subsystem: "(\(command))"
            }
        return width.line(
            [
                "  \(session.id)", width.time(session.openedAt),
                "\(session.login ?? "?")@\(session.target ?? "?")",
            ],
            flexible: what,
            [end(session)]
        )
    }

    /// The rest of a command is in `--json`.
    private static let commandCharacters = 60

    private func end(_ session: SessionEntry) -> String {
        guard let cause = session.cause else { return "live" }
        let result: String =
            switch session.result {
            case .exitStatus(let status): "exit \(status)"
            case .exitSignal(let name, _, _): "signal \(name)"
            case nil: ""
            }
        // What has a result and no other cause is finished.
        let isSaid = width.columns != nil && cause == .finished && !result.isEmpty
        // What needed an approval was not denied, and did not run either.
        let word = cause == .denied && session.effect == .review ? "needs approval" : cause.rawValue
        return [isSaid ? "" : word, result, remains(session)].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    /// What may still run on the target.
    private func remains(_ session: SessionEntry) -> String {
        switch session.remoteEnd {
        case .exited, .ended, nil: ""
        case .unreachable: "unreachable"
        case .left(let processes): "\(processes) left"
        case .uncertain(let processes): "\(processes) uncertain"
        }
    }
}
