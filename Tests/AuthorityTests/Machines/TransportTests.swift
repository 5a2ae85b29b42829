import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a transport to a target` {
    @Test func `gets one signature for its own certificate, and runs`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        try process.signsIn()
        try process.opensSession()
        let proof = try world.hostKeyProof(world.webHost, over: World.hash(5))
        guard case .issue = process.says(.proveHostKey(proof)).first else {
            Issue.record("a proved host key was not taken")
            return
        }
        let issued = try process.getsCertificate()
        let request = ProcessUnderTest.userAuthentication(over: World.hash(5), with: issued.blob)
        let number = SessionNumber(1)

        let orders = process.says(.signUserAuthentication(number: number, request: request)).orders

        guard case .userAuthenticationSignature(number, let signature) = orders.first else {
            Issue.record("the certificate's key did not sign")
            return
        }
        try SignatureVerification.verify(
            SignatureBlob(.ed25519, value: signature),
            over: request[...],
            by: issued.key.publicKey
        )
        guard case .started(number) = process.says(.started(number: number)).first else {
            Issue.record("the session did not start")
            return
        }
        #expect(process.machine.sessions[number]?.phase == .running)
    }

    @Test func `that is lost after its signature is not dialled again`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        try process.signsIn()
        try process.opensSession()
        let number = SessionNumber(1)
        _ = process.says(
            .proveHostKey(try world.hostKeyProof(world.webHost, over: World.hash(5)))
        )
        let issued = try process.getsCertificate()
        let request = ProcessUnderTest.userAuthentication(over: World.hash(5), with: issued.blob)
        _ = process.says(.signUserAuthentication(number: number, request: request))

        let lost = SessionRequest.targetLost(number: number, phase: .authentication, reason: "")
        guard case .lost(_, _, _, .giveUp(_, wasSigned: true)) = process.says(lost).first else {
            Issue.record("another transport could run the command twice")
            return
        }
    }

    @Test func `to a host with another key is refused, and nothing is signed`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        try process.signsIn()
        try process.opensSession()
        let proof = try world.hostKeyProof(Ed25519SigningKey.generate(), over: World.hash(5))

        guard case .refuseHostKey = process.says(.proveHostKey(proof)).first else {
            Issue.record("a strange host key was taken")
            return
        }
        #expect(process.machine.sessions[SessionNumber(1)]?.phase == .ending)
    }

    @Test func `that is lost must be proved anew, with another certificate`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        try process.signsIn()
        try process.opensSession()
        _ = process.says(
            .proveHostKey(try world.hostKeyProof(world.webHost, over: World.hash(5)))
        )
        let first = try process.getsCertificate()
        let number = SessionNumber(1)
        let lost = SessionRequest.targetLost(number: number, phase: .authentication, reason: "")

        guard case .lost(_, _, _, .dialAgain) = process.says(lost).first else {
            Issue.record("a lost transport was not dialled again")
            return
        }
        let ready = process.machine.update(number) { $0.dialled() }
        #expect(ready == .retry)
        _ = process.says(
            .proveHostKey(try world.hostKeyProof(world.webHost, over: World.hash(6)))
        )
        _ = try process.getsCertificate()
        let old = ProcessUnderTest.userAuthentication(over: World.hash(5), with: first.blob)
        #expect(process.says(.signUserAuthentication(number: number, request: old)).lie != nil)
    }
}

@Suite struct `the sessions of a connection` {
    @Test func `are as many as permitted with those whose commands are being ended`() throws {
        var process = try ProcessUnderTest(try World(), sessionsAtOnce: 2)
        try process.signsIn()
        try process.opensSession(1)
        process.machine.endingBegan()
        let refused = process.says(.openSession(ProcessUnderTest.opening(2)))
        #expect(refused.topics == [.tooManySessions] && refused.orders.count == 1)

        process.machine.endingFinished()
        guard case .open = process.says(.openSession(ProcessUnderTest.opening(3))).first else {
            Issue.record("a session within the limit was refused")
            return
        }
    }

    /// The fuzzer of connections found three of two.
    @Test func `count as soon as they are asked for`() throws {
        var process = try ProcessUnderTest(try World(), sessionsAtOnce: 2)
        try process.signsIn()
        for number: UInt32 in 1...3 {
            let actions = process.says(.openSession(ProcessUnderTest.opening(number)))
            #expect((actions.topics == [.tooManySessions]) == (number == 3))
        }
    }
}
