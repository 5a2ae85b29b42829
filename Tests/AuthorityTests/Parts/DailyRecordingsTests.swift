import PolicyEngine
import Testing

@testable import Authority

@Suite struct `what a principal recorded on a day` {
    private let alice: PrincipalName
    private let bob: PrincipalName

    init() throws {
        alice = try #require(PrincipalName("human:alice"))
        bob = try #require(PrincipalName("human:bob"))
    }

    @Test func `is what was there before and what each recording grew by, once`() {
        var recordings = DailyRecordings()
        recordings.add(100, of: alice, on: 7)
        recordings.grew("s-1", of: alice, on: 7, to: 10)
        recordings.grew("s-1", of: alice, on: 7, to: 20)
        recordings.grew("s-1", of: alice, on: 7, to: 20)
        recordings.grew("s-2", of: bob, on: 7, to: 5)
        #expect(recordings.bytes(of: alice, on: 7) == 120)
        #expect(recordings.bytes(of: bob, on: 7) == 5)
        #expect(recordings.totals(on: 7) == [alice: 120, bob: 5])

        // What was torn is cut from it; what was written is written.
        recordings.grew("s-1", of: alice, on: 7, to: 15)
        recordings.forget("s-1")
        #expect(recordings.totals(on: 7) == [alice: 120, bob: 5])
        recordings.add(.max, of: bob, on: 7)
        #expect(recordings.bytes(of: bob, on: 7) == .max)
    }

    @Test func `is what was written on it, of a session that goes on over midnight too`() {
        var recordings = DailyRecordings()
        recordings.grew("s-1", of: alice, on: 7, to: 20)
        #expect(recordings.bytes(of: alice, on: 8) == 0)
        recordings.grew("s-1", of: alice, on: 8, to: 30)
        recordings.grew("s-2", of: alice, on: 8, to: 3)
        #expect(recordings.bytes(of: alice, on: 7) == 20)
        #expect(recordings.bytes(of: alice, on: 8) == 13)
    }

    @Test func `is not forgotten where the clock is set, back or ahead, and set right again`() {
        var recordings = DailyRecordings()
        recordings.grew("s-1", of: alice, on: 7, to: 20)
        for (day, bytes) in [(9_999, 21), (6, 23), (7, 24)] as [(Int64, UInt64)] {
            recordings.grew("s-1", of: alice, on: day, to: bytes)
        }
        #expect(recordings.bytes(of: alice, on: 9_999) == 1)
        #expect(recordings.bytes(of: alice, on: 6) == 2)
        #expect(recordings.bytes(of: alice, on: 7) == 21)
    }

    @Test func `is remembered of the days that counted last`() {
        var recordings = DailyRecordings()
        let days = Int64(DailyRecordings.maximumDays)
        for day in 1...days { recordings.add(1, of: alice, on: day) }
        recordings.add(1, of: alice, on: 1)
        #expect((1...days).allSatisfy { recordings.bytes(of: alice, on: $0) > 0 })
        recordings.add(1, of: alice, on: days + 1)
        #expect(recordings.bytes(of: alice, on: 1) == 2)
        #expect(recordings.bytes(of: alice, on: 2) == 0)
    }

    @Test func `goes on in another release, which counts only what is added`() {
        var before = DailyRecordings()
        before.grew("s-1", of: alice, on: 7, to: 20)
        before.grew("s-1", of: alice, on: 8, to: 30)
        before.add(5, of: bob, on: 8)
        var after = DailyRecordings()
        for use in before.handed {
            after.add(use.bytes, of: use.principal == "human:bob" ? bob : alice, on: use.day)
        }
        if let bytes = before.seenBytes(of: "s-1") { after.takeOver("s-1", seen: bytes) }
        #expect(before.seenBytes(of: "s-2") == nil)

        after.grew("s-1", of: alice, on: 8, to: 31)
        #expect(after.totals(on: 7) == [alice: 20])
        #expect(after.totals(on: 8) == [alice: 11, bob: 5])
    }

    @Test(arguments: [(0, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_400, -1), (-86_401, -2)])
    func `is by days of UTC`(second: Int64, day: Int64) {
        #expect(DailyRecordings.day(ofSecond: second) == day)
    }

    /// Of 1000 bytes, with midnight at 100.
    @Test(
        arguments: [
            (100, 200, 1000), (150, 150, 1000), (0, 200, 500), (99, 102, 667), (0, 100, 0),
            (0, 50, 0), (100, 100, 0), (-900, 101, 1), (150, 120, 1000), (200, 50, 0),
        ] as [(Int64, Int64, UInt64)]
    )
    func `is by its part of the time where only its ends are known`(
        begin: Int64,
        end: Int64,
        bytes: UInt64
    ) {
        #expect(DailyRecordings.share(of: 1000, from: begin, to: end, since: 100) == bytes)
        #expect(DailyRecordings.share(of: .max >> 1, from: begin, to: end, since: 100) <= .max >> 1)
    }
}
