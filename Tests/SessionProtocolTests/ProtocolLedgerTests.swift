import Testing

@testable import SessionProtocol

@Suite struct `the ledger of a session process` {
    let number = SessionNumber(1)

    @Test func `admits a sign-in only before somebody is signed in`() throws {
        var ledger = ProtocolLedger()
        ledger.connection = .signingIn
        try ledger.admit(.signIn, session: nil)
        ledger.connection = .signedIn
        #expect(throws: ProtocolViolation.notPermitted(.signIn, in: .signedIn)) {
            try ledger.admit(.signIn, session: nil)
        }
    }

    @Test func `admits one signature of user authentication in the proved phase only`() throws {
        var ledger = ProtocolLedger()
        ledger.connection = .signedIn
        for phase in [SessionPhase.deciding, .connecting, .signed, .running] {
            ledger.moved(number, to: phase)
            #expect(throws: ProtocolViolation.self) {
                try ledger.admit(.signUserAuthentication, session: number)
            }
        }
        ledger.moved(number, to: .proved)
        try ledger.admit(.signUserAuthentication, session: number)
    }

    @Test func `refuses what names a session that is not open`() {
        var ledger = ProtocolLedger()
        ledger.connection = .signedIn
        #expect(throws: ProtocolViolation.unknownSession(.started, number)) {
            try ledger.admit(.started, session: number)
        }
    }

    @Test func `refuses a message that comes too often`() throws {
        var ledger = ProtocolLedger()
        try ledger.admit(.ready, session: nil)
        #expect(throws: ProtocolViolation.tooOften(.ready, limit: 1)) {
            try ledger.admit(.ready, session: nil)
        }
    }

    @Test func `admits nothing after the last word`() {
        for kind in SessionRequestKind.allCases {
            var ledger = ProtocolLedger()
            ledger.connection = .ended
            ledger.moved(number, to: .running)
            #expect(throws: ProtocolViolation.self) { try ledger.admit(kind, session: number) }
        }
    }
}
