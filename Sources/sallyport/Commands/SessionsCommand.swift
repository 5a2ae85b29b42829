internal import ArgumentParser
internal import AuditTrail
internal import Authority

/// `sallyport sessions`: who ran what where.
struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "Show who ran what where, by connection, newest first.",
        discussion: ListingOptions.discussion
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

    @OptionGroup var options: ListingOptions

    func run() throws {
        var filter = AdminRequest.Sessions()
        filter.connection = connection
        filter.principal = principal
        filter.onBehalfOf = onBehalfOf
        filter.target = target
        filter.since = since?.timestamp
        filter.until = until?.timestamp
        filter.live = live ? true : nil
        let listing = SessionListing(width: options.width)
        var lastConnection: String?
        try admin.pages(atMost: options.limit) { limit, next in
            var page = filter
            page.limit = limit
            page.before = next
            return .sessions(page)
        } _: { answer in
            let sessions = answer.sessions ?? []
            for session in sessions {
                if options.json {
                    try Output.json(session)
                } else {
                    if session.connection != lastConnection {
                        Output.line(listing.head(of: session))
                    }
                    lastConnection = session.connection
                    Output.line(listing.line(of: session))
                }
            }
            return sessions.count
        }
    }
}
