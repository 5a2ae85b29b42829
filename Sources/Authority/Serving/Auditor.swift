import AuditTrail
import Logging

/// The authority's pen: hands records to the committer's thread, and results back to the loop.
final class Auditor {
    /// A fact and whom it is about.
    typealias Entry = (event: AuditEvent, about: Attribution)

    private let committer: GroupCommitter
    private let reactor: Reactor
    private let logger: Logger

    init(committer: GroupCommitter, on reactor: Reactor, logger: Logger) {
        self.committer = committer
        self.reactor = reactor
        self.logger = logger
    }

    /// Records what has happened already; nothing waits for it.
    func note(_ event: AuditEvent, about attribution: Attribution = Attribution()) {
        record([(event, attribution)]) { _ in }
    }

    /// Records, and calls back on the loop when all of it is durable, or none of it will be.
    func record(
        _ entries: [Entry],
        then completion: @escaping (Result<[Committed], StoreError>) -> Void
    ) {
        let now = Timestamp.now()
        let records = entries.map {
            NewAuditRecord(time: now, attribution: $0.about, event: $0.event)
        }
        let ticket = reactor.expect { [logger] (result: Result<[Committed], StoreError>) in
            if case .failure(let error) = result { Self.complain(error, entries, logger) }
            completion(result)
        }
        do throws(StoreError) {
            try committer.submit(records) { ticket.fulfil($0) }
        } catch {
            ticket.fulfil(.failure(error))
        }
    }

    private static func complain(_ error: StoreError, _ entries: [Entry], _ logger: Logger) {
        let kinds = entries.map(\.event.kind.rawValue).joined(separator: ",")
        logger.critical(
            "the audit trail did not take a record",
            metadata: ["reason": "\(error)", "kinds": "\(kinds)"]
        )
    }
}
