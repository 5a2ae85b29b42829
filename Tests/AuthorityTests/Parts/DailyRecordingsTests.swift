import PolicyEngine
import Testing

@testable import Authority

@Suite struct `what a principal recorded today` {
    private let alice: PrincipalName
    private let bob: PrincipalName

    init() throws {
        alice = try #require(PrincipalName("human:alice"))
        bob = try #require(PrincipalName("human:bob"))
    }

    @Test func `is what is over and what is being recorded, each once`() {
        var recordings = DailyRecordings()
        recordings.add(100, of: alice, on: 7)
        recordings.grew("s-1", of: alice, on: 7, to: 10)
        recordings.grew("s-1", of: alice, on: 7, to: 20)
        recordings.grew("s-2", of: bob, on: 7, to: 5)
        #expect(recordings.bytes(of: alice, on: 7) == 120)
        #expect(recordings.bytes(of: bob, on: 7) == 5)
        #expect(recordings.totals(on: 7) == [alice: 120, bob: 5])

        recordings.settle("s-1", of: alice, on: 7, 25)
        // Nobody could measure it: what was seen last counts.
        recordings.settle("s-2", of: bob, on: 7, nil)
        recordings.settle("s-3", of: bob, on: 7, nil)
        #expect(recordings.totals(on: 7) == [alice: 125, bob: 5])
    }

    @Test func `begins anew each day, and belongs to the day on which a session was opened`() {
        var recordings = DailyRecordings()
        recordings.add(100, of: alice, on: 7)
        recordings.grew("s-1", of: alice, on: 7, to: 20)
        #expect(recordings.bytes(of: alice, on: 8) == 0)
        recordings.settle("s-2", of: alice, on: 8, 3)
        recordings.settle("s-1", of: alice, on: 7, 30)
        #expect(recordings.bytes(of: alice, on: 8) == 3)
        #expect(recordings.bytes(of: alice, on: 7) == 0)
    }

    @Test(arguments: [(0, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_400, -1), (-86_401, -2)])
    func `is by days of UTC`(second: Int64, day: Int64) {
        #expect(DailyRecordings.day(ofSecond: second) == day)
    }
}
