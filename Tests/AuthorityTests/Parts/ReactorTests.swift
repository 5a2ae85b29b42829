import Glibc
import MessageSockets
import Testing

@testable import Authority

@Suite struct `the event loop` {
    @Test func `runs timers in the order of their deadlines`() throws {
        let reactor = try Reactor()
        var order: [Int] = []
        _ = reactor.after(.milliseconds(2)) {
            order.append(2)
            reactor.stop()
        }
        _ = reactor.after(.zero) { order.append(1) }
        let cancelled = reactor.after(.zero) { order.append(0) }
        reactor.cancel(cancelled)
        try reactor.run()
        #expect(order == [1, 2])
    }

    @Test func `takes values of other threads`() throws {
        let reactor = try Reactor()
        let work = BlockingWork(label: "test", atOnce: 2, limit: 100)
        var sum = 0
        for number in 1...20 {
            let ticket = reactor.expect { (value: Int?) in
                sum += value ?? 0
                if sum == 210 { reactor.stop() }
            }
            work.run({ number }, fulfilling: ticket)
        }
        try reactor.run()
        #expect(sum == 210)
    }

    @Test func `refuses work beyond the limit instead of keeping it`() throws {
        let reactor = try Reactor()
        let work = BlockingWork(label: "test", atOnce: 1, limit: 0)
        var isRefused = false
        let ticket = reactor.expect { (value: Int?) in
            isRefused = value == nil
            reactor.stop()
        }
        work.run({ 1 }, fulfilling: ticket)
        try reactor.run()
        #expect(isRefused)
    }

    @Test func `tells when a descriptor is readable, until it is forgotten`() throws {
        let reactor = try Reactor()
        let (left, right) = try MessageSocket.pair()
        let (sender, receiver) = (MessageSocket(adopting: left), MessageSocket(adopting: right))
        var received = 0
        var watch: Reactor.Watch?
        watch = try reactor.watch(receiver.raw, for: .readable) { _ in
            received += 1
            if let watch { reactor.forget(watch) }
            reactor.later { reactor.stop() }
        }
        try sender.send([1])
        try sender.send([2])
        try reactor.run()
        #expect(received == 1)
    }

    @Test func `dials an address, and says why it cannot`() throws {
        let reactor = try Reactor()
        let work = BlockingWork(label: "test", atOnce: 1, limit: 10)
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        let listener = try TCPSocket.listening(at: any)
        let address = try #require(SocketAddress.local(of: listener.raw))
        var outcomes: [String] = []
        func note(_ outcome: Dial.Outcome) {
            switch outcome {
            case .connected(let connected): outcomes.append(connected.peer.description)
            case .failed(let reason): outcomes.append(reason)
            }
            reactor.stop()
        }
        let dial = Dial(
            host: "127.0.0.1",
            port: address.port,
            within: .seconds(5),
            on: reactor,
            lookups: work,
            completion: note
        )
        try reactor.run()
        withExtendedLifetime((dial, listener)) {}
        #expect(outcomes == [address.description])
    }

    @Test(arguments: [1, Dial.maximumSetAside])
    func `dials again where the ends of a connection are set aside, a few times`(
        _ count: Int
    ) throws {
        let reactor = try Reactor()
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        let listener = try TCPSocket.listening(at: any)
        let address = try #require(SocketAddress.local(of: listener.raw))
        var setAside: [RemoteScript.Transport] = []
        var outcome: Dial.Outcome?
        let dial = Dial(
            host: "127.0.0.1",
            port: address.port,
            within: .seconds(5),
            on: reactor,
            lookups: BlockingWork(label: "test", atOnce: 1, limit: 10),
            unless: { connected in
                guard setAside.count < count else { return false }
                setAside.append(connected.ends)
                return true
            },
            completion: {
                outcome = $0
                reactor.stop()
            }
        )
        try reactor.run()
        withExtendedLifetime((dial, listener)) {}

        #expect(setAside.count == count)
        switch outcome {
        case .connected(let connected):
            #expect(count < Dial.maximumSetAside)
            #expect(connected.peer == address)
            #expect(!setAside.contains(connected.ends))
        case .failed(let reason):
            #expect(count == Dial.maximumSetAside)
            #expect(reason.contains("set aside"))
        case nil: Issue.record("nothing came of it")
        }
    }
}
