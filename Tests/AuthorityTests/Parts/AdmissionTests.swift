import SSHWire
import Testing

@testable import Authority

@Suite struct `admission` {
    private var limits = ConnectionLimits()

    private func address(_ text: String) throws -> IPAddress { try IPAddress(parsing: text) }

    @Test mutating func `counts who has not signed in apart from all`() throws {
        (limits.pendingConnections, limits.connections) = (2, 3)
        limits.pendingConnectionsPerSource = 2
        var admission = Admission(limits: limits, descriptorLimit: 1000)
        let source = try address("192.0.2.1")
        func accept() -> Admission.Refusal? {
            admission.accepted(from: source, descriptor: 10, at: 0)
        }
        #expect(accept() == nil)
        #expect(accept() == nil)
        #expect(accept() == .tooManyPending(limit: 2))
        admission.signedIn(from: source, at: 0)
        #expect(accept() == nil)
        admission.signedIn(from: source, at: 0)
        #expect(accept() == .tooMany(limit: 3))
        admission.ended()
        #expect(accept() == nil)
    }

    @Test func `lets no host keep the others out`() throws {
        var admission = Admission(limits: ConnectionLimits(), descriptorLimit: 100_000)
        let (one, other) = (try address("192.0.2.1"), try address("192.0.2.2"))
        var taken = 0
        while admission.accepted(from: one, descriptor: 10, at: 0) == nil { taken += 1 }
        let refused = admission.accepted(from: one, descriptor: 10, at: 0)
        #expect(taken == 32)
        #expect(refused == .tooManyPendingFrom(Source(one), limit: 32))
        #expect(refused?.description.contains("from 192.0.2.1 ") == true)
        let first = admission.accepted(from: other, descriptor: 10, at: 0)
        #expect(first == nil)

        admission.signedIn(from: one, at: 0)
        let next = admission.accepted(from: one, descriptor: 10, at: 0)
        #expect(next == nil)
        #expect(admission.cameToNothing(nil, from: one, at: 0) == nil)
        let again = admission.accepted(from: one, descriptor: 10, at: 0)
        #expect(again == nil)
    }

    private func source(_ text: String) throws -> Source { Source(try address(text)) }

    @Test func `takes the network of a host with IPv6 for that host`() throws {
        #expect(try source("2001:db8::1") == source("2001:db8::ffff:0:0:1"))
        #expect(try source("2001:db8::1") != source("2001:db8:0:1::1"))
        #expect(try source("2001:db8::1").description == "2001:db8::/64")
        #expect(try source("::ffff:192.0.2.1") == source("192.0.2.1"))
        #expect(try source("192.0.2.1") != source("192.0.2.2"))
    }

    @Test func `keeps a fifth of the descriptors for those who are in`() throws {
        var admission = Admission(limits: limits, descriptorLimit: 1000)
        let source = try address("192.0.2.1")
        func accept(_ descriptor: Int) -> Admission.Refusal? {
            admission.accepted(from: source, descriptor: descriptor, at: 0)
        }
        #expect(accept(799) == nil)
        #expect(accept(800) == .tooFewDescriptors)
        admission.isDraining = true
        #expect(accept(3) == .draining)
    }

    @Test func `refuses who came to nothing too often, and counts it for nobody else`() throws {
        var admission = Admission(limits: limits, descriptorLimit: 1000)
        let (one, other) = (try address("192.0.2.1"), try address("192.0.2.2"))
        var begun: [Int64?] = []
        for _ in 0..<3 {
            let refusal = admission.accepted(from: one, descriptor: 10, at: 0)
            #expect(refusal == nil)
            begun.append(admission.cameToNothing(.couldNotSignIn, from: one, at: 0))
        }
        #expect(begun == [nil, nil, 15_000])

        let refused = admission.accepted(from: one, descriptor: 10, at: 1)
        #expect(refused == .penalised(Source(one), milliseconds: 14_999))
        #expect(refused?.limit == .penalties)
        #expect(refused?.description.hasSuffix("refused for 15 s") == true)
        #expect(admission.accepted(from: other, descriptor: 10, at: 1) == nil)
        #expect(admission.accepted(from: one, descriptor: 10, at: 15_000) == nil)
        #expect(admission.total == 2)

        admission.signedIn(from: one, at: 15_000)
        admission.ended()
        for _ in 0..<10 {
            #expect(admission.accepted(from: one, descriptor: 10, at: 15_000) == nil)
            #expect(admission.cameToNothing(.crashed, from: one, at: 15_000) == nil)
        }
    }

    @Test mutating func `counts a proxy that has not said from where among the pending`() throws {
        (limits.pendingConnections, limits.pendingConnectionsPerSource) = (2, 1)
        var admission = Admission(limits: limits, descriptorLimit: 1000)
        let client = try address("192.0.2.1")
        let taken = [
            admission.proxyConnected(descriptor: 10), admission.proxyConnected(descriptor: 11),
            admission.proxyConnected(descriptor: 12),
        ]
        #expect(taken == [nil, nil, .tooManyPending(limit: 2)])
        #expect(
            admission.accepted(from: client, descriptor: 13, at: 0) == .tooManyPending(limit: 2)
        )
        // One of them said so, and is the client's from there on.
        admission.proxyAnswered()
        #expect(admission.accepted(from: client, descriptor: 10, at: 0) == nil)
        admission.proxyAnswered()
        let second = admission.accepted(from: client, descriptor: 11, at: 0)
        #expect(second == .tooManyPendingFrom(Source(client), limit: 1))
        #expect(admission.pending == 1 && admission.total == 1)
        admission.isDraining = true
        #expect(admission.proxyConnected(descriptor: 10) == .draining)
    }

    @Test func `names the setting of each refusal that has one`() throws {
        let source = try source("192.0.2.1")
        let limits: [(Admission.Refusal, LimitName?)] = [
            (.tooManyPending(limit: 1), .pendingConnections),
            (.tooManyPendingFrom(source, limit: 1), .pendingConnectionsPerSource),
            (.tooMany(limit: 1), .connections), (.penalised(source, milliseconds: 1), .penalties),
            (.noProxyHeader(proxy: "", reason: ""), .proxyProtocol), (.tooFewDescriptors, nil),
            (.draining, nil),
        ]
        for (refusal, limit) in limits { #expect(refusal.limit == limit) }
    }
}

@Suite struct `a summary of refusals` {
    @Test func `says once how many there were, and by which settings`() {
        var summary = RefusalSummary()
        let isFirst = [
            summary.refused(by: .penalties), summary.refused(by: nil),
            summary.refused(by: .connections), summary.refused(by: .penalties),
        ]
        #expect(isFirst == [true, false, false, false])
        #expect(summary.take() == "4: limits.connections 1, penalties 2")
        let isFirstAgain = summary.refused(by: nil)
        #expect(isFirstAgain)
        #expect(summary.take() == "1")
    }
}
