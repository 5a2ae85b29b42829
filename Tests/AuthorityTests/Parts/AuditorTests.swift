import AuditTrail
import Logging
import Synchronization
import Testing

@testable import Authority

@Suite struct `the authority's pen` {
    private let folder: Folder
    private let store: FailingStore
    private let reactor: Reactor
    private let committer: GroupCommitter
    private let auditor: Auditor

    init() throws {
        folder = try Folder()
        try folder.setMode(0o700, of: "")
        store = FailingStore(try SQLiteStore(path: "\(folder.path)/audit.db"))
        reactor = try Reactor()
        committer = GroupCommitter(store: store)
        auditor = Auditor(
            committer: committer,
            on: reactor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static let busy = StoreError.busy(reason: "database is locked")
    private static let about = Attribution(connection: "c-000000000001")

    private static let opened = AuditEvent.connectionOpened(
        AuditEvent.ConnectionOpened(peerAddress: "192.0.2.7", peerPort: 1, listener: "[::]:2222")
    )
    private static let ended = AuditEvent.connectionEnded(
        AuditEvent.ConnectionEnded(cause: .clientClosed)
    )

    /// Records, and lets the loop turn until that is answered.
    private func record(_ event: AuditEvent) throws -> StoreError? {
        var answer: Result<[Committed], StoreError>?
        auditor.record([(event, Self.about)]) { answer = $0 }
        while answer == nil { try reactor.turn() }
        if case .failure(let error) = answer { return error }
        return nil
    }

    private func isLive() throws -> Bool {
        try #require(try store.connection("c-000000000001")).isLive
    }

    @Test func `writes the end of a connection as soon as the trail takes it again`() throws {
        #expect(try record(Self.opened) == nil)
        store.fail(with: Self.busy)
        #expect(try record(Self.ended) == Self.busy)
        #expect(auditor.failure == Self.busy)
        #expect(auditor.unwrittenRecords == 1)
        #expect(try isLive())

        store.fail(with: nil)
        while auditor.unwrittenRecords > 0 { try reactor.turn() }

        #expect(try !isLive())
        #expect(auditor.failure == nil)
        committer.close()
    }

    @Test func `keeps the order: what ended first is written first`() throws {
        #expect(try record(Self.opened) == nil)
        store.fail(with: Self.busy)
        #expect(try record(Self.ended) == Self.busy)
        store.fail(with: nil)
        // It is not open any more when this one's turn comes.
        #expect(try record(Self.ended) == Self.busy)
        #expect(auditor.unwrittenRecords == 2)
        // Any other record that the trail takes says that it takes the rest.
        #expect(try record(.served(AuditEvent.Served(state: .started))) == nil)
        while auditor.unwrittenRecords > 0 { try reactor.turn() }

        #expect(try !isLive())
        #expect(auditor.failure == nil)
        committer.close()
    }

    @Test func `does not do later what was refused to whoever asked`() throws {
        store.fail(with: Self.busy)
        #expect(try record(Self.opened) == Self.busy)
        #expect(auditor.unwrittenRecords == 0)
        #expect(auditor.failure == Self.busy)
        committer.close()
    }

    @Test func `gives up what the trail will never take`() throws {
        // It was never opened.
        #expect(try record(Self.ended) != nil)
        #expect(auditor.unwrittenRecords == 0)
        #expect(auditor.failure == nil)
        committer.close()
    }

    @Test func `writes what is left when the authority stops`() throws {
        #expect(try record(Self.opened) == nil)
        store.fail(with: Self.busy)
        #expect(try record(Self.ended) == Self.busy)
        store.fail(with: nil)

        auditor.finish()

        #expect(try !isLive())
        committer.close()
    }
}

@Suite struct `ends that are not written yet` {
    private func end(_ number: Int, command: Int? = nil) -> [NewAuditRecord] {
        let about = Attribution(connection: "c-\(number)", session: "s-\(number)")
        let ended = AuditEvent.sessionEnded(AuditEvent.SessionEnded(cause: .clientClosed))
        let opened = command.map { bytes in
            AuditEvent.sessionOpened(
                AuditEvent.SessionOpened(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes([UInt8](repeating: 0x61, count: bytes)),
                    hasTerminal: false,
                    environment: []
                )
            )
        }
        let events = [opened, ended].compactMap { $0 }
        return events.map { NewAuditRecord(time: .now(), attribution: about, event: $0) }
    }

    @Test func `are bounded, by their number and by what they hold`() {
        var ends = UnwrittenEnds()
        var count = 0
        while count < 10_000, ends.append(end(count)) { count += 1 }
        #expect(count == 4096)

        var large = UnwrittenEnds()
        count = 0
        while count < 10_000, large.append(end(count, command: 96 * 1024)) { count += 1 }
        #expect(count > 100 && count <= 16 * 1024 / 96)
    }

    @Test func `are tried in their order, and those that fail stay in it`() {
        var ends = UnwrittenEnds()
        for number in 0..<3 { _ = ends.append(end(number)) }
        let tried = ends.beginTry()
        // One more happens meanwhile, and the answers come in another order.
        let isKept = ends.append(end(3))
        let progress = [
            ends.answered(2, isDone: false), ends.answered(1, isDone: true),
            ends.answered(0, isDone: false),
        ]

        #expect(tried.count == 3)
        #expect(isKept)
        #expect(progress == [.underWay, .underWay, .tried(all: false)])
        let left = ends.submissions.map { $0[0].attribution.session }
        #expect(left == ["s-0", "s-2", "s-3"])
        #expect(ends.records == 3)
    }

    @Test func `wait longer after each try, and not after a good one`() {
        var ends = UnwrittenEnds()
        _ = ends.append(end(0))
        let pauses = (0..<7).map { _ in ends.takePause() }
        _ = ends.beginTry()
        let progress = ends.answered(0, isDone: true)
        let pause = ends.takePause()

        #expect(pauses == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        #expect(progress == .tried(all: true))
        #expect(pause == .seconds(1))
    }
}

/// An audit trail that fails when it is told to.
private final class FailingStore: Store, ForwardedReading {
    private let store: SQLiteStore
    private let failure = Mutex<StoreError?>(nil)

    var reading: any AuditReading { store }

    init(_ store: SQLiteStore) { self.store = store }

    func fail(with error: StoreError?) { failure.withLock { $0 = error } }

    func append(_ records: [NewAuditRecord]) throws(StoreError) -> [Committed] {
        if let failure = failure.withLock({ $0 }) { throw failure }
        return try store.append(records)
    }

    func close() throws(StoreError) { try store.close() }
}
