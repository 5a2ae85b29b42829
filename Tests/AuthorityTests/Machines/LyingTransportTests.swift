import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a session process that lies about a transport is ended` {
    private func connected(_ world: World) throws -> ProcessUnderTest {
        var process = try ProcessUnderTest(world)
        try process.signsIn()
        try process.opensSession()
        return process
    }

    /// A process with a proved transport over this hash, and its certificate.
    private func certified(
        _ world: World
    ) throws -> (ProcessUnderTest, TransportMachine.Issued) {
        var process = try connected(world)
        _ = process.says(
            .proveHostKey(try world.hostKeyProof(world.webHost, over: World.hash(5)))
        )
        let issued = try process.getsCertificate()
        return (process, issued)
    }

    @Test func `when the host key's signature is false`() throws {
        let world = try World()
        var process = try connected(world)
        let honest = try world.hostKeyProof(world.webHost, over: World.hash(5))
        let proof = HostKeyProof(
            number: honest.number,
            keyBlob: honest.keyBlob,
            algorithm: honest.algorithm,
            exchangeHash: World.hash(6),
            signature: honest.signature
        )
        guard case .hostKeySignature = process.says(.proveHostKey(proof)).lie else {
            Issue.record("a false proof was taken")
            return
        }
    }

    @Test func `when the hash is of another session of the connection`() throws {
        let world = try World()
        var process = try connected(world)
        try process.opensSession(2)
        _ = process.says(
            .proveHostKey(try world.hostKeyProof(world.webHost, over: World.hash(5)))
        )
        let again = try world.hostKeyProof(world.webHost, over: World.hash(5), session: 2)
        #expect(process.says(.proveHostKey(again)).lie == .exchangeHashUsed)
    }

    @Test func `when the hash is of another connection's transport`() throws {
        let world = try World()
        var process = try connected(world)
        process.usedElsewhere = [World.hash(5)]
        let proof = try world.hostKeyProof(world.webHost, over: World.hash(5))
        #expect(process.says(.proveHostKey(proof)).lie == .exchangeHashUsed)
    }

    @Test func `when another target's transport is shown for this session`() throws {
        let world = try World()
        var process = try connected(world)
        let proof = try world.hostKeyProof(world.databaseHost, over: World.hash(5))
        guard case .refuseHostKey = process.says(.proveHostKey(proof)).first else {
            Issue.record("the transport of another target was taken")
            return
        }
    }

    @Test func `when it proves a second time`() throws {
        let world = try World()
        var (process, _) = try certified(world)
        let proof = try world.hostKeyProof(world.webHost, over: World.hash(6))
        #expect(process.says(.proveHostKey(proof)).lie != nil)
    }

    @Test func `when the certificate is used twice`() throws {
        let world = try World()
        var (process, issued) = try certified(world)
        let request = SessionRequest.signUserAuthentication(
            number: SessionNumber(1),
            request: ProcessUnderTest.userAuthentication(over: World.hash(5), with: issued.blob)
        )
        #expect(process.says(request).orders.count == 1)
        #expect(process.says(request).lie != nil)
    }

    @Test(arguments: ["transport", "login", "certificate", "plain key", "garbage"])
    func `when it signs for another`(_ what: String) throws {
        let world = try World()
        var (process, issued) = try certified(world)
        let hash = World.hash(5)
        let request: [UInt8] =
            switch what {
            case "transport":
                ProcessUnderTest.userAuthentication(over: World.hash(6), with: issued.blob)
            case "login":
                ProcessUnderTest.userAuthentication(over: hash, login: "root", with: issued.blob)
            case "certificate":
                ProcessUnderTest.userAuthentication(over: hash, with: Array("another".utf8))
            case "plain key":
                UserAuthenticationRequest(
                    sessionIdentifier: hash,
                    user: "deploy",
                    algorithm: AuthenticationAlgorithm(.ed25519, isCertificate: false),
                    keyBlob: issued.blob
                ).bytes
            default: Array("sign me".utf8)
            }
        let actions = process.says(
            .signUserAuthentication(number: SessionNumber(1), request: request)
        )
        guard case .userAuthentication = actions.lie else {
            Issue.record("\(what): \(actions)")
            return
        }
    }

    @Test func `when it signs in as a login that only looks the same`() throws {
        let world = try World()
        var transport = TransportMachine(
            login: "K",
            pinnedKeys: [world.webHost.publicKeyBlob]
        )
        let proof = try world.hostKeyProof(world.webHost, over: World.hash(5))
        #expect(try transport.proved(proof) { _ in false } == .issue)
        let issued = TransportMachine.Issued(number: 7, blob: [1], key: .generate())
        #expect(transport.issued(issued) == true)
        let request = ProcessUnderTest.userAuthentication(
            over: World.hash(5),
            login: "\u{212A}",
            with: issued.blob
        )
        #expect(throws: ProcessLie.userAuthentication("it is for another login")) {
            try transport.signature(over: request)
        }
    }

    @Test func `when it starts a program without a signature`() throws {
        var (process, _) = try certified(try World())
        #expect(process.says(.started(number: SessionNumber(1))).lie != nil)
    }

    @Test(arguments: OutboundPhase.allCases)
    func `or is not believed when it calls a certificate refused that nobody signed with`(
        _ phase: OutboundPhase
    ) throws {
        for hasCertificate in [false, true] {
            var process = try connected(try World())
            if hasCertificate { (process, _) = try certified(try World()) }
            let lost = SessionRequest.targetLost(
                number: SessionNumber(1),
                phase: phase,
                reason: ""
            )
            guard case .lost(_, _, _, let action) = process.says(lost).first else {
                Issue.record("nothing came of it")
                return
            }
            if case .giveUp(_, let wasSigned) = action { #expect(!wasSigned) }
        }
    }

    @Test func `when it loses a transport twice`() throws {
        var process = try connected(try World())
        let lost = SessionRequest.targetLost(
            number: SessionNumber(1),
            phase: .keyExchange,
            reason: ""
        )
        #expect(process.says(lost).lie == nil)
        #expect(process.says(lost).lie == .outOfTurn(.targetLost))
    }

    @Test func `when it opens a session under a number that is in use`() throws {
        var process = try connected(try World())
        let opening = ProcessUnderTest.opening(1)
        #expect(
            process.says(.openSession(opening)).lie == .sessionNumberUsed(SessionNumber(1))
        )
    }

    @Test func `when it opens a session under the number of one that is over`() throws {
        var process = try connected(try World())
        let report = SessionReport(
            number: SessionNumber(1),
            cause: .clientClosed,
            result: .none,
            inputBytes: 0,
            outputBytes: 0,
            errorBytes: 0,
            recordedBytes: 0
        )
        _ = process.says(.sessionEnded(report))
        // Channels are numbered when they are opened, and ask for a program in any order.
        for number in [7, 3, UInt32.max] {
            #expect(process.says(.openSession(ProcessUnderTest.opening(number))).lie == nil)
        }
        let again = process.says(.openSession(ProcessUnderTest.opening(1)))
        #expect(again.lie == .sessionNumberUsed(SessionNumber(1)))
    }

    @Test func `when it does not listen to refusals`() throws {
        var process = try ProcessUnderTest(try World(), sessionsAtOnce: 1)
        try process.signsIn()
        try process.opensSession(0)
        let most = UInt32(ConnectionMachine.refusedSessionsAtOnce)
        for number in 1...most {
            let actions = process.says(.openSession(ProcessUnderTest.opening(number)))
            #expect(actions.lie == nil && actions.topics == [.tooManySessions])
        }
        let next = process.says(.openSession(ProcessUnderTest.opening(most + 1)))
        #expect(next.lie == .sessionsExceeded(limit: Int(most) + 1))
    }
}
