import SSHWire
import TestSupport
import Testing

@testable import Authority

@Suite struct `penalties of sources` {
    private var settings = PenaltySettings()
    private let second: Int64 = 1000
    private let day = SourcePenalties.trustMilliseconds

    private func address(_ text: String) throws -> IPAddress { try IPAddress(parsing: text) }

    /// An IPv4 address of its own for each number.
    private func host(_ number: Int) -> IPAddress {
        IPAddress([10, UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)])
    }

    @Test(arguments: [
        (SourcePenalties.Failure.crashed, 1, 90), (.couldNotSignIn, 3, 15), (.didNotSignIn, 15, 15),
        (.exceededGrace, 2, 20),
    ])
    func `begin when failures of a kind add up to the minimum, and end by themselves`(
        failure: SourcePenalties.Failure,
        count: Int,
        seconds: Int64
    ) throws {
        var penalties = SourcePenalties(settings)
        let source = try address("192.0.2.1")
        for _ in 1..<count {
            #expect(penalties.failed(failure, from: source, at: 0) == nil)
            #expect(penalties.remaining(for: source, at: 0) == nil)
        }
        #expect(penalties.failed(failure, from: source, at: 0) == seconds * second)
        #expect(penalties.remaining(for: source, at: 0) == seconds * second)
        #expect(penalties.remaining(for: source, at: seconds * second - 1) == 1)
        #expect(penalties.remaining(for: source, at: seconds * second) == nil)
    }

    @Test func `stay in force below the minimum until they are over`() throws {
        var penalties = SourcePenalties(settings)
        let source = try address("192.0.2.1")
        _ = penalties.failed(.crashed, from: source, at: 0)
        #expect(penalties.remaining(for: source, at: 89 * second) == second)
        // More of the same begins nothing new.
        #expect(penalties.failed(.didNotSignIn, from: source, at: 89 * second) == nil)
        #expect(penalties.remaining(for: source, at: 89 * second) == 3 * second)
    }

    @Test func `are nothing to whoever fails now and then`() throws {
        var penalties = SourcePenalties(settings)
        let source = try address("192.0.2.1")
        for minute in 0..<1000 {
            let now = Int64(minute) * 60 * second
            #expect(penalties.failed(.couldNotSignIn, from: source, at: now) == nil)
            #expect(penalties.remaining(for: source, at: now) == nil)
        }
    }

    @Test func `grow each time that they begin, up to the maximum, and shrink to nothing again`() {
        var penalties = SourcePenalties(settings)
        let source = host(1)
        var now: Int64 = 0
        var failures: [Int] = []
        var begun: [Int64] = []
        for _ in 0..<9 {
            var count = 0
            var time: Int64?
            while time == nil {
                count += 1
                time = penalties.failed(.didNotSignIn, from: source, at: now)
            }
            failures.append(count)
            begun.append((time ?? 0) / second)
            now += time ?? 0
        }
        #expect(failures == [15, 8, 4, 2, 1, 1, 1, 1, 1])
        #expect(begun == [15, 16, 16, 16, 16, 32, 64, 128, 256])
        for _ in 0..<3 {
            now += penalties.failed(.didNotSignIn, from: source, at: now) ?? 0
        }
        #expect(penalties.failed(.didNotSignIn, from: source, at: now) == 600 * second)
        // Quiet for as long again as it could be refused: it begins anew.
        now += 2 * 600 * second
        #expect(penalties.failed(.didNotSignIn, from: source, at: now) == nil)
    }

    @Test func `are of a host's network in IPv6, and of an address in IPv4`() throws {
        var penalties = SourcePenalties(settings)
        _ = penalties.failed(.crashed, from: try address("2001:db8::1"), at: 0)
        _ = penalties.failed(.crashed, from: try address("192.0.2.1"), at: 0)
        for (other, isRefused) in [
            ("2001:db8::ffff", true), ("2001:db8:0:1::1", false), ("::ffff:192.0.2.1", true),
            ("192.0.2.2", false),
        ] {
            let remaining = penalties.remaining(for: try address(other), at: 0)
            #expect((remaining != nil) == isRefused, "\(other)")
        }
    }

    @Test mutating func `are never of who is exempt`() throws {
        settings.exempt = [try AddressRange(parsing: "192.0.2.0/28")]
        var penalties = SourcePenalties(settings)
        for (text, isRefused) in [("192.0.2.15", false), ("192.0.2.16", true)] {
            _ = penalties.failed(.crashed, from: try address(text), at: 0)
            #expect((penalties.remaining(for: try address(text), at: 0) != nil) == isRefused)
        }
    }

    @Test func `are never of where somebody signed in within a day, and forgiven by it`() throws {
        var penalties = SourcePenalties(settings)
        let source = try address("192.0.2.1")
        _ = penalties.failed(.crashed, from: source, at: 0)
        penalties.signedIn(from: Source(source), at: 0, now: 0)
        #expect(penalties.remaining(for: source, at: 0) == nil)
        #expect(penalties.failed(.crashed, from: source, at: day - 1) == nil)
        #expect(penalties.remaining(for: source, at: day - 1) == nil)
        #expect(penalties.failed(.crashed, from: source, at: day) == 90 * second)
    }

    @Test func `remember a sign-in of before the start for the rest of its day`() throws {
        var penalties = SourcePenalties(settings)
        let source = try address("192.0.2.1")
        // The machine's own clock began after that.
        penalties.signedIn(from: Source(source), at: 5 - day / 2, now: 5)
        #expect(penalties.failed(.crashed, from: source, at: 4 + day / 2) == nil)
        #expect(penalties.failed(.crashed, from: source, at: 5 + day / 2) == 90 * second)
    }

    @Test mutating func `forget who is over soonest where the table is full`() {
        settings.maximumSources = 16
        var penalties = SourcePenalties(settings)
        for number in 0..<16 {
            _ = penalties.failed(.crashed, from: host(number), at: Int64(number))
        }
        _ = penalties.failed(.crashed, from: host(99), at: 20)
        let refused = (0..<16).filter { penalties.remaining(for: host($0), at: 20) != nil }
        #expect(refused == Array(2..<16))
        #expect(penalties.remaining(for: host(99), at: 20) != nil)
    }

    @Test mutating func `refuse every other source where the table is full and they say so`()
        throws
    {
        settings.maximumSources = 4
        settings.overflow = .denyAll
        var penalties = SourcePenalties(settings)
        let spared = try address("192.0.2.1")
        penalties.signedIn(from: Source(spared), at: 0, now: 0)
        for number in 0..<4 {
            #expect(penalties.remaining(for: host(99), at: 0) == nil)
            _ = penalties.failed(.crashed, from: host(number), at: 0)
        }
        #expect(penalties.remaining(for: host(99), at: 0) == 15 * second)
        // Who was let in before that makes no room by failing.
        #expect(penalties.failed(.crashed, from: host(50), at: 0) != nil)
        #expect(penalties.remaining(for: host(99), at: 0) == 15 * second)
        #expect((0..<4).allSatisfy { penalties.remaining(for: host($0), at: 0) == 90 * second })
        #expect(penalties.remaining(for: spared, at: 0) == nil)
        #expect(penalties.remaining(for: try address("2001:db8::1"), at: 0) == nil)
        // As long as anybody is kept, which is longer than it is refused.
        #expect(penalties.remaining(for: host(99), at: (90 + 600) * second) == nil)
    }

    @Test mutating func `cost nothing where their time is zero`() {
        settings.noauth = .zero
        var penalties = SourcePenalties(settings)
        for _ in 0..<1000 {
            #expect(penalties.failed(.didNotSignIn, from: host(1), at: 0) == nil)
        }
    }

    /// Whatever comes in whatever order: bounded, and nobody is refused for longer than the maximum.
    @Test(arguments: [1, 2, 3] as [UInt64])
    mutating func `hold their bounds in any order of events`(_ seed: UInt64) {
        settings.maximumSources = 64
        var random = SeededGenerator(seed: seed)
        var penalties = SourcePenalties(settings)
        var now: Int64 = 0
        var lastSignIn: [IPAddress: Int64] = [:]
        for _ in 0..<20_000 {
            now += Int64.random(in: 0..<20 * second, using: &random)
            let source = host(Int.random(in: 0..<200, using: &random))
            if Int.random(in: 0..<50, using: &random) == 0 {
                penalties.signedIn(from: Source(source), at: now, now: now)
                lastSignIn[source] = now
            } else {
                let failure = SourcePenalties.Failure.allCases.randomElement(using: &random)
                let begun = penalties.failed(failure ?? .crashed, from: source, at: now)
                #expect(begun ?? 15 * second >= 15 * second)
            }
            let remaining = penalties.remaining(for: source, at: now) ?? 0
            #expect(remaining <= 600 * second)
            if let last = lastSignIn[source], now < last + day { #expect(remaining == 0) }
        }
    }
}

