import SSHWire
import Testing

@testable import Authority

@Suite struct `admission` {
    private var limits = ConnectionLimits()

    private func source(_ address: String) throws -> Source {
        Source(try IPAddress(parsing: address))
    }

    @Test mutating func `counts who has not signed in apart from all`() throws {
        (limits.pendingConnections, limits.connections) = (2, 3)
        limits.pendingConnectionsPerSource = 2
        var admission = Admission(limits: limits, descriptorLimit: 1000)
        let source = try source("192.0.2.1")
        func accept() -> Admission.Refusal? { admission.accepted(from: source, descriptor: 10) }
        #expect(accept() == nil)
        #expect(accept() == nil)
        #expect(accept() == .tooManyPending(limit: 2))
        admission.signedIn(from: source)
        #expect(accept() == nil)
        admission.signedIn(from: source)
        #expect(accept() == .tooMany(limit: 3))
        admission.ended(from: source, wasSignedIn: true)
        #expect(accept() == nil)
    }

    @Test func `lets no host keep the others out`() throws {
        var admission = Admission(limits: ConnectionLimits(), descriptorLimit: 100_000)
        let (one, other) = (try source("192.0.2.1"), try source("192.0.2.2"))
        var taken = 0
        while admission.accepted(from: one, descriptor: 10) == nil { taken += 1 }
        let refused = admission.accepted(from: one, descriptor: 10)
        #expect(taken == 32)
        #expect(refused == .tooManyPendingFrom(one, limit: 32))
        #expect(refused?.description.contains("from 192.0.2.1 ") == true)
        let first = admission.accepted(from: other, descriptor: 10)
        #expect(first == nil)

        admission.signedIn(from: one)
        let next = admission.accepted(from: one, descriptor: 10)
        #expect(next == nil)
        admission.ended(from: one, wasSignedIn: false)
        let again = admission.accepted(from: one, descriptor: 10)
        #expect(again == nil)
    }

    @Test func `takes the network of a host with IPv6 for that host`() throws {
        #expect(try source("2001:db8::1") == source("2001:db8::ffff:0:0:1"))
        #expect(try source("2001:db8::1") != source("2001:db8:0:1::1"))
        #expect(try source("2001:db8::1").description == "2001:db8::/64")
        #expect(try source("::ffff:192.0.2.1") == source("192.0.2.1"))
        #expect(try source("192.0.2.1") != source("192.0.2.2"))
    }

    @Test func `keeps a fifth of the descriptors for those who are in`() throws {
        var admission = Admission(limits: limits, descriptorLimit: 1000)
        let source = try source("192.0.2.1")
        func accept(_ descriptor: Int) -> Admission.Refusal? {
            admission.accepted(from: source, descriptor: descriptor)
        }
        #expect(accept(799) == nil)
        #expect(accept(800) == .tooFewDescriptors)
        admission.isDraining = true
        #expect(accept(3) == .draining)
    }
}
