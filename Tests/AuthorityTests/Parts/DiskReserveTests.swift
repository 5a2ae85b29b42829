import Testing

@testable import Authority

@Suite struct `the reserve of a disk` {
    private static let gib: UInt64 = 1 << 30
    private let gib = Self.gib
    private let plenty = DiskSpace(total: 100 * gib, free: 50 * gib)

    private func space(_ free: UInt64, of total: UInt64) -> DiskSpace {
        DiskSpace(total: total, free: free)
    }

    /// What comes of one look.
    private func lack(_ spaces: [DiskReserve.Place: DiskSpace]) -> String? {
        var reserve = DiskReserve(DiskReserveSettings())
        _ = reserve.looked(spaces, [], at: 0)
        return reserve.lack(at: 0)
    }

    @Test(arguments: [
        // 5 % is more than 1 GiB here, and less there.
        (5 * gib, 100 * gib, true), (5 * gib - 1, 100 * gib, false), (gib, 10 * gib, true),
        (gib - 1, 10 * gib, false), (0, 0, false), (0, 100 * gib, false),
    ])
    func `is the greater of a share and of an amount`(
        free: UInt64,
        total: UInt64,
        isEnough: Bool
    ) {
        let space = space(free, of: total)
        #expect((lack([.recordings: space, .auditTrail: plenty]) == nil) == isEnough)
        #expect((lack([.recordings: plenty, .auditTrail: space]) == nil) == isEnough)
    }

    @Test func `says where there is too little, and how little`() {
        let reason = lack([.recordings: plenty, .auditTrail: space(gib / 2, of: 10 * gib)])
        #expect(reason == "512 MiB are free for the audit trail, fewer than 1024 MiB")
    }

    @Test(
        arguments: [
            // 5 %, rounded up.
            (1000, 50, true), (1000, 49, false), (1001, 50, false), (10, 1, true), (10, 0, false),
            (0, 0, true), (.max, .max / 20 + 1, true), (.max, .max / 21, false),
        ] as [(UInt64, UInt64, Bool)]
    )
    func `is a share of the files too, for which bytes are no substitute`(
        total: UInt64,
        free: UInt64,
        isEnough: Bool
    ) {
        var space = plenty
        space.files = .init(total: total, free: free)
        #expect((lack([.recordings: space, .auditTrail: plenty]) == nil) == isEnough)
        #expect((lack([.recordings: plenty, .auditTrail: space]) == nil) == isEnough)
    }

    @Test func `says where too few files can be made, and ends nobody for that`() {
        var space = plenty
        space.files = .init(total: 1000, free: 1)
        var reserve = DiskReserve(DiskReserveSettings())
        let writers = [Writer(session: "s-1", bytes: 1 << 40)]
        let outcome = reserve.looked([.recordings: space, .auditTrail: plenty], writers, at: 0)
        let reason = "1 more file can be made for recordings, fewer than 50"
        #expect(outcome.news == reason)
        #expect(outcome.ending == [])
        #expect(reserve.lack(at: 0) == reason)
        reserve.settings.percent = 0
        #expect(reserve.looked([.recordings: space, .auditTrail: plenty], [], at: 0).news != nil)
        #expect(reserve.lack(at: 0) == nil)
    }

    @Test func `is used up where it is not known`() {
        var reserve = DiskReserve(DiskReserveSettings())
        #expect(reserve.lack(at: 0) != nil)
        #expect(lack([.recordings: plenty]) == "how much is free for the audit trail is not known")
        #expect(lack([:]) == "how much is free for recordings is not known")

        _ = reserve.looked([.recordings: plenty, .auditTrail: plenty], [], at: 0)
        #expect(reserve.lack(at: 30_000) == nil)
        #expect(reserve.lack(at: 30_001)?.contains("does not answer") == true)
    }

    @Test func `is told when it is used up and when there is room again, once each`() {
        var reserve = DiskReserve(DiskReserveSettings())
        let low = space(gib / 2, of: 10 * gib)
        func look(_ space: DiskSpace) -> String? {
            reserve.looked([.recordings: space, .auditTrail: space], [], at: 0).news
        }
        let news = [look(plenty), look(plenty), look(low), look(low), look(plenty), look(plenty)]
        #expect(
            news == [
                nil, nil, "512 MiB are free for recordings, fewer than 1024 MiB", nil,
                "there is room for new sessions again", nil,
            ]
        )
    }

    private typealias Writer = DiskReserve.Writer

    @Test func `ends nobody above the last percent, whatever is written`() {
        var reserve = DiskReserve(DiskReserveSettings())
        let outcome = reserve.looked(
            [.recordings: space(gib, of: 100 * gib), .auditTrail: space(0, of: 100 * gib)],
            [Writer(session: "s-1", bytes: 1 << 40)],
            at: 0
        )
        #expect(outcome.ending == [])
        #expect(reserve.lack(at: 0) != nil)
    }

    @Test func `ends those first that wrote the most since the last look, until nobody writes`() {
        var reserve = DiskReserve(DiskReserveSettings())
        let spaces: [DiskReserve.Place: DiskSpace] = [
            .recordings: space(gib - 1, of: 100 * gib), .auditTrail: plenty,
        ]
        var writers = [
            // It is the largest, and wrote all of that before.
            Writer(session: "old", bytes: 1000), Writer(session: "s-1", bytes: 10),
            Writer(session: "s-2", bytes: 30), Writer(session: "s-3", bytes: 20),
            Writer(session: "s-4", bytes: 5), Writer(session: "s-5", bytes: 4),
        ]
        _ = reserve.looked([.recordings: plenty, .auditTrail: plenty], [writers[0]], at: 0)
        var ended: [[String]] = []
        for _ in 0..<6 {
            let ending = reserve.looked(spaces, writers, at: 0).ending
            ended.append(ending)
            writers.removeAll { ending.contains($0.session) }
            // All but the old one write on.
            writers = writers.map {
                Writer(session: $0.session, bytes: $0.bytes * ($0.session == "old" ? 1 : 2))
            }
        }
        #expect(ended == [["s-2", "s-3"], ["s-1"], ["s-4"], ["s-5"], [], []])
        #expect(writers.map(\.session) == ["old"])
    }
}
