internal import ArgumentParser
internal import AuditTrail
internal import Authority

extension AuditKind: ExpressibleByArgument {}

/// `sallyport audit`: what happened, as it was recorded.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show the audit trail, newest first.",
        discussion: ListingOptions.discussion
    )

    @OptionGroup var admin: AdminOptions

    @Option(name: .customLong("kind"), help: "Only records of this kind; may be given often.")
    var kinds: [AuditKind] = []

    @Option(help: "Only those of this principal.")
    var principal: String?

    @Option(help: "Only those on behalf of this human.")
    var onBehalfOf: String?

    @Option(help: "Only those about this target.")
    var target: String?

    @Option(help: "Only those of this connection.")
    var connection: String?

    @Option(help: "Only those of this session.")
    var session: String?

    @Option(help: "Only those at this time or later.")
    var since: Moment?

    @Option(help: "Only those before this time.")
    var until: Moment?

    @Option(help: "Oldest first, after this sequence number; 0 begins at the first record.")
    var after: Int64?

    @OptionGroup var options: ListingOptions

    func run() throws {
        var filter = AdminRequest.Audit()
        filter.kinds = kinds.isEmpty ? nil : kinds
        filter.connection = connection
        filter.session = session
        filter.principal = principal
        filter.onBehalfOf = onBehalfOf
        filter.target = target
        filter.since = since?.timestamp
        filter.until = until?.timestamp
        filter.after = after
        let listing = AuditListing(width: options.width)
        try admin.pages(atMost: options.limit) { limit, next in
            var page = filter
            page.limit = limit
            if after == nil { page.before = next } else { page.after = next ?? after }
            return .audit(page)
        } _: { answer in
            let records = answer.records ?? []
            for record in records {
                if options.json {
                    try Output.json(record)
                } else {
                    Output.line(try listing.line(of: record))
                }
            }
            return records.count
        }
    }
}