@Suite struct `a table of sources` {
    private func source(_ number: Int) -> Source {
        Source(IPAddress([10, 0, UInt8(number >> 8), UInt8(number & 255)]))
    }

    @Test func `never has more than its limit, and keeps who is kept longest`() {
        var table = SourceTable<Int>(limit: 100)
        for number in 0..<1000 {
            table.keep(number, of: source(number), until: Int64(1000 + number), at: 0)
            #expect(table.count <= 100)
        }
        #expect(table.value(of: source(999), at: 0) == 999)
        #expect(table.value(of: source(0), at: 0) == nil)
    }

    @Test func `does not keep for ever what it may forget`() {
        var table = SourceTable<Int>(limit: 1_000_000)
        for number in 0..<50_000 {
            let now = Int64(number)
            table.keep(number, of: source(number), until: now + 10, at: now)
        }
        #expect(table.count <= 2 * SourceTables.leastSwept)
    }

    @Test func `has room again when a lower limit is set`() {
        var table = SourceTable<Int>(limit: 100)
        for number in 0..<100 { table.keep(number, of: source(number), until: 1000, at: 0) }
        table.limit = 10
        table.keep(0, of: source(500), until: 1000, at: 0)
        #expect(table.count <= 10)
        #expect(table.isFull(at: 0) == (table.count == 10))
        let isFull = table.isFull(at: 1000)
        #expect(!isFull)
    }
}
