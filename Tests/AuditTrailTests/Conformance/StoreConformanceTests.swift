import AuditTrail
import TestSupport
import Testing

/// What each store keeps, whatever it is made of; `StoreKind` has them all.
@Suite struct `a store` {
    // MARK: what it acknowledged

    @Test(arguments: StoreKind.allCases)
    func `whose writer is killed again and again has what it acknowledged, and has it once`(
        _ kind: StoreKind
    ) throws {
        let workshop = try kind.workshop()
        var generator = SeededGenerator(seed: 5)
        var acknowledged: [KilledWriter.Acknowledgement] = []
        for run in 1...4 {
            let writer = try KilledWriter(kind, workshop, run: "\(run)")
            try writer.kill(afterAcknowledgements: Int.random(in: 30...300, using: &generator))
            acknowledged += writer.acknowledged
            try expectWhole(workshop, acknowledged, runs: run)
        }
    }

    /// Opens it as the next authority does, and closes it.
    func expectWhole(
        _ workshop: any StoreWorkshop,
        _ acknowledged: [KilledWriter.Acknowledgement],
        runs: Int
    ) throws {
        let store = try workshop.open()
        let records = try store.allRecords()
        #expect(records.map(\.sequence) == Array(1...Int64(records.count)))
        var places: [String: [Int64]] = [:]
        for record in records {
            guard let submission = KilledWriter.submission(of: record) else { continue }
            places[submission, default: []].append(record.sequence)
        }
        for acknowledgement in acknowledged {
            let notices = [acknowledgement.sequences.first, acknowledgement.sequences.last]
            #expect(places[acknowledgement.submission] == notices.compactMap { $0 })
        }
        // Together or not at all, and beyond what was acknowledged only what was under way.
        #expect(places.values.allSatisfy { $0.count == 2 && $0[1] == $0[0] + 2 })
        #expect(records.count == places.count * KilledWriter.recordsPerSubmission)
        #expect(places.count - acknowledged.count <= runs * KilledWriter.threads)
        #expect(Set(records.compactMap(\.serial)).count == places.count)
        try store.close()
    }

    @Test(arguments: StoreKind.allCases)
    func `is the same after it was closed and opened again`(_ kind: StoreKind) throws {
        let workshop = try kind.workshop()
        let first = try workshop.open()
        _ = try first.append([
            Facts.connectionOpened("c-1"), Facts.signedIn("c-1"),
            Facts.sessionOpened("s-1", in: "c-1"), Facts.permitted("s-1"),
            Facts.certificate(session: "s-1"), Facts.about(session: "s-1", .sessionStarted),
            Facts.locked(.allAgents),
        ])
        let before = try Memory(first)
        try first.close()

        let second = try workshop.open()

        #expect(try Memory(second) == before)
        let added = try second.append([Facts.certificate(), Facts.sessionEnded("s-1")])
        #expect(added.map(\.sequence) == [8, 9])
        #expect(added.first?.certificateSerial?.number == 2)
        try second.close()
    }

    /// All that can be asked of a store.
    private struct Memory: Equatable {
        let records: [AuditRecord]
        let session: SessionEntry?
        let connection: ConnectionEntry?
        let certificate: CertificateEntry?
        let locks: [LockEntry]

        init(_ store: any Store) throws {
            records = try store.allRecords()
            session = try store.session("s-1")
            connection = try store.connection("c-1")
            certificate = try store.lastCertificate(ofSession: "s-1")
            locks = try store.locks(at: Facts.time(10))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `takes nothing of a submission of which it refuses one record`(_ kind: StoreKind) throws {
        let store = try kind.workshop().open()
        #expect(throws: StoreError.refused(.connectionNotOpen("c-1"))) {
            try store.append([
                Facts.notice("a"), Facts.certificate(), Facts.connectionEnded("c-1"),
            ])
        }
        let next = try store.append([Facts.certificate()])
        #expect(next.map(\.sequence) == [1])
        #expect(next.first?.certificateSerial?.number == 1)
        #expect(try store.allRecords().count == 1)
        try store.close()
    }

    // MARK: no room

