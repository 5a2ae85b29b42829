internal import ArgumentParser
internal import AuditTrail
internal import Authority
import Foundation
internal import PlainText

extension AuditKind: ExpressibleByArgument {}

/// `sallyport audit`: what happened, as it was recorded.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show the audit trail, newest first.",
        discussion: "Times are RFC 3339, or a length of time before now: 90s, 10m, 2h, 7d."
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

    @Flag(help: "One JSON object on each line.")
    var json = false

    @Option(help: "At most so many.")
    var limit = 100

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
        try admin.pages(atMost: limit) { limit, next in
            var page = filter
            page.limit = limit
            if after == nil { page.before = next } else { page.after = next ?? after }
            return .audit(page)
        } _: { answer in
            let records = answer.records ?? []
            for record in records {
                if json { try Output.json(record) } else { try Self.show(record) }
            }
            return records.count
        }
    }

    private static func show(_ record: AuditRecord) throws {
        let about = record.attribution
        let place = about.target.map { target in "\(about.login.map { "\($0)@" } ?? "")\(target)" }
        let behalf = about.onBehalfOf.map { "on behalf of \($0)" }
        let head = "\(record.sequence)  \(record.time)  \(record.kind.rawValue)"
        let facts = [about.connection, about.session, about.principal, behalf, place]
        Output.line(
            ([head] + facts.compactMap { $0 } + [try details(of: record)]).joined(separator: "  ")
        )
    }

    /// What the record says beside who and where, as it stands in the JSON form.
    private static func details(of record: AuditRecord) throws -> String {
        let record = try JSONSerialization.jsonObject(with: AdminCoding.encoder().encode(record))
        guard let event = (record as? [String: Any])?["event"] else { return "" }
        let text = try JSONSerialization.data(
            withJSONObject: event,
            options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed]
        )
        return String(decoding: text, as: UTF8.self).escapingControls(limit: 400)
    }
}
