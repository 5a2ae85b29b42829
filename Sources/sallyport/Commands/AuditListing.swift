internal import AuditTrail
internal import Authority
internal import Foundation
internal import PlainText

/// The lines of `sallyport audit` for people.
struct AuditListing {
    let width: ListingWidth

    func line(of record: AuditRecord) throws -> String {
        let about = record.attribution
        let place = about.target.map { target in "\(about.login.map { "\($0)@" } ?? "")\(target)" }
        let head = ["\(record.sequence)", width.time(record.time), record.kind.rawValue]
        let details = try details(of: record)
        guard width.columns != nil else {
            let behalf = about.onBehalfOf.map { "on behalf of \($0)" }
            let facts = [about.connection, about.session, about.principal, behalf, place]
            return width.line(head + facts.compactMap(\.self) + [details])
        }
        // Who and where first: the rest may not fit. A session says which connection it is of.
        let behalf = about.onBehalfOf.map { "for \($0)" }
        let facts = [about.principal, behalf, place, about.session ?? about.connection]
        return width.line(head + facts.compactMap(\.self) + [details])
    }

    /// What the record says beside who and where, as it stands in the JSON form.
    private func details(of record: AuditRecord) throws -> String {
        let record = try JSONSerialization.jsonObject(with: AdminCoding.encoder().encode(record))
        guard let event = (record as? [String: Any])?["event"] else { return "" }
        let text = try JSONSerialization.data(
            withJSONObject: event,
            options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed]
        )
        return String(decoding: text, as: UTF8.self).escapingControls(limit: 400)
    }
}