    @Test(arguments: StoreKind.allCases)
    func `without room says so, keeps what it has, and goes on when there is room`(
        _ kind: StoreKind
    ) throws {
        for cramped in try kind.cramped() {
            let store = try cramped.open()
            let kept = try fill(store)
            #expect((1..<1000).contains(kept))
            // What is there can be asked for; what is refused left nothing behind.
            #expect(try store.allRecords().map(\.sequence) == Array(1...kept))

            let isOpen = try cramped.giveRoom()
            if !isOpen { try store.close() }
            let roomy = isOpen ? store : try cramped.workshop.open()
            #expect(try roomy.append([Facts.notice("again")]).map(\.sequence) == [kept + 1])
            try roomy.close()

            let again = try cramped.workshop.open()
            #expect(try again.allRecords().count == Int(kept) + 1)
            try again.close()
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `that is closed without room has all it acknowledged when there is room`(
        _ kind: StoreKind
    ) throws {
        for cramped in try kind.cramped() {
            let store = try cramped.open()
            let kept = try fill(store)
            // Closing needs room too, or not: whichever it is, nothing may be gone.
            do { try store.close() } catch { Issue.record("it cannot be closed: \(error)") }
            _ = try cramped.giveRoom()

            let again = try cramped.workshop.open()
            #expect(try again.allRecords().map(\.sequence) == Array(1...kept))
            try again.close()
        }
    }

    /// Until a record of 8 KB and one of no size at all are refused; gives the last sequence.
    private func fill(_ store: any Store) throws -> Int64 {
        var kept: Int64 = 0
        for text in [String(repeating: "x", count: 8000), ""] {
            let error = #expect(throws: StoreError.self) {
                while kept < 5000 { kept = try store.append([Facts.notice(text)])[0].sequence }
            }
            guard case .full = try #require(error) else {
                Issue.record("a full disk is told as \(String(describing: error))")
                return kept
            }
        }
        return kept
    }

    // MARK: others

    @Test(arguments: StoreKind.allCases)
    func `that somebody else holds says so, can be asked, and goes on after that`(
        _ kind: StoreKind
    ) throws {
        let workshop = try kind.workshop()
        let store = try workshop.openImpatient()
        _ = try store.append([Facts.notice("a")])
        try workshop.whileHeld {
            let error = #expect(throws: StoreError.self) {
                try store.append([Facts.notice("b")])
            }
            guard case .busy = try #require(error) else {
                Issue.record("it is told as \(String(describing: error))")
                return
            }
            #expect(try store.allRecords().map(\.sequence) == [1])
        }
        #expect(try store.append([Facts.notice("c")]).map(\.sequence) == [2])
        try store.close()
    }

    @Test(arguments: StoreKind.allCases)
    func `serves one authority at a time`(_ kind: StoreKind) throws {
        let workshop = try kind.workshop()
        let first = try workshop.open()
        #expect(throws: StoreError.inUse(path: workshop.place)) { try workshop.open() }
        try first.close()
        try workshop.open().close()
    }

    @Test(arguments: StoreKind.allCases)
    func `shows readers whole submissions, and none of them makes it wait`(
        _ kind: StoreKind
    ) throws {
        let workshop = try kind.workshop()
        let store = try workshop.openImpatient()
        _ = try store.append([Facts.notice("a")])
        let reader = try workshop.openReader()
        for number in 1...200 {
            _ = try store.append([Facts.notice("\(number)"), Facts.notice("\(number)")])
            #expect(try reader.allRecords().count == 1 + 2 * number)
        }
        try store.close()
    }

    @Test(arguments: StoreKind.allCases)
    func `is closed for good`(_ kind: StoreKind) throws {
        let store = try kind.workshop().open()
        try store.close()
        #expect(throws: StoreError.closed) { try store.append([Facts.notice("late")]) }
        #expect(throws: StoreError.closed) { try store.session("s-1") }
    }

    // MARK: damage, and the log

    @Test(arguments: StoreKind.allCases)
    func `that is damaged is refused, and left as it is`(_ kind: StoreKind) throws {
        let workshop = try kind.workshop()
        let store = try workshop.open()
        _ = try store.append((0..<200).map { Facts.notice("record \($0)") })
        try store.close()
        try workshop.damage()
        let before = try workshop.contents()

        for _ in 1...2 {
            let error = #expect(throws: StoreError.self) { try workshop.open() }
            guard case .corrupt = try #require(error) else {
                Issue.record("it is told as \(String(describing: error))")
                return
            }
        }
        #expect(try workshop.contents() == before)
    }

    @Test(arguments: StoreKind.allCases)
    func `keeps its log bounded, whoever reads beside, and loses nothing by that`(
        _ kind: StoreKind
    ) throws {
        let workshop = try kind.workshop()
        let store = try workshop.open()
        let reader = try workshop.openReader()
        let text = String(repeating: "x", count: 100_000)
        // Several times what the log may hold.
        for number in 1...1000 {
            _ = try store.append([Facts.notice(text)])
            if number % 100 == 0 { #expect(try reader.session("s-1") == nil) }
        }
        #expect(try workshop.logBytes() <= 32 << 20)
        #expect(try store.allRecords().count == 1000)
        try store.close()

        let again = try workshop.open()
        #expect(try again.allRecords().map(\.sequence) == Array(1...1000))
        try again.close()
    }
}

extension AuditReading {
    fileprivate func allRecords() throws -> [AuditRecord] {
        var records: [AuditRecord] = []
        var after: Int64?
        repeat {
            let page = try auditRecords(
                matching: AuditFilter(order: .oldestFirst(after: after), limit: 1000)
            )
            records += page.entries
            after = page.next
        } while after != nil
        return records
    }
}

extension AuditRecord {
    fileprivate var serial: CertificateSerial? {
        guard case .certificateIssued(let certificate) = event else { return nil }
        return certificate.serial
    }
}
