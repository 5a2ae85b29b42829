import AuditTrail
import Logging

/// The authority's pen: hands records to the committer's thread, and results back to the loop.
///
/// What the trail does not take is refused to whoever asked, but for ends of sessions and
/// connections: those have happened, and are tried again until the trail takes them.
final class Auditor {
    /// A fact and whom it is about.
    typealias Entry = (event: AuditEvent, about: Attribution)

    private typealias Outcome = Result<[Committed], StoreError>

    private let committer: GroupCommitter
    private let reactor: Reactor
    private let logger: Logger
    private var unwritten = UnwrittenEnds()
    /// Why the trail does not take what it should; nil where it does.
    private(set) var failure: StoreError?
    private var nextTry: Reactor.TimerID?

    /// Whether no end waits for the trail to take records again.
    var isWritten: Bool { unwritten.isEmpty && nextTry == nil }
    /// How many records wait for the trail to take records again.
    var unwrittenRecords: Int { unwritten.records }

    init(committer: GroupCommitter, on reactor: Reactor, logger: Logger) {
        self.committer = committer
        self.reactor = reactor
        self.logger = logger
    }

    /// Records what has happened already; nothing waits for it.
    func note(_ event: AuditEvent, about attribution: Attribution = Attribution()) {
        record([(event, attribution)]) { _ in }
    }

    /// Records, and calls back on the loop when all of it is durable, or none of it is.
    ///
    /// An end that is not durable then is tried again.
    func record(
        _ entries: [Entry],
        then completion: @escaping (Result<[Committed], StoreError>) -> Void
    ) {
        let now = Timestamp.now()
        let records = entries.map {
            NewAuditRecord(time: now, attribution: $0.about, event: $0.event)
        }
        if let failure, !unwritten.isEmpty, records.contains(where: { $0.event.closesAnEntry }) {
            // Behind those that came first: a session ends before its connection.
            return reactor.later { [self] in
                failed(records, failure)
                completion(.failure(failure))
            }
        }
        submit(records) { [self] result in
            if case .failure(let error) = result { failed(records, error) }
            completion(result)
        }
    }

    private func submit(
        _ records: [NewAuditRecord],
        then completion: @escaping (Outcome) -> Void
    ) {
        let ticket = reactor.expect { [self] (result: Outcome) in
            noteState(result)
            completion(result)
        }
        do throws(StoreError) {
            try committer.submit(records) { ticket.fulfil($0) }
        } catch {
            ticket.fulfil(.failure(error))
        }
    }

    private func noteState(_ result: Outcome) {
        switch result {
        case .success:
            guard failure != nil else { return }
            failure = nil
            logger.notice("the audit trail takes records again")
            guard let nextTry else { return }
            reactor.cancel(nextTry)
            tryAgain()
        case .failure(let error):
            guard error.mayPass else { return }
            failure = error
        }
    }

    private func failed(_ records: [NewAuditRecord], _ error: StoreError) {
        let mustBeKept = error.mayPass && records.contains { $0.event.closesAnEntry }
        guard mustBeKept else { return complain(error, records, "lost") }
        let isFirst = unwritten.isEmpty
        guard unwritten.append(records) else { return complain(error, records, "lost") }
        complain(error, records, "kept")
        if isFirst { tryLater() }
    }

    // MARK: Trying again

    private func tryLater() {
        nextTry = reactor.after(unwritten.takePause()) { [weak self] in self?.tryAgain() }
    }

    private func tryAgain() {
        nextTry = nil
        for (index, records) in unwritten.beginTry().enumerated() {
            submit(records) { [weak self] result in self?.tried(index, records, result) }
        }
    }

    private func tried(_ index: Int, _ records: [NewAuditRecord], _ result: Outcome) {
        let progress: UnwrittenEnds.Progress
        switch result {
        case .success: progress = unwritten.answered(index, isDone: true)
        case .failure(let error):
            if !error.mayPass { complain(error, records, "lost") }
            progress = unwritten.answered(index, isDone: !error.mayPass)
        }
        switch progress {
        case .underWay: break
        case .tried where unwritten.isEmpty: break
        case .tried(all: true): tryAgain()
        case .tried(all: false): tryLater()
        }
    }

    /// The last try, when nothing else is recorded any more; it blocks.
    func finish() {
        for records in unwritten.submissions {
            do throws(StoreError) {
                _ = try committer.commit(records)
            } catch {
                complain(error, records, "lost")
            }
        }
    }

    private func complain(_ error: StoreError, _ records: [NewAuditRecord], _ fate: String) {
        let kinds = records.map(\.event.kind.rawValue).joined(separator: ",")
        logger.critical(
            "the audit trail did not take a record",
            metadata: ["reason": "\(error)", "kinds": "\(kinds)", "record": "\(fate)"]
        )
    }
}
