import MessageSockets
import Recording
import SSH
import SSHWire
import SessionProtocol
import Testing

@testable import SessionProcess

@Suite struct `a limit of a session process` {
    @Test func `is how long a user name is, and a key`() {
        func attempt(user: Int, key: Int) -> SignInMachine.AttemptAction {
            var machine = SignInMachine(maximumTries: 3)
            let name = String(repeating: "u", count: user)
            let blob = [UInt8](repeating: 1, count: key)
            return machine.attempted(SignInAttempt(user: name, method: .keyOffer(blob: blob)))
        }
        let (user, key) = (FieldLimits.userName, FieldLimits.keyBlob)
        guard case .askAboutKey = attempt(user: user, key: key) else {
            Issue.record("refused at the limit")
            return
        }
        #expect(attempt(user: user + 1, key: key) == .refuseForGood(.userNameTooLong))
        #expect(attempt(user: user, key: key + 1) == .refuse)
    }

    @Test func `is how many notices are sent, and the rest is counted`() throws {
        let (ours, theirs) = try MessageSocket.pair()
        let link = AuthorityLink(adopting: ours)
        let authority = MessageSocket(adopting: theirs)
        let notices = Notices()
        func isSent() throws -> Bool {
            try notices.send(.agentForwardRefused, "", on: link)
            guard case .message = try authority.receive() else { return false }
            return true
        }
        for _ in 0..<Notices.maximum { #expect(try isSent()) }
        #expect(notices.rest == "")
        #expect(try !isSent())
        #expect(notices.rest == "; 1 further notices were not sent")
    }

    @Test func `is how long a signature is waited for`() throws {
        let (ours, theirs) = try MessageSocket.pair()
        let link = AuthorityLink(adopting: ours, signatureTimeoutMilliseconds: 0)
        #expect(link.signature(over: [UInt8](repeating: 1, count: 32)) == nil)
        #expect(link.failure == .timedOut)

        let authority = MessageSocket(adopting: theirs)
        let (patient, other) = try MessageSocket.pair()
        let answered = AuthorityLink(adopting: patient, signatureTimeoutMilliseconds: 0)
        try MessageSocket(adopting: other)
            .send(SessionOrder.exchangeHashSignature([7]).encoded())
        #expect(answered.signature(over: [UInt8](repeating: 1, count: 32)) == [7])
        withExtendedLifetime(authority) {}
    }
}

@Suite struct `a limit of the variables of a session` {
    @Test func `is how many there are, how long each is, and all of them together`() {
        func takes(_ variables: [(name: Int, value: Int)]) -> Bool {
            var preparation = SessionPreparation()
            return variables.enumerated().allSatisfy { number, variable in
                let name = "\(1000 + number)" + String(repeating: "n", count: variable.name - 4)
                return preparation.set(name, to: [UInt8](repeating: 1, count: variable.value))
            }
        }
        let (name, value) = (FieldLimits.environmentName, FieldLimits.environmentValue)
        #expect(takes([(name, value)]))
        #expect(!takes([(name + 1, value)]) && !takes([(name, value + 1)]))

        let count = FieldLimits.environmentCount
        #expect(takes(.init(repeating: (4, 0), count: count)))
        #expect(!takes(.init(repeating: (4, 0), count: count + 1)))

        let full = FieldLimits.environmentBytes / (name + value)
        let most = [(name: Int, value: Int)](repeating: (name, value), count: full)
        let rest = FieldLimits.environmentBytes - full * (name + value) - 4
        #expect(takes(most + [(4, rest)]))
        #expect(!takes(most + [(4, rest + 1)]))
    }
}

@Suite struct `a limit of following SFTP` {
    private func packet(_ type: UInt8, _ id: UInt32, _ write: (inout WireWriter) -> Void) -> [UInt8]
    {
        var body = WireWriter()
        body.byte(type)
        body.uint32(id)
        write(&body)
        var frame = WireWriter()
        frame.string(body.bytes)
        return frame.bytes
    }

    private func open(
        _ observer: FileTransferObserver,
        _ number: Int,
        path: String = "f",
        handle: String? = nil
    ) {
        let id = UInt32(number)
        let handle = handle ?? "h\(number)"
        observer.clientSent(
            packet(3, id) {
                $0.text(path)
                $0.uint32(1)
                $0.uint32(0)
            }[...]
        )
        observer.targetSent(packet(102, id) { $0.text(handle) }[...])
        observer.clientSent(
            packet(6, id) {
                $0.text(handle)
                $0.uint64(0)
                $0.string([1])
            }[...]
        )
    }

    /// How many files were followed to their end; what was not is told in another way.
    private func followed(_ observer: FileTransferObserver) -> Int {
        observer.takeAll().count { if case .file = $0 { true } else { false } }
    }

    @Test func `is how many files are open at once`() {
        let observer = FileTransferObserver()
        for number in 0..<FileTransferObserver.maximumFiles { open(observer, number) }
        open(observer, FileTransferObserver.maximumFiles)
        #expect(followed(observer) == FileTransferObserver.maximumFiles)
    }

    @Test func `is how many requests wait for an answer`() {
        func told(after waiting: Int) -> Int {
            let observer = FileTransferObserver()
            for number in 0..<waiting {
                observer.clientSent(packet(4, UInt32(number)) { $0.text("h") }[...])
            }
            open(observer, waiting)
            return followed(observer)
        }
        #expect(told(after: FileTransferObserver.maximumRequests - 1) == 1)
        #expect(told(after: FileTransferObserver.maximumRequests) == 0)
    }

    @Test func `is how long a handle is`() {
        func told(_ count: Int) -> Int {
            let observer = FileTransferObserver()
            open(observer, 1, handle: String(repeating: "h", count: count))
            return followed(observer)
        }
        #expect(told(FileTransferObserver.maximumHandleBytes) == 1)
        #expect(told(FileTransferObserver.maximumHandleBytes + 1) == 0)
    }

    @Test func `is how long a path is`() {
        func told(_ count: Int) -> Int {
            let observer = FileTransferObserver()
            open(observer, 1, path: String(repeating: "p", count: count))
            return followed(observer)
        }
        #expect(told(FileTransferObserver.maximumPathBytes) == 1)
        #expect(told(FileTransferObserver.maximumPathBytes + 1) == 0)
    }
}
