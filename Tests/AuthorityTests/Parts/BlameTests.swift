import AuditTrail
import SSHKeys
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `who is to blame that nobody signed in` {
    private let bastion: Bastion

    init() throws { bastion = try Bastion(try World()) }

    private var connection: InboundConnection { bastion.connection }
    private let identifier = ProcessUnderTest.sessionIdentifier

    private func leaves() {
        bastion.says(.connectionEnded(.notSignedIn, detail: "it left"))
    }

    @Test func `is a client that leaves without a try`() {
        leaves()
        #expect(connection.failure == .didNotSignIn)
    }

    @Test func `is a client that offered a key of nobody, and more so`() {
        bastion.says(.signExchangeHash(identifier))
        bastion.says(
            .offerKey(
                user: "deploy@web1",
                algorithm: "ssh-ed25519",
                keyBlob: Ed25519SigningKey.generate().publicKeyBlob
            )
        )
        leaves()
        #expect(connection.failure == .couldNotSignIn)
    }

    @Test func `is not a client whose key is good, and that does not use it`() {
        bastion.says(.signExchangeHash(identifier))
        bastion.says(
            .offerKey(
                user: "deploy@web1",
                algorithm: "ssh-ed25519",
                keyBlob: bastion.world.alice.publicKeyBlob
            )
        )
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
        other.connection.process.kill()
        try other.turn { other.connection.isDone }
        #expect(other.connection.failure == .crashed)
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
        bastion.says(.signExchangeHash(identifier))
        let proof = try bastion.world.signIn(
            bastion.world.alice,
            user: "deploy@web1",
            over: identifier
        )
        bastion.says(.signIn(proof))
        try bastion.turn { connection.machine.wasHindered }
        leaves()
        #expect(connection.failure == nil)
        #expect(!connection.isSignedIn)
    }
}
