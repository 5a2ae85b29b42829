import AuditTrail
import Glibc
import SSHKeys
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `who is to blame that nobody signed in` {
    private let bastion: Bastion

    init() throws { bastion = try Bastion(try World()) }

    private var connection: InboundConnection { bastion.connection }

    private func offers(_ key: Ed25519SigningKey) {
        bastion.says(.signExchangeHash(ProcessUnderTest.sessionIdentifier))
        bastion.says(
            .offerKey(
                user: "deploy@web1",
                algorithm: "ssh-ed25519",
                keyBlob: key.publicKeyBlob
            )
        )
    }

    private func leaves() {
        bastion.says(.connectionEnded(.notSignedIn, detail: "it left"))
    }

    @Test func `is a client that leaves without a try`() {
        leaves()
        #expect(connection.failure == .didNotSignIn)
    }

    @Test func `is a client that offered a key of nobody, and more so`() {
        offers(Ed25519SigningKey.generate())
        leaves()
        #expect(connection.failure == .couldNotSignIn)
    }

    @Test func `is not a client whose key is good, and that does not use it`() {
        offers(bastion.world.alice)
        leaves()
        #expect(connection.failure == .didNotSignIn)
    }

    @Test(arguments: [NoticeKind.tooManyTries, .signatureRefused])
    func `is a client of which its process says that it failed`(_ notice: NoticeKind) {
        bastion.says(.notice(notice, detail: ""))
        leaves()
        #expect(connection.failure == .couldNotSignIn)
    }

    @Test func `is a client that takes its time`() {
        bastion.says(.notice(.loginGraceExceeded, detail: ""))
        leaves()
        #expect(connection.failure == .exceededGrace)
        #expect(bastion.services.limitCounts[.loginGrace] == 1)
    }

    @Test func `is a client whose process lies, or dies`() throws {
        bastion.says(.ready(version: 1, library: ""))
        #expect(connection.failure == .crashed)

        let other = try Bastion(try World())
        kill(other.connection.process.processID, SIGSEGV)
        try other.turn { other.connection.isDone }
        #expect(other.connection.failure == .crashed)
    }

    @Test func `is nobody where its process is killed, by us or by a system without memory`() throws
    {
        connection.process.kill()
        try bastion.turn { connection.isDone }
        #expect(connection.ending?.cause == .processDied)
        #expect(connection.failure == nil)
    }

    private func waits(_ bastion: Bastion, since milliseconds: UInt64 = 1_000) {
        _ = bastion.connection.delays.began(at: Services.milliseconds() - milliseconds)
    }

    @Test func `is nobody where the client waits for us, whatever it did before`() {
        waits(bastion)
        bastion.says(.notice(.signatureRefused, detail: ""))
        leaves()
        #expect(connection.failure == nil)
    }

    @Test func `is nobody where it had to wait, unless it fails for another reason`() throws {
        let now = Services.milliseconds()
        connection.delays.waited(since: now - 1_000, at: now)
        bastion.says(.notice(.loginGraceExceeded, detail: ""))
        #expect(connection.failure == nil)
        leaves()
        #expect(connection.failure == nil)

        let other = try Bastion(try World())
        other.connection.delays.waited(since: now - 1_000, at: now)
        other.says(.notice(.signatureRefused, detail: ""))
        other.says(.connectionEnded(.notSignedIn, detail: "it left"))
        #expect(other.connection.failure == .couldNotSignIn)
    }

    @Test func `is nobody where the disk is slow while a sign-in is recorded`() throws {
        try bastion.proves(bastion.world.alice)
        let later = Services.milliseconds() + OwnDelays.patienceMilliseconds
        #expect(connection.delays.areLong(at: later))
        try bastion.turn { connection.isSignedIn }
        #expect(!connection.delays.areLong(at: later))
    }

    @Test func `is nobody where we end it`() throws {
        connection.end(.terminated, "that is enough")
        leaves()
        connection.process.kill()
        try bastion.turn { connection.isDone }
        #expect(connection.failure == nil)
    }

    @Test func `is nobody where the audit trail does not take a sign-in`() throws {
        // Nothing is committed any more.
        try bastion.store.close()
        try bastion.proves(bastion.world.alice)
        try bastion.turn { connection.machine.wasHindered }
        leaves()
        #expect(connection.failure == nil)
        #expect(!connection.isSignedIn)
    }
}

@Suite struct `what a client waits for` {
    @Test func `is long from a second on, while it waits and for good`() {
        var delays = OwnDelays()
        let patience = OwnDelays.patienceMilliseconds
        let (first, second) = (delays.began(at: 10), delays.began(at: 50))
        #expect(!delays.areLong(at: 9 + patience))
        #expect(delays.areLong(at: 10 + patience))
        // The clock of another thread may be a little behind.
        #expect(!delays.areLong(at: 5))

        delays.ended(first, at: 9 + patience)
        #expect(!delays.areLong(at: 10 + patience) && !delays.wereLong)
        delays.ended(second, at: 50 + patience)
        delays.ended(second, at: 50 + patience)
        #expect(!delays.areLong(at: 1_000_000) && delays.wereLong)
    }

    @Test(arguments: [(0, false), (999, false), (1_000, true), (60_000, true)])
    func `is what it waited for before it was served, too`(milliseconds: UInt64, isLong: Bool) {
        var delays = OwnDelays()
        delays.waited(since: 7, at: 7 + milliseconds)
        #expect(delays.wereLong == isLong)
    }
}
