import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a sign-in` {
    @Test func `is answered only when its record is durable`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)

        let actions = process.says(.signIn(proof))

        #expect(actions.recordsSignIn && actions.orders.isEmpty)
        #expect(process.machine.identity == nil)
        #expect(process.machine.signInRecorded().orders == [.signInAnswer(isAccepted: true)])
        #expect(process.machine.identity?.principal.name.description == "human:alice")
    }

    @Test func `that cannot be recorded did not happen`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)
        _ = process.says(.signIn(proof))

        let actions = process.machine.signInNotRecorded()
        #expect(actions.orders.isEmpty)
        guard case .endUnrecorded = actions.first else {
            Issue.record("its client is not told why")
            return
        }
        #expect(process.machine.identity == nil)
        #expect(process.says(.openSession(ProcessUnderTest.opening(1))).lie != nil)
    }

    @Test func `with a key that belongs to nobody is refused and recorded`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let stranger = Ed25519SigningKey.generate()
        let proof = try world.signIn(stranger, over: ProcessUnderTest.sessionIdentifier)

        let actions = process.says(.signIn(proof))

        #expect(actions.refusedSignIn == .unknownKey)
        #expect(actions.orders == [.signInAnswer(isAccepted: false)])
    }

    @Test func `of a disabled principal is refused`() throws {
        let world = try World(disablingAlice: true)
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)

        guard case .disabled = process.says(.signIn(proof)).refusedSignIn else {
            Issue.record("a disabled principal signed in")
            return
        }
    }

    @Test(arguments: [false, true])
    func `with a revoked key is refused`(byFingerprint: Bool) throws {
        let before = try World()
        let world = try before.revoking(
            byFingerprint
                ? SSHKeys.Fingerprint(of: before.alice.publicKey).description
                : World.line(before.alice)
        )
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)

        #expect(process.says(.signIn(proof)).refusedSignIn == .revokedKey)
    }

    @Test func `of a locked principal is refused`() throws {
        var world = try World()
        world.locks.lock(.principal("human:alice"), until: nil, reason: "left the company")
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)

        guard case .locked(let reason) = process.says(.signIn(proof)).refusedSignIn else {
            Issue.record("a locked principal signed in")
            return
        }
        #expect(reason.contains("left the company"))
    }

    @Test func `under the name of an algorithm that is not for the key is refused, and no lie`()
        throws
    {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let honest = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)
        let proof = SignInProof(
            user: honest.user,
            algorithm: "rsa-sha2-256",
            keyBlob: honest.keyBlob,
            signature: honest.signature,
            authenticator: nil
        )

        let actions = process.says(.signIn(proof))

        #expect(actions.refusedSignIn == .algorithmNotForKey && actions.lie == nil)
        #expect(actions.orders == [.signInAnswer(isAccepted: false)])
    }

    @Test func `as another user than before is refused and noticed`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        _ = process.says(
            .offerKey(user: "deploy@web1", algorithm: "", keyBlob: world.alice.publicKeyBlob)
        )
        let proof = try world.signIn(
            world.alice,
            user: "root@web1",
            over: ProcessUnderTest.sessionIdentifier
        )

        let actions = process.says(.signIn(proof))

        #expect(actions.topics == [.userNameChanged])
        #expect(actions.orders == [.signInAnswer(isAccepted: false)])
    }

    @Test func `as a user whose name only looks the same is refused and noticed`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let (kelvin, letter) = ("\u{212A}@web1", "K@web1")
        #expect(kelvin == letter)
        _ = process.says(
            .offerKey(user: letter, algorithm: "", keyBlob: world.alice.publicKeyBlob)
        )
        let proof = try world.signIn(
            world.alice,
            user: kelvin,
            over: ProcessUnderTest.sessionIdentifier
        )

        #expect(process.says(.signIn(proof)).topics == [.userNameChanged])
    }

    @Test func `is offered by the key alone, whatever the algorithm is called`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        for (key, isAccepted) in [(world.alice, true), (Ed25519SigningKey.generate(), false)] {
            let offer = SessionRequest.offerKey(
                user: "deploy@web1",
                algorithm: "ssh-rsa",
                keyBlob: key.publicKeyBlob
            )
            #expect(process.says(offer).orders == [.keyOfferAnswer(isAccepted: isAccepted)])
        }
    }
}

@Suite struct `a session process that lies about a sign-in is ended` {
    private func expectSignatureLie(_ actions: [ConnectionAction]) {
        guard case .signInSignature = actions.lie else {
            Issue.record("\(actions) is no kill for a false signature")
            return
        }
    }

    @Test func `when the signature is by another key`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let mallory = try world.signIn(world.mallory, over: ProcessUnderTest.sessionIdentifier)
        let proof = SignInProof(
            user: mallory.user,
            algorithm: mallory.algorithm,
            keyBlob: world.alice.publicKeyBlob,
            signature: mallory.signature,
            authenticator: nil
        )
        expectSignatureLie(process.says(.signIn(proof)))
    }

    @Test func `when the signature is for another user`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let signed = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)
        let proof = SignInProof(
            user: "root@db1",
            algorithm: signed.algorithm,
            keyBlob: signed.keyBlob,
            signature: signed.signature,
            authenticator: nil
        )
        expectSignatureLie(process.says(.signIn(proof)))
    }

    @Test func `when the signature is replayed from another connection`() throws {
        let world = try World()
        let overheard = try world.signIn(world.alice, over: World.hash(9))
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        expectSignatureLie(process.says(.signIn(overheard)))
    }

    @Test func `when a second exchange hash is passed off as the session identifier`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        _ = process.says(.signExchangeHash(World.hash(2)))
        expectSignatureLie(
            process.says(.signIn(try world.signIn(world.alice, over: World.hash(2))))
        )
    }

    @Test func `when nothing was exchanged yet`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        let proof = try world.signIn(world.alice, over: [])
        #expect(process.says(.signIn(proof)).lie == .noSessionIdentifier)
    }

    @Test func `when it signs something else than a hash`() throws {
        for count in [1, 31, 32, 64] {
            var process = try ProcessUnderTest(try World())
            let lie = process.says(.signExchangeHash([UInt8](repeating: 0, count: count))).lie
            #expect(lie == (count >= 32 ? nil : .exchangeHashLength(count)))
        }
    }

    @Test func `when it tries more often than a client may`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world, tries: 2)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let stranger = Ed25519SigningKey.generate()
        let proof = try world.signIn(stranger, over: ProcessUnderTest.sessionIdentifier)
        #expect(process.says(.signIn(proof)).lie == nil)
        #expect(process.says(.signIn(proof)).lie == nil)
        #expect(process.says(.signIn(proof)).lie == .triesExceeded(limit: 2))
    }

    @Test func `when it signs in again while the first is being recorded`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        let proof = try world.signIn(world.alice, over: ProcessUnderTest.sessionIdentifier)
        _ = process.says(.signIn(proof))
        #expect(process.says(.signIn(proof)).lie == .signInWithoutOrder)
    }

    @Test func `and no longer when its client exchanges keys without an end`() throws {
        var process = try ProcessUnderTest(try World())
        try process.signsIn()
        let limit = ProtocolTable.row(.signExchangeHash).atMost
        let hash = SessionRequest.signExchangeHash(World.hash(2))
        for _ in 1..<limit { _ = process.says(hash) }

        for _ in 0..<2 {
            let actions = process.says(hash)
            guard case .limitReached(let reason) = actions.first, actions.count == 1 else {
                Issue.record("\(actions) is no end at a limit")
                return
            }
            #expect(reason == "more than \(limit) key exchanges in one connection")
        }
        #expect(process.says(.connectionEnded(.terminated, detail: "")).lie == nil)
    }

    @Test func `when what it says cannot be read, or brings a descriptor`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        let message = SessionRequest.signExchangeHash(World.hash(1)).encoded()
        guard case .unreadable = process.machine.received([0xff], world.context()).lie else {
            Issue.record("an unreadable message was taken")
            return
        }
        process = try ProcessUnderTest(world)
        let actions = process.machine.received(message, descriptors: 1, world.context())
        #expect(actions.lie == .unexpectedDescriptors(1))
    }

    @Test func `and says nothing more that counts`() throws {
        let world = try World()
        var process = try ProcessUnderTest(world)
        _ = process.machine.received([0xff], world.context())
        for hash in [World.hash(1), World.hash(2)] {
            #expect(process.says(.signExchangeHash(hash)).lie != nil)
        }
    }
}
