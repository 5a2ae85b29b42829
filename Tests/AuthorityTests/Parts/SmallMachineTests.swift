import Testing

@testable import Authority

@Suite struct `retrying a connection` {
    @Test func `pauses longer each time, and gives up after three`() {
        var retry = ConnectRetry(deadlineMilliseconds: 100_000)
        #expect(retry.lost(at: 0, jitter: 0) == .retry(afterMilliseconds: 100))
        #expect(retry.lost(at: 0, jitter: 1) == .retry(afterMilliseconds: 201))
        #expect(retry.lost(at: 0, jitter: 399) == .retry(afterMilliseconds: 799))
        #expect(retry.lost(at: 0, jitter: 0) == .giveUp)
    }

    @Test func `gives up where the setup time would be over`() {
        var retry = ConnectRetry(deadlineMilliseconds: 1000)
        #expect(retry.lost(at: 950, jitter: 0) == .giveUp)
    }
}

@Suite struct `the demand for spare processes` {
    @Test func `starts what is missing, some at a time`() {
        var demand = SpareDemand(wanted: 6)
        #expect(demand.missing(waiting: 0, at: 0) == 4)
        for _ in 0..<4 { demand.started() }
        #expect(demand.missing(waiting: 10, at: 0) == 0)
        for _ in 0..<4 { demand.becameReady() }
        #expect(demand.missing(waiting: 0, at: 0) == 2)
        demand.taken()
        #expect(demand.missing(waiting: 0, at: 0) == 3)
    }

    @Test func `waits longer after each failure`() {
        var demand = SpareDemand(wanted: 1)
        var now: UInt64 = 0
        for pause in [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000] as [UInt64] {
            demand.started()
            demand.failedToStart(at: now)
            #expect(demand.missing(waiting: 0, at: now + pause - 1) == 0)
            now += pause
            #expect(demand.missing(waiting: 0, at: now) == 1)
        }
        demand.started()
        demand.becameReady()
        demand.spareDied()
        demand.started()
        demand.failedToStart(at: now)
        #expect(demand.pauseEnds(after: now) == now + 100)
    }
}

@Suite struct `questions that broke a decider` {
    @Test func `are denied for ten minutes`() {
        var denied = DeniedDigests()
        denied.insert([1], at: 1000)
        #expect(denied.contains([1], at: 600_999))
        #expect(!denied.contains([1], at: 601_000))
        #expect(!denied.contains([2], at: 1000))
    }

    @Test func `are forgotten when there are too many`() {
        var denied = DeniedDigests()
        for number in 0...DeniedDigests.maximumCount {
            denied.insert(Array("\(number)".utf8), at: 0)
        }
        #expect(!denied.contains(Array("0".utf8), at: 0))
        #expect(denied.contains(Array("1".utf8), at: 0))
    }
}

@Suite struct `the queue of timers` {
    @Test func `gives what is due in order, and nothing that is cancelled`() {
        var queue = TimerQueue()
        let ids = [30, 10, 20, 10].map { queue.insert(deadline: $0) }
        queue.cancel(ids[2])
        #expect(queue.nextDeadline() == 10)
        #expect(queue.takeDue(at: 9).isEmpty)
        #expect(queue.takeDue(at: 25) == [ids[1], ids[3]])
        #expect(queue.nextDeadline() == 30)
        #expect(queue.takeDue(at: 30) == [ids[0]])
        #expect(queue.nextDeadline() == nil)
    }

    @Test func `keeps as many cancelled timers as the limit says, and no more`() {
        func kept(_ count: Int) -> Int {
            var queue = TimerQueue()
            let ids = (0..<count).map { _ in queue.insert(deadline: 1_000_000) }
            for id in ids { queue.cancel(id) }
            return queue.entries
        }
        #expect(kept(TimerQueue.entriesKept) == TimerQueue.entriesKept)
        #expect(kept(TimerQueue.entriesKept + 1) <= TimerQueue.entriesKept / 2 + 1)
    }

    @Test func `stays small when timers are cancelled`() {
        var queue = TimerQueue()
        for _ in 0..<10_000 { queue.cancel(queue.insert(deadline: 1_000_000)) }
        #expect(queue.count == 0)
        #expect(queue.nextDeadline() == nil)
    }
}

@Suite struct `an identifier` {
    @Test func `is a letter and twelve digits of Crockford's base 32`() {
        #expect(Identifier.session(random: 0) == "s-000000000000")
        #expect(Identifier.connection(random: .max) == "c-zzzzzzzzzzzz")
        #expect(Identifier.session(random: 33) == "s-110000000000")
    }
}

@Suite struct `a socket address` {
    @Test func `is written as it is read`() throws {
        for (host, port, text) in [
            ("127.0.0.1", 22, "127.0.0.1:22"), ("::1", 2222, "[::1]:2222"),
            ("::ffff:192.0.2.1", 22, "192.0.2.1:22"),
        ] as [(String, UInt16, String)] {
            let address = try #require(SocketAddress(host: host, port: port))
            #expect(address.description == text)
        }
        #expect(SocketAddress(host: "web1.example", port: 22) == nil)
    }
}
