import AuditTrail
import Foundation
import Testing

@Suite struct `a group committer` {
    let folder: TemporaryFolder
    let store: GatedStore
    let outcomes = Outcomes()

    init() throws {
        folder = try TemporaryFolder()
        store = GatedStore(try SQLiteStore(path: folder.database))
    }

    @Test func `makes one transaction of what gathers while another is under way`() throws {
        let committer = GroupCommitter(store: store)
        try committer.submit([Facts.notice("first")], completion: outcomes.note("first"))
        store.awaitCommit()
        for number in 0..<100 {
            try committer.submit(
                [Facts.notice("a"), Facts.notice("b")],
                completion: outcomes.note("\(number)")
            )
        }
        #expect(outcomes.names == [])
        store.open()
        committer.close()

        #expect(outcomes.names == ["first"] + (0..<100).map { "\($0)" })
        #expect(outcomes.sequences == Array(1...201))
        #expect(committer.statistics.transactions == 2)
        #expect(committer.statistics.largestTransactionRecords == 200)
    }

    @Test func `answers many threads, each for its own records`() throws {
        store.open()
        let committer = GroupCommitter(store: store)
        DispatchQueue.concurrentPerform(iterations: 200) { number in
            do {
                _ = try committer.commit([
                    Facts.connectionOpened("c-\(number)"), Facts.connectionEnded("c-\(number)"),
                ])
            } catch { Issue.record(error) }
        }
        committer.close()

        #expect(committer.statistics.records == 400)
        #expect(committer.statistics.transactions <= 200)
        let live = try store.connections(
            matching: ConnectionFilter(page: PageFilter(isLive: true, limit: 1000))
        )
        #expect(live.entries.isEmpty)
    }

    @Test func `lets one bad record fail alone`() throws {
        let committer = GroupCommitter(store: store)
        try committer.submit([Facts.notice("first")], completion: outcomes.note("first"))
        store.awaitCommit()
        try committer.submit([Facts.notice("a")], completion: outcomes.note("good"))
        try committer.submit(
            [Facts.notice("b"), Facts.sessionEnded("s-none")],
            completion: outcomes.note("bad")
        )
        try committer.submit([Facts.notice("c")], completion: outcomes.note("after"))
        store.open()
        committer.close()

        #expect(outcomes.names == ["first", "good", "bad", "after"])
        #expect(outcomes.failure(of: "bad") == .refused(.sessionNotOpen("s-none")))
        #expect(outcomes.sequences == [1, 2, 3])
    }

    @Test func `fails all that wait together when the store itself fails, and goes on`() throws {
        let committer = GroupCommitter(store: store)
        let failure = StoreError.ioFailed(code: 1034, reason: "disk I/O error")
        try committer.submit([Facts.notice("a")], completion: outcomes.note("a"))
        store.awaitCommit()
        store.fail(with: failure)
        try committer.submit([Facts.notice("b")], completion: outcomes.note("b"))
        try committer.submit([Facts.notice("c")], completion: outcomes.note("c"))
        store.open()
        #expect(throws: failure) { try committer.commit([Facts.notice("d")]) }

        #expect(["a", "b", "c"].map { outcomes.failure(of: $0) } == [failure, failure, failure])
        store.fail(with: nil)
        #expect(try committer.commit([Facts.notice("e")]).map(\.sequence) == [1])
        committer.close()
    }

    @Test func `takes no more beginnings than may wait, but still ends and locks`() throws {
        let committer = GroupCommitter(store: store, limits: QueueLimits(records: 4))
        for number in 0..<4 {
            try committer.submit([Facts.notice("\(number)")], completion: outcomes.note("n"))
        }
        let full = StoreError.queueFull(records: 4, bytes: 4 * 2048)
        #expect(throws: full) {
            try committer.submit([Facts.notice("5")], completion: outcomes.note("no"))
        }
        try committer.submit([Facts.locked(.allAgents)], completion: outcomes.note("lock"))
        #expect(throws: StoreError.self) {
            try committer.submit([Facts.locked(.target("a"))], completion: outcomes.note("no"))
        }
        store.open()
        committer.close()

        #expect(outcomes.names == ["n", "n", "n", "n", "lock"])
        #expect(committer.statistics.refusedSubmissions == 2)
    }

    @Test func `takes the certificate that ends a command where one for a session must wait`()
        throws
    {
        let committer = GroupCommitter(store: store, limits: QueueLimits(records: 4))
        for number in 0..<4 {
            try committer.submit([Facts.notice("\(number)")], completion: outcomes.note("n"))
        }
        for purpose in [AuditEvent.CertificateIssued.Purpose.session, .probe] {
            #expect(throws: StoreError.self) {
                try committer.submit(
                    [Facts.certificate(for: purpose)],
                    completion: outcomes.note("no")
                )
            }
        }
        try committer.submit(
            [Facts.certificate(for: .termination)],
            completion: outcomes.note("termination")
        )
        store.open()
        committer.close()

        #expect(outcomes.names == ["n", "n", "n", "n", "termination"])
    }

    @Test func `takes no more bytes of commands than may wait`() throws {
        let committer = GroupCommitter(store: store, limits: QueueLimits(bytes: 100_000))
        let command = [UInt8](repeating: 0x61, count: 60_000)
        let opening = Facts.sessionOpened("s-1", in: "c-1", command: command)
        try committer.submit([opening], completion: outcomes.note("first"))
        #expect(throws: StoreError.self) {
            try committer.submit([opening], completion: outcomes.note("second"))
        }
        store.open()
        committer.close()
        #expect(outcomes.names == ["first"])
    }

    @Test func `has room again when a completion submits the next record`() throws {
        let committer = GroupCommitter(store: store, limits: QueueLimits(records: 1))
        store.open()
        let done = DispatchSemaphore(value: 0)
        let outcomes = outcomes
        try committer.submit([Facts.notice("a")]) { _ in
            do throws(StoreError) {
                try committer.submit([Facts.notice("b")]) { result in
                    outcomes.note("b")(result)
                    done.signal()
                }
            } catch {
                Issue.record(error)
                done.signal()
            }
        }
        done.wait()
        committer.close()
        #expect(outcomes.sequences == [2])
    }

    @Test func `commits what waits when it is closed, and takes nothing after`() throws {
        let committer = GroupCommitter(store: store)
        try committer.submit([Facts.notice("a")], completion: outcomes.note("a"))
        store.awaitCommit()
        try committer.submit([Facts.notice("b")], completion: outcomes.note("b"))
        store.open()
        committer.close()
        committer.close()

        #expect(outcomes.sequences == [1, 2])
        #expect(throws: StoreError.closed) { try committer.commit([Facts.notice("c")]) }
    }

    @Test func `refuses at once what no store may take`() throws {
        let committer = GroupCommitter(store: store)
        #expect(throws: StoreError.refused(.nothingSubmitted)) { try committer.commit([]) }
        #expect(throws: StoreError.refused(.tooManyRecords(limit: 256))) {
            try committer.commit(Array(repeating: Facts.notice("a"), count: 257))
        }
        committer.close()
        #expect(committer.statistics.transactions == 0)
        #expect(committer.statistics.failedTransactions == 0)
    }
}
