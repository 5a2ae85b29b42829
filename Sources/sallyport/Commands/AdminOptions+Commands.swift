internal import ArgumentParser
internal import AuditTrail
internal import Authority
internal import Foundation
internal import PolicyEngine
internal import Recording

extension AdminOptions {
    /// Gives each command of the audit trail in turn, the newest first.
    ///
    /// - Returns: Which records are left out, in words.
    func commands(
        since: Moment,
        _ limit: Int,
        _ reader: AskedCommandReader,
        _ body: (BookComparison.Asked) -> Void
    ) throws -> [String] {
        var filter = AdminRequest.Audit()
        filter.kinds = [.sessionOpened]
        filter.since = since.timestamp
        var complaints: [String] = []
        try pages(atMost: limit) { limit, next in
            var page = filter
            page.limit = limit
            page.before = next
            return .audit(page)
        } _: { answer in
            let records = answer.records ?? []
            for record in records {
                let bytes = [UInt8](try AdminCoding.encoder().encode(record))
                let object = try JSONParser.parse(bytes[...])
                let session = record.attribution.session ?? "\(record.sequence)"
                do throws(AskedCommandReader.Flaw) {
                    guard let (commandLine, situation) = try reader.read(object) else { continue }
                    body(
                        BookComparison.Asked(
                            origin: session,
                            commandLine: commandLine,
                            situation: situation
                        )
                    )
                } catch {
                    complaints.append("\(session) \(error): left out")
                }
            }
            return records.count
        }
        return complaints
    }
}
