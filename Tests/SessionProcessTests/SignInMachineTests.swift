import SSH
import SessionProtocol
import Testing

@testable import SessionProcess

@Suite struct `the sign-in of a client` {
    let offer = SignInAttempt(user: "deploy@web1", method: .keyOffer(blob: [1]))
    let proof = SignInAttempt(user: "deploy@web1", method: .signedKey(blob: [1]))

    @Test func `asks about an offered key and answers as told`() {
        var machine = SignInMachine(maximumTries: 3)

        #expect(machine.attempted(offer) == .askAboutKey(user: "deploy@web1", blob: [1]))
        #expect(machine.keyAnswered(isAccepted: true) == .accept)
    }

    @Test func `is done when a proof is accepted, not when a key is`() {
        var machine = SignInMachine(maximumTries: 3)

        #expect(machine.attempted(proof) == .prove(user: "deploy@web1", blob: [1]))
        #expect(machine.signInAnswered(isAccepted: true) == .accept)
        #expect(machine.attempted(proof) == .refuse)
    }

    @Test func `ends at another user name`() {
        var machine = SignInMachine(maximumTries: 3)
        _ = machine.attempted(offer)
        _ = machine.keyAnswered(isAccepted: true)

        let other = SignInAttempt(user: "root@web1", method: .signedKey(blob: [1]))
        #expect(machine.attempted(other) == .refuseForGood(.userNameChanged))
        #expect(machine.attempted(offer) == .refuse)
    }

    @Test func `ends at the last try, not before`() {
        var machine = SignInMachine(maximumTries: 2)

        _ = machine.attempted(offer)
        #expect(machine.keyAnswered(isAccepted: false) == .refuse)
        _ = machine.attempted(proof)
        #expect(machine.signInAnswered(isAccepted: false) == .refuseForGood(.tooManyTries))
    }

    @Test func `counts other methods as tries`() {
        var machine = SignInMachine(maximumTries: 2)
        let none = SignInAttempt(user: "u", method: .other)

        #expect(machine.attempted(none) == .refuse)
        #expect(machine.attempted(none) == .refuseForGood(.tooManyTries))
    }

    @Test func `counts a user name that is no text as a try, and pins nothing`() {
        var machine = SignInMachine(maximumTries: 2)
        let unreadable = SignInAttempt(user: nil, method: .signedKey(blob: [1]))

        #expect(machine.attempted(unreadable) == .refuse)
        #expect(machine.attempted(proof) == .prove(user: "deploy@web1", blob: [1]))
        #expect(machine.signInAnswered(isAccepted: false) == .refuseForGood(.tooManyTries))
    }

    @Test func `counts a bad signature as a try, whatever it waits for`() {
        var machine = SignInMachine(maximumTries: 2)

        #expect(machine.signatureFailed() == .refuse)
        _ = machine.attempted(offer)
        #expect(machine.signatureFailed() == .refuseForGood(.tooManyTries))
        #expect(machine.signatureFailed() == .refuse)
    }

    @Test func `refuses a user name above the limit`() {
        var machine = SignInMachine(maximumTries: 3)
        let name = String(repeating: "u", count: FieldLimits.userName + 1)

        let long = SignInAttempt(user: name, method: .other)
        #expect(machine.attempted(long) == .refuseForGood(.userNameTooLong))
    }

    @Test func `ignores an answer that nobody waits for`() {
        var machine = SignInMachine(maximumTries: 3)

        #expect(machine.keyAnswered(isAccepted: true) == nil)
        #expect(machine.signInAnswered(isAccepted: true) == nil)
    }

    @Test func `has so many messages of any kind, and each one once the client is signed in`() {
        var machine = SignInMachine(maximumTries: 3)
        var taken = (1..<SignInMachine.maximumMessages).map { _ in machine.takesMessage() }
        _ = machine.attempted(proof)
        for _ in 1...2 { taken.append(machine.takesMessage()) }
        #expect(taken == .init(repeating: true, count: SignInMachine.maximumMessages) + [false])

        _ = machine.signInAnswered(isAccepted: true)
        let isTaken = machine.takesMessage()
        #expect(isTaken)
    }

    @Test func `ends a client that only ever offers keys`() {
        var machine = SignInMachine(maximumTries: 3)
        for _ in 0..<32 {
            _ = machine.attempted(offer)
            #expect(machine.keyAnswered(isAccepted: true) == .accept)
        }
        #expect(machine.attempted(offer) == .refuseForGood(.tooManyTries))
    }
}
